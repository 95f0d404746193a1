import type { Spread } from '#features/goals/contract/pieces.ts';
import type { WhatIfAnswer } from '#features/goals/contract/what-if.ts';
import { rangeText, shown, type Shown } from '../goalWords.ts';

/** The figures behind the picture. */
export function BeforeAfter({ answer: { before, after, currency } }: { answer: WhatIfAnswer }) {
  const money: Shown = { unit: 'amount', currency };
  const counts: Shown = { unit: 'count', currency };
  const spread = (value: Spread | null, of: Shown): string => {
    if (!value) return '–';
    return value.low === value.high ? shown(value.mid, of) : `${shown(value.mid, of)} (${rangeText(value, of)})`;
  };
  const workable = (value: string | null): string => (value === null ? 'not known' : shown(value, counts));
  const rows: [string, string, string][] = [
    ['Won value', spread(before.revenue, money), spread(after.revenue, money)],
    ['Target reached, of 100', String(before.reachedPercent), String(after.reachedPercent)],
    ['Deals won of these MQLs', spread(before.won, counts), spread(after.won, counts)],
    ['MQLs', spread(before.mqls, counts), spread(after.mqls, counts)],
    ['MQLs a month', shown(before.mqlsAMonth, counts), shown(after.mqlsAMonth, counts)],
    ['Reps can work, a month', workable(before.workableAMonth), workable(after.workableAMonth)],
    ['Budget of programmes', spread(before.budget, money), spread(after.budget, money)],
  ];
  return (
    <div className="table-scroll" tabIndex={0} role="region" aria-label="Before and after">
      <table className="plain stacked">
        <thead>
          <tr>
            <th scope="col">Of the period</th>
            <th scope="col" className="figure">
              As it is
            </th>
            <th scope="col" className="figure">
              If it is done
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map(([label, now, then]) => (
            <tr key={label}>
              <th scope="row">{label}</th>
              <td className="figure" data-label="As it is">
                {now}
              </td>
              <td className="figure" data-label="If it is done">
                {now === then ? <span className="dim">{then}</span> : <strong>{then}</strong>}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
