import type { ClauseAttainment } from '#features/agreement/contract.ts';
import { count, month, percent } from '#ui/formats.ts';
import { daysOfMonth, duringDays } from './clauseWords.ts';

/** Attainment by month as small bars against the target; a bar opens into what fell due in its month. */
export function ClauseTrend({ clause, open }: { clause: ClauseAttainment; open(query: string): void }) {
  const months = clause.trend.filter(({ due }) => due > 0).slice(-12);
  if (months.length < 2) return null;
  return (
    <figure className="spark-figure">
      <div className="spark">
        {months.map((each) => {
          const says = `${month(each.month)}: ${percent(each.attainment)} of ${count(each.due)}`;
          const { start, end } = daysOfMonth(each.month);
          const bar = <Bar share={each.attainment ?? 0} clause={clause} label={month(each.month).split(' ')[0]!} />;
          return clause.pace ? (
            <div key={each.month} className="spark-month" role="img" aria-label={says} title={says}>
              {bar}
            </div>
          ) : (
            <button
              key={each.month}
              type="button"
              className="spark-month"
              aria-label={says}
              title={says}
              onClick={() => open(duringDays(clause.recordsUrl, start, end))}
            >
              {bar}
            </button>
          );
        })}
      </div>
      <figcaption className="dim">By month; the line is the target{months.some(isBelow(clause)) && ', grey fell short'}</figcaption>
    </figure>
  );
}

const isBelow =
  ({ targetPercent }: ClauseAttainment) =>
  ({ attainment }: { attainment: number | null }): boolean =>
    (attainment ?? 0) * 100 < targetPercent;

function Bar({ share, clause, label }: { share: number; clause: ClauseAttainment; label: string }) {
  const look = isBelow(clause)({ attainment: share }) ? 'spark-low' : `meter-${clause.side}`;
  return (
    <>
      <span className="spark-space">
        <span className={`spark-bar ${look}`} style={{ height: `${Math.max(3, share * 100)}%` }} />
        <span className="spark-target" style={{ bottom: `${clause.targetPercent}%` }} />
      </span>
      <span className="spark-label">{label}</span>
    </>
  );
}
