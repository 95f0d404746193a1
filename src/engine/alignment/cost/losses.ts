/**
 * What leads that were passed would have brought, had each been worked as agreed: by cause, once by the estimate and once
 * by every draw. A lead that was reached lost nothing by how it was worked. One that wasn't lost, of what it brings once
 * reached, the chance that it would have been, given that it wasn't:
 *
 *   late  = 1 − missed(prompt, n) ÷ missed(as it was, n)
 *   few   = (missed(prompt, n) − missed(prompt, agreed)) ÷ missed(as it was, n)
 *
 * with n the attempts that were made. The two add up to all that prompt and agreed attempts would have changed.
 */

import { Chance } from '../../simulate/chance.ts';
import { loadsOf, type LoadShares, sharesByLoad } from './capacity-load.ts';
import { stepOfDelay } from './delay.ts';
import { type CostLead, isSettled } from './lead.ts';
import { normal } from './logistic.ts';
import type { CostModel, ModelDraw, ModelQuestion } from './model.ts';
import { Tally } from './range.ts';
import { mostAttempts } from './reach.ts';
import { reasonsAboutFit, type Standing, standingOf } from './standing.ts';

/** `base`: what all settled leads would have brought, worked as agreed; by the estimate alone. */
export const leadLosses = [
  'fitsRejected',
  'beyondCapacity',
  'campaignsNotFollowed',
  'neverWorked',
  'slowFirstTouch',
  'tooFewAttempts',
  'base',
] as const;
export type LeadLoss = (typeof leadLosses)[number];

export interface LostByLead {
  /** Among the leads given. */
  readonly at: number;
  readonly loss: Exclude<LeadLoss, 'base'>;
  /** Minor units, by the estimate. */
  readonly amount: number;
  /** What a lead of its kind brings once it is reached, minor units. */
  readonly worth: number;
  /** The chance of not being reached: by the attempts as they were, by as many made promptly, by the agreed ones made promptly. */
  readonly missed: { readonly asItWas: number; readonly promptly: number; readonly asAgreed: number };
  /** The part of what was late or never worked that the load explains, 0..1. */
  readonly explained: number;
}

export interface Losses {
  /** In the order of the leads. */
  readonly records: readonly LostByLead[];
  /** By loss, then by part. */
  readonly tallies: Readonly<Record<LeadLoss, ReadonlyMap<string, Tally>>>;
  /** By lead. */
  readonly standing: readonly Standing[];
}

export interface LossQuestion extends Pick<ModelQuestion, 'settledUntil' | 'seed'> {
  /** How many attempts are enough. */
  readonly attempts: number;
  /** The part of the answer a lead is in; null: in none. */
  partOf(lead: CostLead): string | null;
}

/** Minor units; less is nothing. */
const nothing = 0.5;

export function lossesOf(leads: readonly CostLead[], model: CostModel, asked: LossQuestion): Losses {
  const aboutFit = reasonsAboutFit(leads);
  const standing = leads.map((lead) => standingOf(lead, aboutFit));
  const columns = columnsOf(leads, model, standing, asked);
  const tallies = Object.fromEntries(leadLosses.map((loss) => [loss, new Map<string, Tally>()])) as Record<LeadLoss, Map<string, Tally>>;
  const places = leadLosses.map((loss) => columns.parts.map((part) => placeFor(tallies[loss], part, model.draws.length)));
  const records: LostByLead[] = [];
  const amounts = new Float64Array(leadLosses.length);
  model.draws.forEach((draw, number) => {
    const explained = explainedIn(columns, number, asked.seed);
    for (const row of number === 0 ? columns.rows : columns.losing) {
      lose(row, draw, explained, amounts);
      for (let loss = 0; loss < amounts.length; loss++) {
        const amount = amounts[loss]!;
        if (amount < nothing) continue;
        const tally = places[loss]![row.part]!;
        if (number > 0) tally.sums[number]! += amount;
        else keep(tally, leadLosses[loss]!, row, Math.round(amount), draw, explained, records);
      }
    }
  });
  return { records, tallies, standing };
}

function placeFor(tallies: Map<string, Tally>, part: string, draws: number): Tally {
  const tally = new Tally(draws);
  tallies.set(part, tally);
  return tally;
}

/** The estimate in whole minor units, so that the records add up to their cause. */
function keep(
  tally: Tally,
  loss: LeadLoss,
  row: Row,
  amount: number,
  { worth, missed }: ModelDraw,
  explained: Explained,
  records: LostByLead[],
): void {
  tally.sums[0]! += amount;
  tally.record(amount);
  if (loss === 'base' || amount === 0) return;
  const chances = { asItWas: missed[row.asItWas]!, promptly: missed[row.promptly]!, asAgreed: missed[row.asAgreed]! };
  const byLoad = (row.standing === 'neverWorked' ? explained.never : explained.late)[row.group]!;
  records.push({ at: row.at, loss, amount, worth: worth[row.kind]!, missed: chances, explained: byLoad });
}

// ── the leads of the question ───────────────────────────────────────────────

interface Row {
  readonly at: number;
  readonly part: number;
  readonly kind: number;
  /** Into what a draw says was missed: by the attempts made as they were, by as many made promptly, by the agreed ones made promptly. */
  readonly asItWas: number;
  readonly promptly: number;
  readonly asAgreed: number;
  readonly standing: Standing;
  readonly isOfCampaign: boolean;
  readonly group: number;
}

