import { Go } from '#ui/kit/Go.tsx';
import { Sheet } from '#ui/kit/Page.tsx';
import { plural } from '#ui/formats.ts';
import { paths } from '#ui/paths.ts';
import { useGoalsToday } from './asking.ts';
import { GoalMark } from './GoalMark.tsx';
import { PaceBar } from './PaceBar.tsx';
import './goals.css';

const most = 5;

/** Own goals off their pace, and plans to sign. Nothing of it: nothing is shown. */
export function GoalsToday() {
  const today = useGoalsToday().data;
  if (!today || today.offPace.length + today.toSign.length === 0) return null;
  const { offPace, toSign, mine, currency } = today;
  return (
    <Sheet title="Goals" actions={<Go href={paths.goals()}>All goals</Go>}>
      {toSign.map(({ versionId, title, number, madeBy }) => (
        <Go key={versionId} href={paths.goalPlan(versionId)} className="row-link">
          <span className="grow">
            Sign “{title}”{' '}
            <span className="dim">
              version {number}
              {madeBy && `, proposed by ${madeBy.name}`}
            </span>
          </span>
        </Go>
      ))}
      {offPace.slice(0, most).map((goal) => (
        <Go key={goal.id} href={paths.goals({ goal: goal.id })} className="row-link">
          <span className="grow">
            <span className="goal-today">
              <strong className="wrap-any">{goal.title}</strong> <GoalMark state={goal.state} />
            </span>
            <span className="dim small-print">{goal.says}</span>
            <PaceBar goal={goal} currency={currency} />
          </span>
        </Go>
      ))}
      {offPace.length > 0 && (
        <p className="dim small-print goals-foot">
          {offPace.length} of your {plural(mine, 'goal')} off pace; both owners are told.
        </p>
      )}
    </Sheet>
  );
}
