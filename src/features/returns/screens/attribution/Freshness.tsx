import { Progress } from '@mantine/core';
import type { AttributionAnswer } from '#features/returns/contract/attribution.ts';
import { count, plural } from '#ui/formats.ts';

/** What is on its way, and what is missing in the numbers. */
export function Freshness({ of, notes }: { of: AttributionAnswer['freshness']; notes: readonly string[] }) {
  const { building, waiting } = of;
  if (!building && waiting === 0 && notes.length === 0) return null;
  return (
    <>
      {building && (
        <div className="notice" role="status">
          Setting {building.number} is being built
          {building.progress ? `: ${count(building.progress.done)} of ${count(building.progress.of)} read` : ''}. Until then these numbers
          are by the setting before.
          <Work done={building.progress} label={`Setting ${building.number}`} />
        </div>
      )}
      {!building && waiting > 0 && (
        <div className="notice" role="status">
          {plural(waiting, 'change')} {waiting === 1 ? 'is' : 'are'} being taken in.
        </div>
      )}
      {notes.length > 0 && (
        <ul className="notes" style={{ margin: 0 }}>
          {notes.map((note) => (
            <li key={note}>{note}</li>
          ))}
        </ul>
      )}
    </>
  );
}

/** How far long work is; moving without an end where that is not known. */
export function Work({ done, label }: { done: { done: number; of: number } | null; label: string }) {
  const known = done !== null && done.of > 0;
  const share = known ? Math.min(100, (done.done / done.of) * 100) : 100;
  return (
    <Progress.Root mt={8} size={6}>
      <Progress.Section value={share} animated={!known} striped={!known} aria-label={`${label}: progress`} />
    </Progress.Root>
  );
}
