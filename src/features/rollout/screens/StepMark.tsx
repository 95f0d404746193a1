import type { PathStep } from '#features/rollout/contract/path.ts';
import { stateWords } from './words.ts';

/** How a gate stands, in words; one that was met before says so. */
export function StepMark({ step: { state, lostAt, overdue } }: { step: Pick<PathStep, 'state' | 'lostAt' | 'overdue'> }) {
  if (lostAt !== null) return <span className="rollout-mark is-lost">Lost again</span>;
  return <span className={`rollout-mark is-${state}${overdue ? ' is-late' : ''}`}>{overdue ? 'Overdue' : stateWords[state]}</span>;
}
