import { Text } from '@mantine/core';
import type { LeadClock } from '#features/agreement/contract.ts';
import { instant } from '#ui/formats.ts';
import { ClockMark, workingSpan } from '#ui/kit/ClockMark.tsx';
import { Explain } from '#ui/kit/Explain.tsx';

const words: Record<LeadClock['state'], { label: string; look: string }> = {
  open: { label: 'Running', look: '' },
  met: { label: 'Kept', look: 'good' },
  late: { label: 'Late', look: 'bad' },
  missed: { label: 'Missed', look: 'bad' },
  excused: { label: 'Excused', look: 'dim' },
};

/** What each side owes this lead, until when, and the evidence that stopped the clock. */
export function HandoffClocks({ clocks }: { clocks: readonly LeadClock[] }) {
  if (clocks.length === 0)
    return (
      <Text size="sm" c="dimmed">
        No clause of a signed agreement covers this lead.
      </Text>
    );
  return (
    <ul className="clocks" aria-label="Clocks">
      {clocks.map((clock) => (
        <li key={clock.clause}>
          <div style={{ minWidth: 0, flex: 1 }}>
            <Text size="sm" fw={500}>
              {clock.title}
            </Text>
            <Text size="xs" c="dimmed">
              {whatStoppedIt(clock)}
            </Text>
          </div>
          {clock.state === 'open' && clock.dueAt ? (
            <ClockMark dueAt={clock.dueAt} />
          ) : (
            <strong className={words[clock.state].look}>{words[clock.state].label}</strong>
          )}
          <Explain label={`How the clock “${clock.title}” runs`}>
            {clock.sentence}
            <br />
            {clock.startedAt && `Started ${instant(clock.startedAt)}; `}
            {clock.dueAt && `due ${instant(clock.dueAt)}; `}
            {clock.metAt ? `met ${instant(clock.metAt)}.` : 'no evidence yet.'}
            {clock.versionNumber !== null && ` Agreement version ${clock.versionNumber}.`}
          </Explain>
        </li>
      ))}
    </ul>
  );
}

/** The evidence or the excuse, else until when it runs. */
function whatStoppedIt({ evidence, excuse, dueAt, metAt, workingMinutes }: LeadClock): string {
  const after = metAt && workingMinutes !== null ? `, after ${workingSpan(workingMinutes)} of working time` : '';
  if (evidence) return `${evidence.says}${after}`;
  if (excuse) return `Excused: ${excuse}`;
  return dueAt ? `due ${instant(dueAt)}` : '';
}
