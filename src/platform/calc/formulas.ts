import { misalignmentCostFormula } from './alignment/formula.ts';
import { alignmentIndexFormula } from './alignment/index-formula.ts';
import { attributionFormula } from './attribution/formula.ts';
import { deadlineFormula, elapsedFormula } from './business-time.ts';
import type { Formula } from './formula.ts';
import { paceFormula, workBackFormula } from './goals/formulas.ts';
import { payoutFormula } from './payout/formula.ts';
import { allocateFormula, convertFormula } from './returns/amounts.ts';
import { decomposeFormula, retentionFormula } from './returns/change.ts';
import { cacFormula, ltvFormula, paybackFormula } from './returns/customers.ts';
import { coverageFormula, forecastFormula, velocityFormula, winRateFormula } from './returns/pipeline.ts';
import { roasFormula, romiFormula } from './returns/spend.ts';
import { beforeAfterFormula } from './rollout/formula.ts';

/** Every formula that can be asked for, in the order of the reference. */
export const formulas: readonly Formula[] = [
  deadlineFormula,
  elapsedFormula,
  winRateFormula,
  velocityFormula,
  coverageFormula,
  forecastFormula,
  cacFormula,
  ltvFormula,
  paybackFormula,
  romiFormula,
  roasFormula,
  retentionFormula,
  decomposeFormula,
  attributionFormula,
  allocateFormula,
  convertFormula,
  paceFormula,
  workBackFormula,
  payoutFormula,
  misalignmentCostFormula,
  alignmentIndexFormula,
  beforeAfterFormula,
];
