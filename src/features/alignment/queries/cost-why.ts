/** Why a record carries its amount, in a sentence or two. */

import type { CauseRecord } from '#engine/alignment/cost/cause-cost.ts';
import type { CostAsk } from '#engine/alignment/cost/question.ts';
import { dayText } from '#engine/values/calendarDay.ts';
import type { CostAnswer } from '../contract/cost.ts';
import { inAHundred, roughly } from './cost-words.ts';

export interface WhyGround {
  readonly currency: string;
  readonly ask: CostAsk;
  readonly agreed: CostAnswer['agreed'];
}

export function whyOf(record: CauseRecord, ground: WhyGround): string {
  switch (record.of) {
    case 'lead':
      return ofLead(record, ground);
    case 'hours': {
      const { calls, talks, written } = record.lead.work;
      const reason = record.lead.rejectedReason === null ? '' : ` (“${record.lead.rejectedReason}”)`;
      return `Rejected${reason} after ${record.minutes} minutes of a rep: a review, ${things(calls, 'call', 'calls')}${talks > 0 ? `, ${talks} of them answered` : ''}, ${things(written, 'message', 'messages')}.`;
    }
    case 'deal':
      return `Lost (“${record.deal.lostReason}”) at ${roughly(record.deal.amount ?? 0, ground.currency)}. Deals of its segment that were not lost for such a reason are won in ${inAHundred(record.winRate)} cases.`;
    case 'account':
      return `Pays nothing since ${dayText(record.customer.leftOn!)}, paid ${roughly(record.customer.yearly, ground.currency)} a year, and does not fit. The amount is the share of it that is due to that.`;
  }
}

function ofLead({ lead, lost, amount }: CauseRecord & { of: 'lead' }, { currency, agreed }: WhyGround): string {
  const worth = `A lead of its kind brings ${roughly(lost.worth, currency)} once it is reached`;
  const { asItWas, promptly, asAgreed } = lost.missed;
  switch (lost.loss) {
    case 'slowFirstTouch':
      return `First tried after ${lasting(lead.firstAttemptHours ?? 0)}, ${agreed.promptMinutes} working minutes are agreed. ${worth}; with a prompt start its ${things(lead.attempts, 'attempt', 'attempts')} would have reached ${inAHundred(1 - promptly / asItWas)} of those not reached${byLoad(lost.explained)}.`;
    case 'tooFewAttempts':
      return `Tried ${things(lead.attempts, 'time', 'times')}, ${agreed.attempts} attempts are agreed. ${worth}; the attempts left out would have reached ${inAHundred((promptly - asAgreed) / asItWas)} of those not reached.`;
    case 'beyondCapacity':
      return `Came while more leads of its rep waited than usual; the load explains ${inAHundred(lost.explained)} of what was lost. ${worth}.`;
    case 'fitsRejected':
      return `Rejected${lead.rejectedReason === null ? '' : ` (“${lead.rejectedReason}”)`}, yet its company is one that both sides want. ${worth}; ${agreed.attempts} prompt attempts reach ${inAHundred(1 - asAgreed)}.`;
    default:
      return `Passed and never tried. ${worth}; ${agreed.attempts} prompt attempts reach ${inAHundred(1 - asAgreed)}${amount === 0 ? '' : byLoad(lost.explained)}.`;
  }
}

const byLoad = (explained: number): string => (explained > 0 ? ` (less the ${inAHundred(explained)} that the load explains)` : '');
const things = (count: number, one: string, many: string): string => `${count} ${count === 1 ? one : many}`;

function lasting(hours: number): string {
  if (hours < 1) return things(Math.round(hours * 60), 'minute', 'minutes');
  return hours < 48 ? things(Math.round(hours), 'hour', 'hours') : things(Math.round(hours / 24), 'day', 'days');
}
