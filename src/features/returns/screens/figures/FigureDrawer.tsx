import { Drawer } from '@mantine/core';
import { type FigureName, type FigurePart, figureParts, figureTable } from '#features/returns/contract/figure-table.ts';
import { count, day } from '#ui/formats.ts';
import { figureText, rangeText } from '../figureWords.ts';
import { RecordsDrawer } from '#ui/figures/RecordsDrawer.tsx';
import { useFocusBack } from '#ui/kit/useFocusBack.ts';
import type { FigureDrawerState } from './drawerState.ts';
import { FigureParts, type Header, type OneFigure, type Shown } from './FigureParts.tsx';
import { reasonOf } from './figureKnown.ts';

interface FigureDrawersProps {
  drawer: FigureDrawerState;
  header: Header;
  /** By its key in the address; undefined: it is no longer shown. */
  find(key: string | null): Shown | undefined;
}

/** One figure with its formula and what it is made from; and above it the records of one of these. */
export function FigureDrawers({ drawer, header, find }: FigureDrawersProps) {
  const shown = drawer.name && find(drawer.of);
  return (
    <>
      {drawer.name && shown && <FigureDrawer name={drawer.name} shown={shown} header={header} drawer={drawer} />}
      {drawer.recordsUrl && <RecordsDrawer url={drawer.recordsUrl} about={drawer.about} onClose={drawer.closeRecords} />}
    </>
  );
}

function FigureDrawer({ name, shown, header, drawer }: OneFigure) {
  useFocusBack();
  const { label, unit, formula } = figureTable[name];
  const figure = shown.figures[name];
  const { currency } = header;
  const [none, range] = [reasonOf(figure), rangeText(figure, unit, currency)];
  return (
    <Drawer
      opened
      onClose={drawer.closeFigure}
      closeOnEscape={drawer.recordsUrl === null}
      position="right"
      size="min(600px, 100%)"
      title={label}
    >
      <p className="dim wrap-any figure-of">
        {shown.label}, {day(shown.start)} to {day(shown.end)}
      </p>
      <p className="figure-large">{figureText(figure, unit, currency)}</p>
      {none && <p className="notice">There is no number: {none}.</p>}
      {range && (
        <p>
          With 95 % certainty {range}
          {figure.n === null ? '' : `, from ${count(figure.n)} observations`}.
        </p>
      )}
      {figure.small && <p className="dim">It rests on fewer than 30 observations: lean on the range, not on the number.</p>}
      <h3 className="figure-head">How it is made</h3>
      <p>{formula}.</p>
      <FigureParts name={name} shown={shown} header={header} drawer={drawer} />
      <Beneath name={name} header={header} />
    </Drawer>
  );
}

/** What its costs hold, where it has any. */
function Beneath({ name, header }: { name: FigureName; header: Header }) {
  const parts: readonly FigurePart[] = figureTable[name].parts;
  const costs = parts.some((part) => figureParts[part].of === 'cost');
  return (
    <div className="dim figure-beneath">
      {costs && header.costBasis === 'programme' && <p>Costs are without salaries and commissions, which you may not see of both sides.</p>}
      {costs && header.lagDays > 0 && (
        <p>
          Costs are those of {header.lagDays} days earlier: {day(header.costStart)} to {day(header.costEnd)} for the whole period.
        </p>
      )}
      {costs && header.allocated && (
        <p>Shared costs are spread by the allocation keys; the entries behind a group are those booked to it.</p>
      )}
      <p>
        Days of {header.timeZone}. Formulas {header.version}.
      </p>
    </div>
  );
}
