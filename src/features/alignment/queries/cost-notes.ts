/** What a reader must know beside the formulas. */

import { causeNames } from '#engine/alignment/cost/causes.ts';
import type { CostFound } from './cost-answered.ts';
import type { CostGround } from './cost-ground.ts';

export function notesOf({ agreed, kept, icp, returns }: CostGround, { unbooked, cost }: CostFound): string[] {
  const young = causeNames.reduce((sum, cause) => (cause === 'tooFewAttempts' ? sum : sum + cost.causes[cause].unsettled), 0);
  return [
    'Lost revenue is what deals would have brought in their first year. It is an estimate of what was likely, not of what was certain.',
    'A lead’s loss is parted between causes and never counted twice; a deal counts only where its lead does not.',
    `Prompt is a first attempt within ${agreed.promptMinutes} working minutes (${agreed.promptFrom}); enough are ${agreed.attempts} attempts (${agreed.attemptsFrom}).`,
    ...(young > 0
      ? [
          `${young.toLocaleString('en')} leads passed less than ${kept.assumptions.settleDays} days before the last day on record are not counted yet.`,
        ]
      : []),
    ...(icp.length === 0
      ? ['No definition of the companies you want (the ICP) is signed: whether leads and customers fit can’t be told.']
      : []),
    ...(unbooked > 0
      ? [`${unbooked.toLocaleString('en')} deals have no exchange rate into ${returns.currency}: their amounts are left out.`]
      : []),
    'Observational: leads that were worked promptly are held against others of their kind. Reps who know which leads are good may make speed look better than it is.',
  ];
}
