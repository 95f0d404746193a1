import { paths } from '#ui/paths.ts';
import type { PartToday, TodayItem } from '#ui/today/waiting.ts';
import { useGoalsToday } from './asking.ts';
import { GoalMark } from './GoalMark.tsx';
import { PaceBar } from './PaceBar.tsx';
import './goals.css';

const most = 5;
const goal = { part: 'Goals', dueAt: null } as const;

/** Plans to sign, and own goals that are off their pace. */
export function useGoalsWaiting(): PartToday {
  const asked = useGoalsToday();
  if (!asked.data) return { items: [], asked: [asked] };
  const { offPace, toSign, currency } = asked.data;
  const plans: TodayItem[] = toSign.map(({ versionId, title, number, madeBy }) => ({
    ...{ ...goal, key: `plan ${versionId}`, stake: 'agreement', href: paths.goalPlan(versionId), act: 'Read and sign' },
    says: `Sign “${title}”`,
    about: `version ${number}${madeBy ? `, proposed by ${madeBy.name}` : ''}`,
  }));
  const behind: TodayItem[] = offPace.slice(0, most).map((each) => ({
    ...{ ...goal, key: `goal ${each.id}`, stake: 'goal', href: paths.goals({ goal: each.id }), act: 'Look' },
    says: (
      <span className="goal-today">
        <strong className="wrap-any">{each.title}</strong> <GoalMark state={each.state} />
      </span>
    ),
    about: (
      <>
        {each.says}
        <PaceBar goal={each} currency={currency} />
      </>
    ),
  }));
  return { items: [...plans, ...behind], asked: [asked] };
}
