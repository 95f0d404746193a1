import { type FigureName, type FigurePart, figureParts, figureTable } from '#features/returns/contract/figure-table.ts';
import type { FiguresAnswer, FiguresRow } from '#features/returns/contract/figures.ts';
import type { TrendAnswer } from '#features/returns/contract/trend.ts';
import { capitalised, count, money } from '#ui/formats.ts';
import { Go } from '#ui/kit/Go.tsx';
import { paths } from '#ui/paths.ts';
import type { FigureDrawerState } from './drawerState.ts';

/** Figures of a group, of a month, of all together. */
export interface Shown {
  label: string;
  start: string;
  end: string;
  figures: FiguresRow['figures'];
  parts: FiguresRow['parts'];
}
/** What the answer says of all its figures. */
export type Header = Pick<
  FiguresAnswer | TrendAnswer,
  'currency' | 'version' | 'allocated' | 'costBasis' | 'lagDays' | 'costStart' | 'costEnd' | 'timeZone'
> & {
  by?: FiguresAnswer['by'];
};

export interface OneFigure {
  name: FigureName;
  shown: Shown;
  header: Header;
  drawer: FigureDrawerState;
}

/** What a figure is made from, numerator first; each opens into its records. */
export function FigureParts({ name, shown, header, drawer }: OneFigure) {
  const parts = inOrder(figureTable[name].parts);
  const amounts = parts.some((part) => shown.parts[part]?.amount);
  return (
    <table className="plain tight">
      <thead>
        <tr>
          <th scope="col">Made from</th>
          <th scope="col" className="end">
            How many
          </th>
          {amounts && (
            <th scope="col" className="end">
              Amount
            </th>
          )}
        </tr>
      </thead>
      <tbody>
        {parts.map((part) => (
          <PartRow key={part} part={part} amounts={amounts} shown={shown} header={header} drawer={drawer} />
        ))}
      </tbody>
    </table>
  );
}

/** What is said to be “of them” stands below what it is of. */
const below: Partial<Record<FigurePart, FigurePart>> = { cohortWon: 'cohort', customersLeft: 'customersAtStart' };
const inOrder = (parts: readonly FigurePart[]): readonly FigurePart[] =>
  parts.filter((part) => !below[part]).flatMap((part) => [part, ...parts.filter((other) => below[other] === part)]);

function PartRow({ part, amounts, shown, header, drawer }: Omit<OneFigure, 'name'> & { part: FigurePart; amounts: boolean }) {
  const meaning: { label: string; help?: string } = figureParts[part];
  const made = shown.parts[part];
  return (
    <tr>
      <th scope="row">
        {capitalised(meaning.label)}
        {meaning.help && <div className="dim small-print figure-help">{meaning.help}</div>}
      </th>
      {made === null ? (
        <td colSpan={amounts ? 2 : 1} className="dim">
          {part === 'attributed' ? 'attributed by campaign and channel only' : 'not kept by this split'}
        </td>
      ) : (
        <>
          <td className="end">
            <PartCount part={part} made={made} shown={shown} header={header} drawer={drawer} label={capitalised(meaning.label)} />
          </td>
          {amounts && <td className="end">{made.amount === null ? '' : money(made.amount, header.currency)}</td>}
        </>
      )}
    </tr>
  );
}

type PartCountProps = Omit<OneFigure, 'name'> & {
  part: FigurePart;
  made: NonNullable<FiguresRow['parts'][FigurePart]>;
  label: string;
};

function PartCount({ part, made, shown, header, drawer, label }: PartCountProps) {
  const { recordsUrl } = made;
  if (recordsUrl === null) return count(made.count);
  if (part === 'attributed')
    return <Go href={paths.attribution({ by: header.by ?? null, start: shown.start, end: shown.end })}>{count(made.count)}</Go>;
  return (
    <button
      type="button"
      className="as-link"
      aria-label={`${label}: ${count(made.count)}`}
      onClick={() => drawer.openRecords(recordsUrl, `${label} · ${shown.label}`)}
    >
      {count(made.count)}
    </button>
  );
}