interface Columns {
  readonly rows: readonly Row[];
  /** Those that lost something: draws are asked for no others. */
  readonly losing: readonly Row[];
  readonly parts: readonly string[];
  readonly never: LoadShares;
  readonly late: LoadShares;
}

function columnsOf(leads: readonly CostLead[], model: CostModel, standing: readonly Standing[], asked: LossQuestion): Columns {
  const { never, late, loads } = loadShares(leads, model, standing, asked);
  const parts = new Map<string, number>();
  const rows = leads.flatMap((lead, at): Row[] => {
    const part = isSettled(lead, asked.settledUntil) ? asked.partOf(lead) : null;
    if (part === null) return [];
    if (!parts.has(part)) parts.set(part, parts.size);
    const shares = standing[at] === 'neverWorked' ? never : late;
    return [
      {
        ...{ at, part: parts.get(part)!, kind: model.kinds.ofLead[at]!, standing: standing[at]!, isOfCampaign: lead.campaign !== null },
        ...placesOf(lead, model.half[at]!, asked.attempts, standing[at]!),
        group: shares.groupOf(loads[at]!),
      },
    ];
  });
  const losing = rows.filter(({ standing: falls }) => falls !== null && falls !== 'rejectedHours');
  return { rows, losing, parts: [...parts.keys()], never, late };
}

function placesOf(lead: CostLead, half: number, agreed: number, standing: Standing): Pick<Row, 'asItWas' | 'promptly' | 'asAgreed'> {
  const { attempts } = lead;
  return {
    asItWas: placeOf(lead, lead.firstAttemptHours ?? 0, half, attempts),
    promptly: placeOf(lead, promptHoursOf(lead), half, attempts),
    asAgreed: placeOf(lead, promptHoursOf(lead), half, standing === 'notReached' ? Math.max(agreed, attempts) : agreed),
  };
}

/** Whoever was quicker than prompt lost nothing by it. */
const promptHoursOf = ({ promptHours, firstAttemptHours }: CostLead): number =>
  firstAttemptHours === null ? promptHours : Math.min(promptHours, firstAttemptHours);

const placeOf = ({ hasPhone }: CostLead, hours: number, half: number, attempts: number): number =>
  (stepOfDelay(hours) * 4 + (hasPhone ? 2 : 0) + half) * (mostAttempts + 1) + Math.min(attempts, mostAttempts);

/** Of every settled lead that could have been worked, not of the period's alone: a company's load is learnt from all it knows. */
function loadShares(
  leads: readonly CostLead[],
  model: CostModel,
  standing: readonly Standing[],
  asked: LossQuestion,
): { never: LoadShares; late: LoadShares; loads: Int32Array } {
  const loads = loadsOf(leads);
  const [{ missed }] = model.draws as readonly [ModelDraw];
  const workable = [...leads.keys()].filter((at) => isSettled(leads[at]!, asked.settledUntil) && leads[at]!.decision !== 'rejected');
  const tried = workable.filter((at) => leads[at]!.firstAttemptHours !== null);
  const missedAt = (at: number, hours: number): number => missed[placeOf(leads[at]!, hours, model.half[at]!, asked.attempts)]!;
  const ofLoads = (places: readonly number[]): Int32Array => Int32Array.from(places, (at) => loads[at]!);
  return {
    loads,
    never: sharesByLoad(
      ofLoads(workable),
      Float64Array.from(workable, (at) => (standing[at] === 'neverWorked' ? 1 : 0)),
    ),
    late: sharesByLoad(
      ofLoads(tried),
      Float64Array.from(tried, (at) => missedAt(at, leads[at]!.firstAttemptHours!) - missedAt(at, promptHoursOf(leads[at]!))),
    ),
  };
}

// ── one draw ────────────────────────────────────────────────────────────────

interface Explained {
  readonly never: Float64Array;
  readonly late: Float64Array;
}

/** What the load explains, by group, in one draw; the first is the estimate. */
function explainedIn({ never, late }: Columns, draw: number, seed: number): Explained {
  const chance = new Chance(seed).reseed(2, draw);
  const drawn = ({ explained }: LoadShares): Float64Array =>
    Float64Array.from(explained, ({ share, error }) =>
      share === 0 ? 0 : Math.min(1, Math.max(0, draw === 0 ? share : share + error * normal(chance))),
    );
  return { never: drawn(never), late: drawn(late) };
}

/** What one lead lost in one draw, by loss, into `amounts`. */
function lose(row: Row, { worth, missed }: ModelDraw, explained: Explained, amounts: Float64Array): void {
  amounts.fill(0);
  const whole = worth[row.kind]!;
  const left = missed[row.asAgreed]!;
  const asAgreed = whole * (1 - left);
  amounts[6] = asAgreed;
  if (row.standing === 'fitsRejected') amounts[0] = asAgreed;
  else if (row.standing === 'neverWorked') {
    const share = explained.never[row.group]!;
    amounts[1] = asAgreed * share;
    amounts[row.isOfCampaign ? 2 : 3] = asAgreed * (1 - share);
  } else if (row.standing === 'notReached') {
    const [asItWas, promptly] = [missed[row.asItWas]!, missed[row.promptly]!];
    const late = whole * (1 - promptly / asItWas);
    const share = explained.late[row.group]!;
    amounts[1] = late * share;
    amounts[4] = late * (1 - share);
    amounts[5] = (whole * (promptly - left)) / asItWas;
  }
}
