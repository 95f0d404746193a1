import type { CostCause } from '#features/alignment/contract/cost.ts';
import { SideMark } from '#ui/kit/Side.tsx';

/** The side that can mend it first. */
export const MendedBy = ({ side }: { side: CostCause['side'] }) =>
  side === 'both' ? <span className="side side-none">Both sides</span> : <SideMark side={side} />;
