import { deadlineFormula, elapsedFormula } from './business-time.ts';
import type { Formula } from './formula.ts';

/** Every formula that can be asked for, in the order of the reference. */
export const formulas: readonly Formula[] = [deadlineFormula, elapsedFormula];
