import { goalStates } from '#features/goals/contract/goals.ts';
import type { Scoreboard } from '#features/alignment/contract/scoreboard.ts';
import { day, percent, plural } from '#ui/formats.ts';
import { Go } from '#ui/kit/Go.tsx';
import { Sheet } from '#ui/kit/Page.tsx';
import { SideMark } from '#ui/kit/Side.tsx';
import { paths } from '#ui/paths.ts';
import { about, rangeText } from '../cost/costWords.ts';
import { RangeBar } from '../cost/RangeBar.tsx';

/** What not working together cost, as a range. */
export function CostTile({ cost, currency }: { cost: Scoreboard['cost']; currency: string }) {
  const { amount, low, high, first, opens, start, end } = cost;
  return (
    <Sheet title="Cost of misalignment" actions={<Go href={opens}>Causes</Go>} padded>
      {amount === null || low === null || high === null ? (
        <p className="together-figure dim">Not enough data yet</p>
      ) : (
        <>
          <p className="together-figure">
            <Go href={opens} className="plain">
              <strong>{about(cost, currency)}</strong>
            </Go>
          </p>
          {high !== '0' && <RangeBar amount={amount} low={low} high={high} currency={currency} full={Number(high)} side="both" />}
          <p className="dim small-print together-foot">
            {[rangeText(cost, currency), `${day(start)} to ${day(end)}`].filter(Boolean).join(', ')}
          </p>
        </>
      )}
      <p className="small-print together-foot">
        {first ? (
          <>
            Look here first: <Go href={paths.misalignmentCost({ start, end, cause: first.cause })}>{first.label}</Go>
          </>
        ) : (
          amount !== null && (amount === '0' ? 'Nothing lost is on record in these days.' : 'No cause is surely above what is ordinary.')
        )}
      </p>
    </Sheet>
  );
}

/** What each side owes the other, clause by clause. */
export function AgreementTile({ agreement: { sides, opens, start, end } }: { agreement: Scoreboard['agreement'] }) {
  const told = sides.filter(({ clauses }) => clauses.length > 0);
  return (
    <Sheet title="The agreement" actions={<Go href={opens}>Attainment</Go>} padded>
      {told.length === 0 && <p className="dim together-foot">No agreement is in force yet.</p>}
      {told.map(({ side, kept, broken, clauses }) => (
        <section key={side} className="together-side" aria-label={`What ${side} owes`}>
          <p className="together-foot">
            <SideMark side={side} /> {kept + broken > 0 ? `keeps ${kept} of ${plural(kept + broken, 'clause')}` : 'nothing was due'}
          </p>
          <ul className="together-list">
            {clauses.map(({ key, title, attainment, targetPercent, kept: isKept, opens: href }) => (
              <li key={key} className="together-clause">
                <Go href={href}>{title}</Go>
                <span className={isKept === false ? 'bad' : 'dim'}>
                  {attainment === null ? 'nothing due' : `${percent(attainment, 0)} of ${targetPercent} %`}
                </span>
              </li>
            ))}
          </ul>
        </section>
      ))}
      {told.length > 0 && (
        <p className="dim small-print together-foot">
          {day(start)} to {day(end)}
        </p>
      )}
    </Sheet>
  );
}

const most = 4;
const isGoalState = (state: string): state is keyof typeof goalStates => state in goalStates;

/** Goals both sides own, those off their pace first. */
export function GoalsTile({ goals: { items, opens } }: { goals: Scoreboard['goals'] }) {
  return (
    <Sheet title="Mutual goals" actions={<Go href={opens}>Goals</Go>} padded>
      {items.length === 0 && <p className="dim together-foot">No goals are in force yet.</p>}
      <ul className="together-list">
        {items.slice(0, most).map(({ id, title, state, says, opens: href }) => {
          const known = isGoalState(state) ? goalStates[state] : null;
          return (
            <li key={id}>
              <Go href={href}>{title}</Go> {known && <span className={`state ${known.offPace ? 'cost-above' : ''}`}>{known.label}</span>}
              <div className="dim small-print">{says}</div>
            </li>
          );
        })}
      </ul>
      {items.length > most && (
        <p className="small-print together-foot">
          <Go href={opens}>All {items.length}</Go>
        </p>
      )}
    </Sheet>
  );
}
