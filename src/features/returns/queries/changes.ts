/** What changed between two periods and why: volume, mix, rate and price, by group, adding up to the unit. */

import { convert } from '#engine/funnel/conversion.ts';
import { decompose, type Decomposition, type Parts, type SegmentChange, type SegmentPeriod } from '#engine/returns/decompose.ts';
import { dayText } from '#engine/values/calendarDay.ts';
import { divideHalfEven, moneyText } from '#engine/values/money.ts';
import { columnsCacheOf, type FreshColumns } from '#features/funnel/queries/columns.ts';
import type { Database, WorkspaceId } from '#platform/db/database.ts';
import { Problem } from '#platform/errors.ts';
import { type ChangeCause, changeCauses, type ChangesAnswer, type ChangesQuery } from '../contract/changes.ts';
import { figureRecordsPath } from '../contract/figures.ts';
import { type OpenablePart, returnsVersion } from '../contract/figure-table.ts';
import { tallyDeals } from './deal-tally.ts';
import { labelsOf } from './figure-groups.ts';
import { type Days, daysAsked, daysBefore, type Ground, numberOfDay, readGround, textOfDays } from './figure-scope.ts';
import { cohortQuestion, groupingOfCohort } from './lead-cohort.ts';
import { countOf, slicesOf } from './slices.ts';

const mostRows = 200;
/** Deals and leads know nothing of pay. */
const noPay = { marketing: false, sales: false };

/** @throws Problem bad-input where leads are asked for by what they don't tell, or a period ends before it starts */
export const answerChanges = async (database: Database, workspaceId: WorkspaceId, asked: ChangesQuery): Promise<ChangesAnswer> =>
  changesIn(await readGround(database, workspaceId, noPay), asked);

export async function changesIn(ground: Ground, asked: ChangesQuery): Promise<ChangesAnswer> {
  const { database, workspaceId } = ground;
  const leads = asked.volume === 'leads' ? await columnsCacheOf(database).fresh(workspaceId) : null;
  const [now, before] = periodsOf(asked, ground);
  const { changes, decomposition } = decomposeChange(ground, leads, asked, before, now);
  const order = [...changes.keys()].sort((one, other) => sizeOf(decomposition.segments[other]!) - sizeOf(decomposition.segments[one]!));
  const groups = order.map((at) => changes[at]!.group);
  const label = await database.inWorkspace(workspaceId, (tx) => labelsOf(tx, workspaceId, asked.by, groups));
  const side = (days: Days, counts: SegmentPeriod, group?: string | null) => shownSide(asked, days, counts, group);
  const totals = (which: 'before' | 'after') => sumOf(changes.map((each) => each[which]));
  return {
    by: asked.by,
    volume: asked.volume,
    ...textOfDays(now),
    asOf: dayText(ground.asOf),
    timeZone: ground.timeZone,
    currency: ground.currency,
    version: returnsVersion,
    notes: notesOf(ground, asked, now, order.length),
    beforeStart: dayText(before.start),
    beforeEnd: dayText(before.end),
    formula: formulaOf(asked),
    before: side(before, totals('before')),
    now: side(now, totals('after')),
    change: String(decomposition.change),
    effects: effectsOf(decomposition),
    sentences: sentencesOf(asked, ground.currency, decomposition, totals('before'), totals('after')),
    rows: order.slice(0, mostRows).map((at) => {
      const { group, before: was, after } = changes[at]!;
      const parts = decomposition.segments[at]!;
      return {
        group,
        label: label(group),
        before: side(before, was, group),
        now: side(now, after, group),
        change: String(parts.change),
        effects: effectsOf(parts),
      };
    }),
    difference: String(changeCauses.reduce((left, cause) => left - decomposition[cause], decomposition.change)),
  };
}

function periodsOf(asked: ChangesQuery, { asOf }: Ground): [Days, Days] {
  const now = daysAsked(asked, asOf, 1);
  if (asked.beforeStart === undefined && asked.beforeEnd === undefined) return [now, daysBefore(now)];
  const usual = daysBefore(now);
  const start = asked.beforeStart === undefined ? usual.start : numberOfDay(asked.beforeStart);
  const end = asked.beforeEnd === undefined ? usual.end : numberOfDay(asked.beforeEnd);
  if (start > end)
    throw new Problem('bad-input', 'The period before ends before it starts.', {
      fields: [{ at: 'beforeEnd', reason: 'lies before beforeStart' }],
    });
  return [now, { start, end }];
}

interface GroupChange extends SegmentChange {
  readonly group: string | null;
}

function decomposeChange(
  ground: Ground,
  leads: FreshColumns | null,
  asked: ChangesQuery,
  before: Days,
  now: Days,
): { changes: GroupChange[]; decomposition: Decomposition } {
  const [was, is] = [before, now].map((days) => countPeriod(ground, leads, asked, days));
  const groups = new Set([...was!.keys(), ...is!.keys()]);
  const nothing: SegmentPeriod = { leads: 0, won: 0, revenue: 0n };
  const changes = [...groups].map((group) => ({
    group,
    segment: group ?? '',
    before: was!.get(group) ?? nothing,
    after: is!.get(group) ?? nothing,
  }));
  return { changes, decomposition: decompose(changes) };
}

