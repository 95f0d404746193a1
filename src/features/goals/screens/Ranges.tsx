import type { Spread } from '#features/goals/contract/pieces.ts';
import { drawn, gainRange, rangeText, shortly, type Shown } from './goalWords.ts';

interface RangesProps {
  label: string;
  of: Shown;
  rows: readonly { key: string; label: string; value: Spread; colour: 'good' | 'ink' | 'mid' }[];
  /** A line across: the target, or the gap. */
  mark?: { value: string; label: string };
  /** Gains are written with their sign. */
  gains?: boolean;
}

/** Ranges beside each other: from low to high, a dot in the middle, and what they are held against as a line across. */
export function Ranges({ label, of, rows, mark, gains = true }: RangesProps) {
  if (rows.length === 0) return null;
  const values = [...rows.flatMap(({ value }) => [value.low, value.high]), ...(mark ? [mark.value] : [])].map((each) => drawn(each, of));
  const [least, most] = [Math.min(...values, ...(gains ? [0] : [])), Math.max(...values)];
  const pad = (most - least || Math.abs(most) || 1) * 0.06;
  const place = (value: number): number => ((value - least + pad) / (most - least + 2 * pad)) * 100;
  const at = (value: string): number => place(drawn(value, of));
  return (
    <figure className="ranges" aria-label={label}>
      {rows.map(({ key, label: name, value, colour }) => (
        <div key={key} className="range-row">
          <span className="range-name">{name}</span>
          <span className="range-track" aria-hidden>
            {gains && least < 0 && <span className="range-zero" style={{ left: `${place(0)}%` }} />}
            {mark && <span className="range-mark" style={{ left: `${at(mark.value)}%` }} />}
            <span
              className="range-line"
              style={{ left: `${at(value.low)}%`, width: `${at(value.high) - at(value.low)}%`, background: `var(--a-${colour})` }}
            />
            <span className="range-dot" style={{ left: `${at(value.mid)}%`, background: `var(--a-${colour})` }} />
          </span>
          <span className="range-figures">{gains ? gainRange(value, of) : rangeText(value, of)}</span>
        </div>
      ))}
      {mark && (
        <figcaption className="dim small-print">
          The line across: {mark.label}, {shortly(mark.value, of)}.
        </figcaption>
      )}
    </figure>
  );
}
