/** From spend to contribution, in steps that close. */

import { dayText } from '#engine/values/calendarDay.ts';
import { percentFraction, timesFraction } from '#engine/values/fraction.ts';
import type { Database, WorkspaceId } from '#platform/db/database.ts';
import { figureRecordsPath } from '../contract/figures.ts';
import { type OpenablePart, returnsVersion } from '../contract/figure-table.ts';
import type { WaterfallAnswer, WaterfallQuery } from '../contract/trend.ts';
import type { PayVisible } from '../contract/pay.ts';
import { sumBilled } from './billed.ts';
import { tallyDeals } from './deal-tally.ts';
import { readCosts, tallyCosts } from './figure-costs.ts';
import { payNotes, textsOf } from './figure-notes.ts';
import { type Days, daysAsked, type Ground, readGround, textOfDays } from './figure-scope.ts';
import { slicesOf } from './slices.ts';

type Step = WaterfallAnswer['steps'][number];

export async function answerWaterfall(
  database: Database,
  workspaceId: WorkspaceId,
  pay: PayVisible,
  asked: WaterfallQuery,
): Promise<WaterfallAnswer> {
  const ground = await readGround(database, workspaceId, pay);
  const { surroundings } = ground;
  const days = daysAsked(asked, ground.asOf);
  const cells = await database.inWorkspace(workspaceId, (tx) =>
    readCosts(tx, workspaceId, { by: 'none', days, lagDays: 0, pay: ground.pay }, surroundings),
  );
  const [costs] = tallyCosts(cells, 1, () => 0);
  const won = tallyDeals(ground.fresh.deals, slicesOf(ground, 'none', days)).tallies[0]!;
  const revenue = asked.revenue === 'won' ? { count: won.won, amount: won.wonValue } : sumBilled(ground, days);
  const { grossMarginPercent } = ground.settings;
  const { steps, difference } = waterfallSteps(
    { marketing: costs!.costMarketing.amount, sales: costs!.costSales.amount, revenue: revenue.amount, grossMarginPercent },
    (step) =>
      recordsUrl(days, step, asked.revenue, {
        marketing: costs!.costMarketing.entries,
        sales: costs!.costSales.entries,
        revenue: revenue.count,
      }),
  );
  return {
    ...textOfDays(days),
    asOf: dayText(ground.asOf),
    timeZone: ground.timeZone,
    currency: ground.currency,
    version: returnsVersion,
    notes: notesOf(ground, asked),
    revenue: asked.revenue,
    costBasis: ground.costBasis,
    grossMarginPercent,
    steps,
    difference,
  };
}

export interface WaterfallAmounts {
  readonly marketing: bigint;
  readonly sales: bigint;
  readonly revenue: bigint;
  readonly grossMarginPercent: string | null;
}

/** Delivery is revenue less its gross margin, so that the steps add up to the unit. */
export function waterfallSteps(
  { marketing, sales, revenue, grossMarginPercent }: WaterfallAmounts,
  urlOf: (step: Step['step']) => string | null,
): { steps: Step[]; difference: string } {
  const delivery = grossMarginPercent === null ? null : revenue - timesFraction(revenue, percentFraction(grossMarginPercent));
  const changes: [Step['step'], string, bigint][] = [
    ['marketing', 'Cost of marketing', -marketing],
    ['sales', 'Cost of sales', -sales],
    ['revenue', 'Revenue', revenue],
    ...(delivery === null ? [] : ([['delivery', 'Cost of delivery', -delivery]] as [Step['step'], string, bigint][])),
  ];
  const steps: Step[] = [];
  let running = 0n;
  for (const [step, label, amount] of changes) {
    steps.push({
      step,
      label,
      kind: 'change',
      amount: String(amount),
      from: String(running),
      to: String(running + amount),
      recordsUrl: urlOf(step),
    });
    running += amount;
  }
  const contribution =
    delivery === null ? revenue - marketing - sales : timesFraction(revenue, percentFraction(grossMarginPercent!)) - marketing - sales;
  const [last, label] = delivery === null ? (['difference', 'Revenue less spend'] as const) : (['contribution', 'Contribution'] as const);
  steps.push({ step: last, label, kind: 'total', amount: String(contribution), from: '0', to: String(contribution), recordsUrl: null });
  return { steps, difference: String(contribution - running) };
}

function recordsUrl(
  days: Days,
  step: Step['step'],
  revenue: WaterfallQuery['revenue'],
  counts: { marketing: number; sales: number; revenue: number },
): string | null {
  const parts: Partial<Record<Step['step'], [OpenablePart, number]>> = {
    marketing: ['costMarketing', counts.marketing],
    sales: ['costSales', counts.sales],
    revenue: [revenue === 'won' ? 'won' : 'billed', counts.revenue],
  };
  const [part, count] = parts[step] ?? ['won', 0];
  if (count === 0) return null;
  return figureRecordsPath({ part, by: 'none', group: undefined, ...textOfDays(days), lagDays: 0, windowDays: 0, basis: 'terms' });
}

const notesOf = (ground: Ground, { revenue }: WaterfallQuery): string[] => [
  ...textsOf(payNotes(ground)),
  revenue === 'won'
    ? 'Revenue is the amount of the deals won in the period.'
    : 'Revenue is what was billed in the period, less contractions and refunds.',
  ...(ground.settings.grossMarginPercent === null ? ['The gross margin is not set: what delivering costs is not taken off.'] : []),
];
