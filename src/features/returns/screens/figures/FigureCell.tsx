import { type FigureName, figureTable } from '#features/returns/contract/figure-table.ts';
import { type Figure, figureText, rangeText } from '../figureWords.ts';
import { reasonOf } from './figureKnown.ts';

interface FigureCellProps {
  name: FigureName;
  figure: Figure;
  currency: string;
  /** The group or the month. */
  of: string;
  open(): void;
}

/** A figure that opens into what it is made from; what is no number says why, to the pointer and to the keyboard. */
export function FigureCell({ name, figure, currency, of, open }: FigureCellProps) {
  const { label, unit } = figureTable[name];
  const none = reasonOf(figure);
  const range = figure.small ? rangeText(figure, unit, currency) : null;
  const text = figureText(figure, unit, currency);
  return (
    <>
      <button
        type="button"
        className={none ? 'as-link dim' : 'as-link'}
        title={none ?? undefined}
        aria-label={`${label}, ${of}: ${none ? `no number, ${none}` : text}`}
        onClick={open}
      >
        {text}
      </button>
      {range && <div className="dim small-print">{range}</div>}
    </>
  );
}
