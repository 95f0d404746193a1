/** Counts everything figures are made of, by slice. What is read from the database is read first, then nothing is awaited while columns are counted. */

import type { FunnelColumns } from '#engine/funnel/columns.ts';
import { columnsCacheOf } from '#features/funnel/queries/columns.ts';
import type { FigureBy, RevenueBasis } from '../contract/figure-table.ts';
import type { FiguresQuery } from '../contract/figures.ts';
import { type AttributedValues, getAttributedValue } from './attributed-value.ts';
import { type CustomerAsk, partsOfAccounts, tallyCustomers } from './customer-tally.ts';
import { type DealGaps, tallyDeals } from './deal-tally.ts';
import {
  type CostCellOfFigures,
  type CostsAsk,
  costsAreKeptBy,
  readCosts,
  readPaidCampaigns,
  readUnbooked,
  tallyCosts,
} from './figure-costs.ts';
import { allocatedCosts } from './figure-costs-allocated.ts';
import { groupNumber, isPeriod } from './figure-groups.ts';
import { type Days, daysAsked, type Ground, textOfDays } from './figure-scope.ts';
import type { SliceCounts } from './figure-values.ts';
import { firstWinsOf } from './first-wins.ts';
import { type CohortAsk, groupingOfCohort, tallyCohort } from './lead-cohort.ts';
import { countOf, sliceOf, type Slices, slicesOf } from './slices.ts';

/** A question with nothing left open. */
export interface FigureQuestion {
  readonly by: FigureBy;
  readonly days: Days;
  readonly allocated: boolean;
  readonly lagDays: number;
  readonly windowDays: number;
  readonly basis: RevenueBasis;
}

/** What was read beside the columns. */
export interface FigureReadings {
  readonly costs: readonly CostCellOfFigures[];
  readonly totalCosts: readonly CostCellOfFigures[];
  readonly unbooked: readonly { currency: string; entries: number }[];
  readonly paidCampaigns: ReadonlySet<string>;
  readonly attributed: AttributedValues | null;
  /** Null: not asked for; then there is no close rate and no revenue per lead. */
  readonly leads: FunnelColumns | null;
}

export interface CountedSlices {
  readonly slices: Slices;
  readonly counts: readonly SliceCounts[];
  readonly gaps: DealGaps;
  /** By currency, entries of revenue without a rate. */
  readonly unbooked: ReadonlyMap<string, number>;
}
export interface Counted extends CountedSlices {
  readonly total: SliceCounts;
}

export type FigureScopeAsked = Omit<FiguresQuery, 'by' | 'rows' | 'target'>;

/** @param asked lag `cycle`: by the median cycle of the deals won in the period */
export function questionOf(ground: Ground, by: FigureBy, asked: FigureScopeAsked): FigureQuestion {
  const days = daysAsked(asked, ground.asOf);
  return {
    by,
    days,
    allocated: asked.allocated,
    lagDays: asked.lagDays === 'cycle' ? medianCycle(ground, days) : asked.lagDays,
    windowDays: asked.windowDays,
    basis: asked.basis ?? ground.settings.basis,
  };
}

function medianCycle(ground: Ground, days: Days): number {
  const [tally] = tallyDeals(ground.fresh.deals, slicesOf(ground, 'none', days)).tallies;
  const sorted = Int32Array.from(tally!.cycleDays).sort();
  return Math.max(0, Math.min(1000, sorted[Math.ceil(sorted.length / 2) - 1] ?? 0));
}

export async function readFigures(ground: Ground, question: FigureQuestion, withLeads = true): Promise<FigureReadings> {
  const { database, workspaceId, surroundings } = ground;
  const ask: CostsAsk = { by: question.by, days: question.days, lagDays: question.lagDays, pay: ground.pay };
  const read = await database.inWorkspace(
    workspaceId,
    async (tx) => {
      const keptCosts = costsAreKeptBy(question.by) && question.by !== 'none';
      return {
        totalCosts: await readCosts(tx, workspaceId, { ...ask, by: 'none' }, surroundings),
        costs: keptCosts && !isSpread(question) ? await readCosts(tx, workspaceId, ask, surroundings) : [],
        unbooked: await readUnbooked(tx, workspaceId, ask),
        paidCampaigns: await readPaidCampaigns(tx, workspaceId, question.days.end, surroundings),
      };
    },
    { snapshot: true },
  );
  const costs =
    question.by === 'none' ? read.totalCosts : isSpread(question) ? await allocatedCosts(ground, ask, surroundings) : read.costs;
  const attributed =
    question.by === 'channel' || question.by === 'campaign'
      ? await getAttributedValue(database, workspaceId, { by: question.by, ...textOfDays(question.days) })
      : null;
  return { ...read, costs, attributed, leads: withLeads ? (await columnsCacheOf(database).fresh(workspaceId)).columns : null };
}

/** Whether allocation keys move costs between the slices. */
const isSpread = ({ allocated, by }: FigureQuestion): boolean => allocated && costsAreKeptBy(by) && by !== 'none' && !isPeriod(by);

/** By slice, and all together: each counted on its own. */
export function countFigures(ground: Ground, question: FigureQuestion, readings: FigureReadings): Counted {
  const grouped = countSlices(ground, question, readings, readings.costs);
  if (question.by === 'none') return { ...grouped, total: grouped.counts[0]! };
  const { counts } = countSlices(ground, { ...question, by: 'none' }, { ...readings, attributed: null }, readings.totalCosts);
  return { ...grouped, total: counts[0]! };
}

export function countSlices(
  ground: Ground,
  question: FigureQuestion,
  readings: FigureReadings,
  costCells: readonly CostCellOfFigures[],
): CountedSlices {
  const slices = slicesOf(ground, question.by, question.days);
  const wins = firstWinsOf(ground);
  const customers: CustomerAsk = { ground, wins, slices, basis: question.basis, paidCampaigns: readings.paidCampaigns };
  const cohort: CohortAsk | null = readings.leads && { leads: readings.leads, slices, windowDays: question.windowDays, asOf: ground.asOf };
  // Groups are known once everything that has some was asked.
  const accounts = partsOfAccounts(customers);
  const grouping = cohort && groupingOfCohort(cohort);
  const { attributed } = readings;
  if (!slices.arePeriods) for (const { value } of costCells) groupNumber(slices.names, value);
  if (!slices.arePeriods) for (const { group } of attributed?.rows ?? []) groupNumber(slices.names, group);
  const count = countOf(slices);
  const { tallies, gaps } = tallyDeals(ground.fresh.deals, slices);
  const ofAccounts = tallyCustomers(accounts, slices);
  const ofLeads = cohort && grouping && tallyCohort(cohort, grouping, count);
  const ofCosts = costsAreKeptBy(question.by) ? tallyCosts(costCells, count, (value) => sliceOf(slices, value)) : null;
  const byValue = new Map(attributed?.rows.map((row) => [row.group, row]));
  const isAttributed = attributed !== null && attributed.model !== null;
  return {
    slices,
    gaps,
    unbooked: wins.unbooked,
    counts: tallies.map((deals, slice) => ({
      deals,
      customers: ofAccounts[slice]!,
      cohort: ofLeads?.[slice] ?? null,
      costs: ofCosts?.[slice] ?? null,
      attributed: isAttributed ? (byValue.get(slices.names.values[slice]!) ?? { value: 0n, conversions: 0, touched: 0 }) : null,
    })),
  };
}
