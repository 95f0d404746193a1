/** What misalignment cost: by cause, with its range, each opening into its records. */

import type { CauseCost } from '#engine/alignment/cost/cause-cost.ts';
import { type CauseName, causeNames, causeTable } from '#engine/alignment/cost/causes.ts';
import type { CostTotal } from '#engine/alignment/cost/cost.ts';
import { type CauseShare, firstCause, shareOf } from '#engine/alignment/cost/first.ts';
import type { Range } from '#engine/alignment/cost/range.ts';
import { dayText } from '#engine/values/calendarDay.ts';
import type { PayVisible } from '#features/returns/contract/pay.ts';
import { textOfDays } from '#features/returns/queries/figure-scope.ts';
import type { Database, WorkspaceId } from '#platform/db/database.ts';
import {
  type CostAnswer,
  type CostCause,
  costConfidencePercent,
  type CostPart,
  type CostQuery,
  costRecordsPath,
  costVersion,
  orderOf,
} from '../contract/cost.ts';
import { formulaAt } from '../contract/formulas.ts';
import { type CostFound, findCost } from './cost-answered.ts';
import { besideOf, paidInTheMiddle, spendBeside } from './cost-beside.ts';
import { type CostGround, readCostGround } from './cost-ground.ts';
import { notesOf } from './cost-notes.ts';
import { type CostQuestion, questionOf } from './cost-question.ts';
import { basisOf, saysOf } from './cost-words.ts';

/** @param pay what of pay the asker may see: the cost of an hour rests on it */
export async function answerCost(database: Database, workspaceId: WorkspaceId, pay: PayVisible, asked: CostQuery): Promise<CostAnswer> {
  const ground = await readCostGround(database, workspaceId);
  const question = questionOf(ground, asked, asked.by);
  const found = await findCost(ground, question, pay, { ranges: true });
  const told = await tellCauses(ground, question, found);
  const first = firstCause(told.shares);
  return {
    ...textOfDays(question.days),
    ...(question.segment === undefined ? {} : { segment: question.segment }),
    ...{
      by: asked.by,
      asOf: dayText(question.dayOf(found.past.asOf)),
      timeZone: ground.returns.timeZone,
      currency: ground.returns.currency,
    },
    ...{ version: costVersion, confidencePercent: costConfidencePercent, agreed: ground.agreed },
    causes: told.causes.sort((one, other) => compare(one.amount, other.amount) || one.order - other.order),
    total: shownTotal(found.cost.total, told.causes, question),
    first: first === null ? null : { ...named(first), says: firstSays(first, told.shares[first]!) },
    notes: notesOf(ground, found),
  };
}

/** Greatest first, none last. */
const compare = (one: string | null, other: string | null): number =>
  one === other ? 0 : one === null ? 1 : other === null ? -1 : BigInt(other) > BigInt(one) ? 1 : -1;
const named = (cause: CauseName) => ({ cause, label: causeTable[cause].label, side: causeTable[cause].side });

const percent = (share: number): string => `${(share * 100).toLocaleString('en', { maximumFractionDigits: share < 0.1 ? 1 : 0 })} %`;
const firstSays = (cause: CauseName, { value, low, high, threshold }: CauseShare): string =>
  `${causeTable[cause].label}: ${percent(value)} of ${causeTable[cause].against} (between ${percent(low)} and ${percent(high)}); up to ${percent(threshold)} is ordinary. No other cause is further above what is ordinary.`;

interface Told {
  readonly causes: CostCause[];
  readonly shares: Partial<Record<CauseName, CauseShare | null>>;
}

