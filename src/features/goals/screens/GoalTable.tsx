import type { GoalStanding, GoalTree } from '#features/goals/contract/goals.ts';
import { Explain } from '#ui/kit/Explain.tsx';
import { SideMark } from '#ui/kit/Side.tsx';
import { GoalMark } from './GoalMark.tsx';
import { rangeText, shown, type Shown } from './goalWords.ts';
import { Opens } from './Opens.tsx';
import { PaceBar } from './PaceBar.tsx';

interface GoalTableProps {
  tree: GoalTree;
  open(id: string): void;
}

/** The tree, parents before their children. */
export function GoalTable({ tree: { goals, currency, intervalPercent }, open }: GoalTableProps) {
  if (goals.length === 0) return <p className="dim goals-foot">None of the goals in force is yours.</p>;
  const depths = depthsOf(goals);
  return (
    <div className="table-scroll" tabIndex={0} role="region" aria-label="Goals">
      <table className="plain stacked goal-table">
        <thead>
          <tr>
            {['Goal', 'State', 'So far and target', 'Pace', `Forecast (${intervalPercent} of 100)`, 'Owners'].map((head) => (
              <th key={head} scope="col">
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {goals.map((goal) => (
            <Row key={goal.id} goal={goal} depth={depths.get(goal.id) ?? 0} of={{ unit: goal.unit, currency }} open={() => open(goal.id)} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function depthsOf(goals: readonly GoalStanding[]): Map<string, number> {
  const depths = new Map<string, number>();
  for (const { id, parentId } of goals) depths.set(id, parentId === null ? 0 : Math.min(6, (depths.get(parentId) ?? -1) + 1));
  return depths;
}

function Row({ goal, depth, of, open }: { goal: GoalStanding; depth: number; of: Shown; open(): void }) {
  const scope = goal.scope.segment ?? goal.scope.team?.name;
  return (
    <tr>
      <th scope="row" className="goal-name" style={{ '--depth': depth } as React.CSSProperties}>
        <button type="button" className="as-link goal-open" onClick={open}>
          {goal.title}
        </button>
        <div className="dim small-print goal-about">
          {goal.metricLabel}
          {scope && ` · ${scope}`}
          <Explain label={`How ${goal.title} is counted`}>
            <p style={{ margin: 0 }}>{goal.formula}</p>
            <p style={{ margin: '8px 0 0' }}>{goal.says}</p>
          </Explain>
        </div>
      </th>
      <td data-label="State">
        <GoalMark state={goal.state} />
      </td>
      <td data-label="So far" className="goal-value">
        {goal.value === null ? (
          <span className="dim">{goal.why ?? 'no value yet'}</span>
        ) : (
          <strong>
            <Opens url={goal.recordsUrl} about={`${goal.title}: ${goal.metricLabel}`}>
              {shown(goal.value, of)}
            </Opens>
          </strong>
        )}
        <div className="dim">
          of {goal.direction === 'atMost' && 'at most '}
          {shown(goal.target, of)}
        </div>
      </td>
      <td data-label="Pace">
        <PaceBar goal={goal} currency={of.currency} />
        <GapText goal={goal} of={of} />
      </td>
      <td data-label="Forecast">
        {goal.forecast.value ? (
          <>
            {rangeText(goal.forecast.value, of)}
            {goal.forecast.reachedPercent !== null && (
              <div className="dim small-print">reached in {goal.forecast.reachedPercent} of 100 such courses</div>
            )}
          </>
        ) : (
          <span className="dim">
            Too little to tell
            {goal.forecast.why && (
              <Explain label={`Why there is no forecast of ${goal.title}`}>
                <p style={{ margin: 0 }}>{goal.forecast.why}</p>
              </Explain>
            )}
          </span>
        )}
      </td>
      <td data-label="Owners">
        <Owners owners={goal.owners} />
      </td>
    </tr>
  );
}

/** How far from where the pace wants it by now; of what has no pace, from the target. */
function GapText({ goal: { pace, runs, state }, of }: { goal: GoalStanding; of: Shown }) {
  if (!pace || state === 'notStarted') return null;
  const short = pace.gap.startsWith('-');
  const far = shown(pace.gap.replace('-', ''), of);
  const from = runs === 'flow' ? 'the pace' : 'the target';
  return <div className="dim small-print">{Number(pace.gap) === 0 ? `at ${from}` : `${far} ${short ? 'below' : 'above'} ${from}`}</div>;
}

export const Owners = ({ owners: { marketing, sales } }: Pick<GoalStanding, 'owners'>) => (
  <ul className="owners">
    <li>
      <SideMark side="marketing" /> {marketing.name}
    </li>
    <li>
      <SideMark side="sales" /> {sales.name}
    </li>
  </ul>
);
