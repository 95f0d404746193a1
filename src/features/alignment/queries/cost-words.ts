/** What is said of a cause in sentences. */

import type { CauseCost } from '#engine/alignment/cost/cause-cost.ts';
import type { CauseName } from '#engine/alignment/cost/causes.ts';
import type { ModelBasis } from '#engine/alignment/cost/model.ts';
import { chanceAfter } from '#engine/alignment/cost/reach.ts';
import { roughMoneyText } from '#engine/values/money.ts';
import type { CostGround } from './cost-ground.ts';

/** Minor units to three figures: see `roughMoneyText`. */
export const roughly = (amount: number | bigint, currency: string): string =>
  roughMoneyText(String(typeof amount === 'bigint' ? amount : Math.round(amount)), currency);

const counted = (count: number, one: string, many: string): string => `${count.toLocaleString('en')} ${count === 1 ? one : many}`;
export const inAHundred = (share: number): string => `${Math.round(share * 100)} of 100`;

const subjects: Readonly<Record<CauseName, (count: number) => string>> = {
  fitsRejected: (count) => `${counted(count, 'rejected lead fits', 'rejected leads fit')} what both sides want`,
  rejectedHours: (count) => `${counted(count, 'lead', 'leads')} took reps’ time and ${count === 1 ? 'was' : 'were'} rejected`,
  beyondCapacity: (count) =>
    `${counted(count, 'lead', 'leads')} came while more waited than usual, and ${count === 1 ? 'was' : 'were'} late or never worked`,
  campaignsNotFollowed: (count) => `nobody followed up ${counted(count, 'lead', 'leads')} of campaigns`,
  neverWorked: (count) => `${counted(count, 'qualified lead was', 'qualified leads were')} never worked`,
  slowFirstTouch: (count) => `${counted(count, 'lead that was', 'leads that were')} not reached had a first attempt later than agreed`,
  tooFewAttempts: (count) => `${counted(count, 'lead that was', 'leads that were')} not reached had fewer attempts than agreed`,
  dealsLostForMarketing: (count) => `${counted(count, 'deal was', 'deals were')} lost for reasons that marketing owns`,
  churnedAgainstIcp: (count) => `${counted(count, 'customer', 'customers')} left who never fitted`,
};

/** “541 qualified leads were never worked: about €1,230,000, between €800,000 and €1,900,000.” */
export function saysOf(cause: CauseName, { whole, records }: CauseCost, currency: string): string {
  const subject = subjects[cause](records.length);
  const sentence = `${subject[0]!.toUpperCase()}${subject.slice(1)}`;
  if (records.length === 0) return `${sentence}: nothing.`;
  return `${sentence}: about ${roughly(whole.amount, currency)}, between ${roughly(whole.low, currency)} and ${roughly(whole.high, currency)}.`;
}

// ── on what it rests ────────────────────────────────────────────────────────

export interface BasisGround {
  readonly model: ModelBasis | null;
  readonly ground: CostGround;
  readonly dayOf: (at: number) => string;
}

export function basisOf(cause: CauseName, told: CauseCost, { model, ground, dayOf }: BasisGround): string {
  const { assumptions } = ground.kept;
  switch (cause) {
    case 'rejectedHours':
      return `Counted: ${counted(told.minutes ?? 0, 'minute', 'minutes')} by the touches on record, at ${assumptions.reviewMinutes} a review, ${assumptions.callMinutes} a call (${assumptions.talkMinutes} more where somebody was reached), ${assumptions.writeMinutes} a message. ${
        assumptions.hourlyCost === null
          ? 'The cost of an hour is what is booked on these reps’ teams ÷ the hours they worked; the range lies between their salaries ÷ hours paid, and four fifths of the hours going into leads.'
          : 'The cost of an hour is as stated.'
      }`;
    case 'dealsLostForMarketing':
      return `The win rate of all deals that were not lost for such a reason, by segment. Reasons that marketing owns are ${assumptions.marketingReasons === null ? 'told by their words (fit, expectations, wrong audience)' : 'those stated in the assumptions'}.`;
    case 'churnedAgainstIcp':
      return 'All customers on record, those that fit held against those that do not within each segment, by years paid (Mantel and Haenszel); the draws decide for each one whether it would have stayed.';
    default:
      return model === null ? 'Too little is on record.' : leadBasis(model, ground, dayOf);
  }
}

function leadBasis(model: ModelBasis, { agreed }: CostGround, dayOf: (at: number) => string): string {
  const chance = (hours: number): string => inAHundred(chanceAfter(model.curve, hours));
  const rests = `${counted(model.tried, 'lead that was', 'leads that were')} tried, passed from ${dayOf(model.from)} to ${dayOf(model.until)}: ${model.reached.toLocaleString('en')} were reached, ${model.sqls.toLocaleString('en')} became SQLs, ${model.won.toLocaleString('en')} were won.`;
  const curve = `One attempt reaches ${chance(0.5)} when the first comes after half an hour, ${chance(24)} after a day, ${chance(168)} after a week.`;
  const drawnOn =
    model.quickHours > 4 * (agreed.promptMinutes / 60)
      ? ` Only one lead in twenty was first tried within ${Math.round(model.quickHours)} hours: what quicker ones reach is the curve drawn on, and the range is wider for it.`
      : '';
  return `${rests} ${curve}${drawnOn}`;
}