async function tellCauses(ground: CostGround, question: CostQuestion, found: CostFound): Promise<Told> {
  const years = (question.days.end - question.days.start + 1) / 365;
  const shares: Partial<Record<CauseName, CauseShare | null>> = {};
  const spend = await spendBeside(ground, question, found);
  const causes = causeNames.map((cause) => {
    const told = found.cost.causes[cause];
    const against = cause === 'churnedAgainstIcp' ? paidInTheMiddle(ground, question) : told.against;
    const share = told.whyNot !== null || against === null ? null : shareOf(cause, told.whole, against, years);
    shares[cause] = share;
    return shownCause(
      ground,
      question,
      found,
      cause,
      share && { ...share, of: String(Math.round(against!)) },
      cause === 'campaignsNotFollowed' ? spend : [],
    );
  });
  return { causes, shares };
}

function shownCause(
  ground: CostGround,
  question: CostQuestion,
  found: CostFound,
  cause: CauseName,
  share: (CauseShare & { of: string }) | null,
  spend: CostCause['beside'],
): CostCause {
  const { holds, formula, kind, of, side, label, against } = causeTable[cause];
  const told = found.cost.causes[cause];
  const { currency } = ground.returns;
  const basis = { model: found.cost.basis, ground, dayOf: (at: number) => dayText(question.dayOf(at)) };
  return {
    ...{ cause, label, order: orderOf(cause), kind, of, side, holds, formula, formulaAt: formulaAt('cost', cause) },
    ...(told.whyNot === null ? amounts(told.whole) : { amount: null, low: null, high: null }),
    ...{ count: told.records.length, unsettled: told.unsettled, whyNot: told.whyNot },
    says: told.whyNot === null ? saysOf(cause, told, currency) : null,
    basis: basisOf(cause, told, basis),
    share: share && { against, ...share },
    beside: [...besideOf(cause, told), ...spend],
    parts: shownParts(told, question, cause),
    recordsUrl: told.records.length === 0 ? null : recordsUrl(question, cause),
  };
}

const amounts = ({ amount, low, high }: Range) => ({ amount: text(amount), low: text(low), high: text(high) });
/** Whole minor units. */
const text = (amount: number): string => String(BigInt(Math.round(amount)));

function recordsUrl({ days, segment }: CostQuestion, cause: CauseName, part?: { segment?: string | null; month?: string }): string {
  return costRecordsPath({ cause, ...textOfDays(days), segment, ...part });
}

function shownParts({ parts }: CauseCost, question: CostQuestion, cause: CauseName): CostPart[] {
  return inOrder(question, [...parts]).map(([key, range]) => ({
    ...groupOf(question, key),
    ...amounts(range),
    count: range.count,
    recordsUrl: recordsUrl(question, cause, question.by === 'month' ? { month: key } : { segment: segmentOf(key) }),
  }));
}

function inOrder({ by }: CostQuestion, parts: readonly [string, Range & { count: number }][]): [string, Range & { count: number }][] {
  if (by === 'none') return [];
  return parts.toSorted(([one, { amount: few }], [other, { amount: many }]) =>
    by === 'month' ? (one < other ? -1 : 1) : many - few || (one < other ? -1 : 1),
  );
}

const segmentOf = (key: string): string | null => JSON.parse(key) as string | null;
function groupOf({ by }: CostQuestion, key: string): { group: string | null; label: string } {
  const group = by === 'month' ? key : segmentOf(key);
  return { group, label: group ?? '(blank)' };
}

function shownTotal(total: CostTotal, causes: readonly CostCause[], question: CostQuestion): CostAnswer['total'] {
  const without = causeNames.filter((cause) => causes.find((each) => each.cause === cause)!.amount === null);
  const { whole, lostRevenue, spent, leads, deals, customers } = total;
  const isTold = without.length < causeNames.length;
  return {
    ...(isTold ? amounts(whole) : { amount: null, low: null, high: null }),
    ...{ lostRevenue: amounts(lostRevenue), spent: amounts(spent), leads, deals, customers, without },
    parts: inOrder(question, [...total.parts]).map(([key, range]) => ({
      ...groupOf(question, key),
      ...amounts(range),
      count: range.count,
    })),
  };
}
