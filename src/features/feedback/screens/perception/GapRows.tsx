import type { Guessed, PerceptionGaps } from '#features/feedback/contract/perception.ts';
import { Go } from '#ui/kit/Go.tsx';
import { SideMark } from '#ui/kit/Side.tsx';
import { GapLine } from './GapLine.tsx';
import { offBy, valueText } from './words.ts';

export type Item = PerceptionGaps['items'][number];

/** One number: what it is, and what each side that is told thought it was. */
export function GapRows({ item }: { item: Item }) {
  const rows = rowsOf(item);
  return (
    <tbody>
      {rows.map((guessed, at) => (
        <tr key={guessed.side ?? 'everybody'}>
          {at === 0 && (
            <>
              <th scope="rowgroup" rowSpan={rows.length} style={{ fontWeight: 500 }}>
                {item.label}
              </th>
              <td className="figure" rowSpan={rows.length}>
                {item.truth.value === null ? (
                  <span className="dim">{item.truth.why}</span>
                ) : (
                  <Go href={item.truth.page}>{valueText(item.truth.value, item.unit)}</Go>
                )}
              </td>
            </>
          )}
          <Cells guessed={guessed} item={item} />
        </tr>
      ))}
    </tbody>
  );
}

/** Sides that are told, else everybody; at least one row, which then says that too few guessed. */
export function rowsOf({ sides, everybody }: Item): Guessed[] {
  const told = sides.filter(({ guesses }) => guesses !== null);
  return told.length > 0 ? told : [everybody];
}

function Cells({ guessed, item }: { guessed: Guessed; item: Item }) {
  const { unit, truth } = item;
  const who = guessed.side ? <SideMark side={guessed.side} /> : 'Everybody';
  if (guessed.median === null || guessed.low === null || guessed.high === null)
    return (
      <>
        <td>{who}</td>
        <td colSpan={4} className="dim">
          too few guessed
        </td>
      </>
    );
  return (
    <>
      <td>{who}</td>
      <td className="figure">{guessed.guesses}</td>
      <td className="figure">
        {valueText(guessed.median, unit)}
        {truth.value !== null && <div className="dim small-print">{offBy(guessed.median, truth.value, unit)}</div>}
      </td>
      <td className="figure no-break">
        {guessed.low} – {guessed.high}
      </td>
      <td>
        <GapLine guessed={guessed} truth={truth.value} end={endOf(item)} />
      </td>
    </>
  );
}

/** All of it; hours as far as the furthest of the number's lines goes. */
const endOf = ({ unit, truth, sides, everybody }: Item): number =>
  unit === 'percent' ? 100 : Math.max(1, truth.value ?? 0, ...[...sides, everybody].map(({ high }) => high ?? 0));
