import { goalStates, type GoalStanding, type GoalTree } from '#features/goals/contract/goals.ts';
import { plural } from '#ui/formats.ts';
import { rangeText, shown } from './goalWords.ts';

/** The one sentence that matters: what is off its pace, and where the first goal is going. */
export function GoalsHeadline({ tree: { goals, currency } }: { tree: GoalTree }) {
  if (goals.length === 0) return <p className="lead-sentence">You own none of the goals in force.</p>;
  const off = goals.filter(({ state }) => goalStates[state].offPace).sort((one, other) => gapOf(one) - gapOf(other));
  const worst = off[0];
  const untold = goals.filter(({ state }) => state === 'unknown').length;
  return (
    <p className="lead-sentence">
      {worst ? (
        <>
          <strong className="bad">
            {off.length} of {plural(goals.length, 'goal')} {off.length === 1 ? 'is' : 'are'} off pace
          </strong>
          {off.length === 1 ? ': ' : ', most of all '}“{worst.title}”. {worst.says}
        </>
      ) : (
        <strong>{goals.length === 1 ? 'The goal is' : `All ${goals.length} goals are`} on pace.</strong>
      )}
      {untold > 0 && ` Of ${untold} it can’t be told.`} <Ahead goal={goals[0]!} currency={currency} />
    </p>
  );
}

/** Goals without a pace are held against the target itself. */
const gapOf = ({ pace }: GoalStanding): number => Number(pace?.gapPercent ?? -100);

function Ahead({ goal, currency }: { goal: GoalStanding; currency: string }) {
  const { value, reachedPercent } = goal.forecast;
  if (!value || reachedPercent === null) return null;
  const of = { unit: goal.unit, currency };
  return (
    <>
      “{goal.title}” is going to {rangeText(value, of)}; {shown(goal.target, of)} is reached in {reachedPercent} of 100 such courses.
    </>
  );
}
