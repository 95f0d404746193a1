import { Text } from '@mantine/core';
import type { AssetOutcome } from '#features/campaigns/contract/content-uses.ts';
import { count, percent, plural } from '#ui/formats.ts';
import type { OpenBehind } from './OutcomeSheet.tsx';

/** Leads with it against comparable ones without: the sentence, the picture, and what is to be known about it. */
export function Comparison({ told, open }: { told: AssetOutcome; open: OpenBehind }) {
  return (
    <>
      <p className="outcome-sentence">{sentence(told)}</p>
      <div className="outcome-bars">
        <Bar label="With it" of={told.used} look="with" onClick={() => open(told.used.recordsUrl, 'Decided leads with it')} />
        <Bar
          label="Without"
          of={told.compared}
          look="without"
          onClick={() => open(told.compared.recordsUrl, 'Comparable leads without it')}
        />
      </div>
      <Text size="xs" c="dimmed" mt="xs">
        Like for like: within the same stage and segment, which the bars are not. {told.caveat} {notes(told).join(' ')}
      </Text>
    </>
  );
}

function sentence({ difference, why, used }: AssetOutcome): string {
  if (!difference) return used.leads === 0 ? 'No lead was decided after it was used: nothing to compare yet.' : (why ?? '');
  const { value, low, high } = difference;
  const points = (share: number) => `${share >= 0 ? '+' : '−'}${Math.abs(share * 100).toFixed(0)}`;
  const range = `${points(low)} to ${points(high)} points`;
  if (low > 0) return `Like for like, leads with it are won more often: ${points(value)} percentage points (${range}).`;
  if (high < 0) return `Like for like, leads with it are won less often: ${points(value)} percentage points (${range}).`;
  return `Like for like, no difference that could not be chance: ${points(value)} percentage points (${range}).`;
}

const notes = ({ undecided, withoutMatch, comparedShare }: AssetOutcome): string[] => [
  ...(comparedShare < 1 ? [`Of the comparable leads ${percent(comparedShare)} are drawn by chance.`] : []),
  ...(undecided > 0 ? [`${plural(undecided, 'lead')} with it ${undecided === 1 ? 'is' : 'are'} not decided yet.`] : []),
  ...(withoutMatch > 0 ? [`${plural(withoutMatch, 'lead')} with it ${withoutMatch === 1 ? 'has' : 'have'} no comparable one.`] : []),
];

interface BarProps {
  label: string;
  of: AssetOutcome['used'];
  look: string;
  onClick(): void;
}

/** The share won as a bar, with its interval as a thin line; it opens into the leads. */
function Bar({ label, of, look, onClick }: BarProps) {
  const { leads, won, share, low, high } = of;
  const at = (value: number | null) => `${((value ?? 0) * 100).toFixed(1)}%`;
  return (
    <div className="outcome-bar">
      <span>{label}</span>
      <div className="outcome-track" aria-hidden>
        <div className={`outcome-fill ${look}`} style={{ width: at(share) }} />
        {low !== null && high !== null && <div className="outcome-range" style={{ left: at(low), width: at(high - low) }} />}
      </div>
      {leads === 0 ? (
        <span className="dim outcome-figure">none</span>
      ) : (
        <button type="button" className="as-link outcome-figure" onClick={onClick}>
          {`${percent(share, 0)}, ${count(won)} of ${count(leads)}`}
          {low !== null && high !== null && (
            <span className="dim small-print">
              {' '}
              ({percent(low, 0)} to {percent(high, 0)})
            </span>
          )}
        </button>
      )}
    </div>
  );
}
