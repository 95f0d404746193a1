import { type FigureName, figureTable } from '#features/returns/contract/figure-table.ts';
import type { FiguresAnswer, FiguresRow } from '#features/returns/contract/figures.ts';
import { money, plural } from '#ui/formats.ts';
import { FigureCell } from './FigureCell.tsx';
import { type Order, rowLabel } from './figureRows.ts';
import { groupingLabels } from './scope.ts';

interface FigureTableProps {
  answer: FiguresAnswer;
  rows: readonly FiguresRow[];
  names: readonly FigureName[];
  order: Order | null;
  sort(by: Order['by']): void;
  open(name: FigureName, of: string | null): void;
}

/** A row for each group, a column for each figure; every figure opens into what it is made from. */
export function FigureTable({ answer, rows, names, order, sort, open }: FigureTableProps) {
  const { by, currency, total, notShown } = answer;
  const head = groupingLabels[by];
  return (
    <div className="table-scroll figure-table" tabIndex={0} role="region" aria-label={`Figures by ${head}`}>
      <table className="plain">
        <thead>
          <tr>
            <Head by="group" label={head} order={order} sort={sort} />
            {names.map((name) => (
              <Head key={name} by={name} label={figureTable[name].label} order={order} sort={sort} />
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => {
            const label = rowLabel(by, row);
            return (
              <tr key={row.group ?? ''}>
                <th scope="row" className={row.group === null ? 'dim' : undefined}>
                  {label}
                </th>
                {names.map((name) => (
                  <td key={name} className="end">
                    <FigureCell
                      name={name}
                      figure={row.figures[name]}
                      currency={currency}
                      of={label}
                      open={() => open(name, JSON.stringify(row.group))}
                    />
                  </td>
                ))}
              </tr>
            );
          })}
        </tbody>
        <tfoot>
          {notShown && (
            <tr>
              <th scope="row">{plural(notShown.groups, 'smaller one')}</th>
              <td colSpan={names.length} className="dim">
                {plural(notShown.won, 'deal')} won for {money(notShown.wonValue, currency)}, {money(notShown.cost, currency)} spent
              </td>
            </tr>
          )}
          <tr>
            <th scope="row">All together</th>
            {names.map((name) => (
              <td key={name} className="end">
                <FigureCell name={name} figure={total.figures[name]} currency={currency} of="All together" open={() => open(name, null)} />
              </td>
            ))}
          </tr>
        </tfoot>
      </table>
    </div>
  );
}

interface HeadProps {
  by: Order['by'];
  label: string;
  order: Order | null;
  sort(by: Order['by']): void;
}

function Head({ by, label, order, sort }: HeadProps) {
  const at = order?.by === by ? (order.down ? 'descending' : 'ascending') : undefined;
  return (
    <th scope="col" className={by === 'group' ? undefined : 'end'} aria-sort={at}>
      <button type="button" className="sort-head" onClick={() => sort(by)}>
        {label}
        <span aria-hidden>{at === undefined ? '' : at === 'descending' ? ' ↓' : ' ↑'}</span>
      </button>
    </th>
  );
}
