/** The causes that are about leads, from what each lost. */

import { type CauseRecord, type TalliedCause, toldOf, untold } from './cause-cost.ts';
import type { CauseName } from './causes.ts';
import type { CostAsk, CostPast } from './question.ts';
import { minutesOn } from './hours.ts';
import { isSettled, millisecondsADay } from './lead.ts';
import { type LeadLoss, type Losses, lossesOf } from './losses.ts';
import type { CostModel } from './model.ts';
import { rangeOf, summed } from './range.ts';
import { reasonsAboutFit, type Standing, standingOf } from './standing.ts';

const ofLeads = [
  'fitsRejected',
  'beyondCapacity',
  'campaignsNotFollowed',
  'neverWorked',
  'slowFirstTouch',
  'tooFewAttempts',
] as const satisfies readonly CauseName[] & readonly LeadLoss[];
type LeadCause = (typeof ofLeads)[number];

export function leadCauses(past: CostPast, model: CostModel | string, ask: CostAsk): Record<LeadCause, TalliedCause> {
  const unsettled = unsettledOf(past, ask);
  const each = (make: (cause: LeadCause) => TalliedCause) =>
    Object.fromEntries(ofLeads.map((cause) => [cause, make(cause)])) as Record<LeadCause, TalliedCause>;
  if (typeof model === 'string') return each((cause) => ({ told: untold(model, unsettled[cause]), tallies: new Map() }));
  const settledUntil = past.asOf - ask.settleDays * millisecondsADay;
  const partOf = ({ passedAt, segment }: CostPast['leads'][number]): string | null => ask.partOf(passedAt, segment);
  const losses = lossesOf(past.leads, model, { settledUntil, seed: ask.seed, attempts: ask.attempts, partOf });
  const against = summed([...losses.tallies.base.values()]).sums[0]!;
  const records = recordsBy(past, losses);
  return each((cause) => {
    if (cause === 'fitsRejected' && past.leads.every(({ fits }) => fits === null)) return { told: untold(noIcp), tallies: new Map() };
    const tallies = losses.tallies[cause];
    const told = toldOf(tallies, (tally) => rangeOf(tally, model.basis.won));
    const own = records.get(cause) ?? [];
    const minutes = cause === 'fitsRejected' ? minutesOf(past, losses, ask) : null;
    return { tallies, told: { ...told, records: own, unsettled: unsettled[cause], against, minutes } };
  });
}

const noIcp = 'not enough data yet: no definition of the companies you want (the ICP) is signed, so nothing says which rejected leads fit';

/** What reps did on all rejected leads that fit, the young ones too. */
function minutesOf({ leads }: CostPast, { standing }: Losses, ask: CostAsk): number {
  return leads.reduce((sum, lead, at) => {
    const isAsked = standing[at] === 'fitsRejected' && ask.partOf(lead.passedAt, lead.segment) !== null;
    return isAsked ? sum + minutesOn(lead, ask.minutes) : sum;
  }, 0);
}

function recordsBy({ leads }: CostPast, { records }: Losses): Map<LeadCause, CauseRecord[]> {
  const byCause = new Map<LeadCause, CauseRecord[]>();
  for (const lost of records) {
    const own = byCause.get(lost.loss) ?? [];
    byCause.set(lost.loss, own);
    own.push({ of: 'lead', lead: leads[lost.at]!, amount: lost.amount, lost });
  }
  return byCause;
}

/** Leads of the question that would be in a cause, were they old enough. */
function unsettledOf({ leads, asOf }: CostPast, ask: CostAsk): Record<LeadCause, number> {
  const settledUntil = asOf - ask.settleDays * millisecondsADay;
  const young = leads.filter((lead) => !isSettled(lead, settledUntil) && ask.partOf(lead.passedAt, lead.segment) !== null);
  const aboutFit = reasonsAboutFit(leads);
  const standings = young.map((lead) => ({ standing: standingOf(lead, aboutFit), ofCampaign: lead.campaign !== null }));
  const count = (of: Standing, ofCampaign?: boolean): number =>
    standings.filter((each) => each.standing === of && (ofCampaign === undefined || each.ofCampaign === ofCampaign)).length;
  return {
    fitsRejected: count('fitsRejected'),
    beyondCapacity: 0,
    campaignsNotFollowed: count('neverWorked', true),
    neverWorked: count('neverWorked', false),
    slowFirstTouch: count('notReached'),
    tooFewAttempts: count('notReached'),
  };
}