/** By group; those in which nothing happened are not among them. */
function countPeriod(ground: Ground, leads: FreshColumns | null, { by }: ChangesQuery, days: Days): Map<string | null, SegmentPeriod> {
  const slices = slicesOf(ground, by, days);
  const opened = leads && countOpened(ground, leads, slices, by);
  const { tallies } = tallyDeals(ground.fresh.deals, slices);
  const counts = Array.from({ length: countOf(slices) }, (_, at): [string | null, SegmentPeriod] => {
    const tally = tallies[at];
    const units = leads ? (opened!.get(at) ?? 0) : (tally?.won ?? 0) + (tally?.lost ?? 0);
    return [slices.names.values[at]!, { leads: units, won: tally?.won ?? 0, revenue: tally?.wonValue ?? 0n }];
  });
  return new Map(counts.filter(([, { leads: units, won, revenue }]) => units > 0 || won > 0 || revenue !== 0n));
}

function countOpened(ground: Ground, { columns }: FreshColumns, slices: ReturnType<typeof slicesOf>, by: string): Map<number, number> {
  const ask = { leads: columns, slices, windowDays: 0, asOf: ground.asOf };
  const grouping = groupingOfCohort(ask);
  if (!grouping)
    throw new Problem('bad-input', `Leads tell no ${by}: ask by another grouping, or for the volume of deals.`, {
      fields: [{ at: 'by', reason: 'leads are not kept by it' }],
    });
  return new Map(convert(columns, cohortQuestion(ask, slices.days), grouping).groups.map(({ group, entered }) => [group, entered]));
}

const sizeOf = ({ change }: { readonly change: bigint }): number => Math.abs(Number(change));
const sumOf = (periods: readonly SegmentPeriod[]): SegmentPeriod => ({
  leads: periods.reduce((sum, { leads }) => sum + leads, 0),
  won: periods.reduce((sum, { won }) => sum + won, 0),
  revenue: periods.reduce((sum, { revenue }) => sum + revenue, 0n),
});

const effectsOf = (parts: Parts): Record<ChangeCause, string> =>
  Object.fromEntries(changeCauses.map((cause) => [cause, String(parts[cause])])) as Record<ChangeCause, string>;

function shownSide({ by, volume }: ChangesQuery, days: Days, counts: SegmentPeriod, group?: string | null): ChangesAnswer['now'] {
  const { leads: units, won, revenue } = counts;
  const url = (part: OpenablePart, count: number): string | null =>
    count === 0 ? null : figureRecordsPath({ part, by, group, ...textOfDays(days), lagDays: 0, windowDays: 0, basis: 'terms' });
  return {
    units,
    won,
    rate: units === 0 ? null : won / units,
    averageDeal: won === 0 ? null : String(divideHalfEven(revenue, BigInt(won))),
    value: String(revenue),
    unitsUrl: url(volume === 'deals' ? 'decided' : 'cohort', units),
    wonUrl: url('won', won),
  };
}

// ── in words ────────────────────────────────────────────────────────────────

const unitsOf = ({ volume }: ChangesQuery): string => (volume === 'deals' ? 'deals decided' : 'leads opened');

function formulaOf(asked: ChangesQuery): string {
  return (
    `Won value = Σ over ${asked.by}s of ${unitsOf(asked)} × rate × price. Volume is the number of all ${unitsOf(asked)}, mix each ${asked.by}’s share of them, ` +
    `rate won ÷ ${unitsOf(asked)}, price won value ÷ won. Each one’s part is what changing it adds, averaged over every order in which the four could change (Shapley), so the parts add up to the change.`
  );
}

/** The greatest first; what changed nothing is left out. */
function sentencesOf(
  asked: ChangesQuery,
  currency: string,
  parts: Decomposition,
  before: SegmentPeriod,
  after: SegmentPeriod,
): ChangesAnswer['sentences'] {
  const size = (amount: bigint): bigint => (amount < 0n ? -amount : amount);
  return changeCauses
    .filter((cause) => parts[cause] !== 0n)
    .toSorted((one, other) => (size(parts[one]) < size(parts[other]) ? 1 : -1))
    .map((cause) => ({
      cause,
      amount: String(parts[cause]),
      text: `${becauseOf(cause, asked, currency, before, after)}: ${parts[cause] > 0n ? '+' : ''}${moneyText(String(parts[cause]), currency)}.`,
    }));
}

function becauseOf(cause: ChangeCause, asked: ChangesQuery, currency: string, before: SegmentPeriod, after: SegmentPeriod): string {
  const number = (value: number): string => value.toLocaleString('en');
  const percent = ({ won, leads }: SegmentPeriod): string => (leads === 0 ? 'none' : `${Math.round((won / leads) * 1000) / 10} %`);
  const price = ({ won, revenue }: SegmentPeriod): string =>
    won === 0 ? 'none' : moneyText(String(divideHalfEven(revenue, BigInt(won))), currency);
  switch (cause) {
    case 'volume':
      return `Volume: ${number(after.leads)} ${unitsOf(asked)}, before ${number(before.leads)}`;
    case 'mix':
      return `Mix: from which ${asked.by}s they came`;
    case 'rate':
      return `Rate within ${asked.by}s: in all ${percent(after)} were won, before ${percent(before)}`;
    case 'price':
      return `Price within ${asked.by}s: an average deal of ${price(after)}, before ${price(before)}`;
    case 'apart':
      return `Apart: deals won in ${asked.by}s without ${unitsOf(asked)}`;
  }
}

const notesOf = (ground: Ground, { by, volume }: ChangesQuery, now: Days, groups: number): string[] => [
  ...(now.end > ground.asOf ? [`Nothing is on record after ${dayText(ground.asOf)}: the period may not be over.`] : []),
  ...(volume === 'leads' ? ['Leads opened and deals won in a period are not the same leads: the rate is that of the period.'] : []),
  ...(groups > mostRows ? [`${groups - mostRows} more ${by}s with the smallest changes are in the totals.`] : []),
];
