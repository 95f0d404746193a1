import { goalStates, type GoalState } from '#features/goals/contract/goals.ts';
import type { PlanSummary } from '#features/goals/contract/plans.ts';

const looks: Record<GoalState, string> = {
  ...{ ahead: 'state-good', onPace: 'state-good', reached: 'state-good', behind: 'state-bad', missed: 'state-bad' },
  ...{ notStarted: '', unknown: '' },
};

/** On pace or not, in words and colour. */
export const GoalMark = ({ state }: { state: GoalState }) => <span className={`state ${looks[state]}`}>{goalStates[state].label}</span>;

const words = { draft: 'Draft', proposed: 'To sign', signed: 'Replaced', withdrawn: 'Withdrawn' } as const;

export function PlanMark({ status, inForce }: Pick<PlanSummary, 'status' | 'inForce'>) {
  const look = inForce ? 'state-good' : status === 'proposed' ? 'state-waiting' : '';
  return <span className={`state ${look}`}>{inForce ? 'Signed' : words[status]}</span>;
}
