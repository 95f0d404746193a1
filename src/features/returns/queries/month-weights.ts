/** By what shared costs of a month are spread: leads opened and value won in it, counted over the columns in memory. */

import type { CodedColumn } from '#engine/funnel/columns.ts';
import { dayNumber } from '#engine/values/calendarDay.ts';
import { columnsCacheOf } from '#features/funnel/queries/columns.ts';
import { readSurroundings, type Surroundings } from '#features/funnel/queries/groups.ts';
import type { Database, WorkspaceId } from '#platform/db/database.ts';
import { firstDayOf, lastDayOf, monthOf } from '../contract/months.ts';
import { type KeyContent, type KeyTarget, tenThousandths } from '../contract/plans.ts';
import { amountIs, dealsOf } from './deal-columns.ts';

/** Weight by target: leads, minor units of value, or ten-thousandths of an hour or of a percent. */
export type Weights = ReadonlyMap<string, bigint>;
const none: Weights = new Map();

/** What a key asks of the records; null where its shares are stated. */
export interface Measured {
  readonly by: 'leads' | 'value';
  readonly onto: KeyTarget;
}
export const measuredBy = ({ by, onto }: KeyContent): Measured | null => (by === 'leads' || by === 'value' ? { by, onto } : null);

export interface MonthMeasures {
  weights(measured: Measured, month: string): Weights;
}

/** The weights of a key in a month. */
export function weightsOf(content: KeyContent, month: string, measures: MonthMeasures): Weights {
  const measured = measuredBy(content);
  return measured
    ? measures.weights(measured, month)
    : new Map(content.shares.map(({ target, weight }) => [target, tenThousandths(weight)]));
}

/** Counts what is asked, and nothing else, in these months. Merged campaigns count as their survivors. */
export async function measureMonths(
  database: Database,
  workspaceId: WorkspaceId,
  asked: readonly Measured[],
  months: readonly string[],
): Promise<MonthMeasures> {
  const found = new Map<string, Weights>();
  const key = ({ by, onto }: Measured, month: string): string => `${by} ${onto} ${month}`;
  if (asked.length > 0 && months.length > 0) {
    const surroundings = await surroundingsOf(database, workspaceId);
    const days = monthIndex(months);
    for (const by of ['leads', 'value'] as const) {
      const wanted = [...new Set(asked.filter((each) => each.by === by).map(({ onto }) => onto))];
      if (wanted.length === 0) continue;
      const rows = by === 'leads' ? await leadRows(database, workspaceId) : await dealRows(database, workspaceId);
      for (const onto of wanted)
        for (const [at, weights] of countRows(rows, onto, days, surroundings).entries()) found.set(key({ by, onto }, months[at]!), weights);
    }
  }
  return { weights: (measured, month) => found.get(key(measured, month)) ?? none };
}

async function surroundingsOf(database: Database, workspaceId: WorkspaceId): Promise<Surroundings> {
  return database.inWorkspace(workspaceId, async (tx) => ({
    campaigns: (await readSurroundings(tx, workspaceId, 'campaign')).campaigns,
    teams: (await readSurroundings(tx, workspaceId, 'team')).teams,
  }));
}

/** Rows to count: the day of each, its weight (none: 1), and codes of what it belongs to. */
interface Rows {
  readonly count: number;
  readonly days: Int32Array;
  weight: ((row: number) => bigint) | null;
  codes(onto: KeyTarget): { readonly codes: Int32Array; readonly texts: readonly (string | null)[] };
}

const columnOf = { campaign: 'campaign', segment: 'segment', channel: 'channel', team: 'owner' } as const satisfies Record<
  KeyTarget,
  CodedColumn
>;

async function leadRows(database: Database, workspaceId: WorkspaceId): Promise<Rows> {
  const { columns } = await columnsCacheOf(database).fresh(workspaceId);
  return {
    count: columns.count,
    days: columns.days[0]!,
    weight: null,
    codes: (onto) => ({ codes: columns.codes[columnOf[onto]], texts: columns.dictionaries[columnOf[onto]].texts }),
  };
}

/** Deals won, by the day they were closed. What has no rate has no weight. */
async function dealRows(database: Database, workspaceId: WorkspaceId): Promise<Rows> {
  const { deals } = await dealsOf(database).fresh(workspaceId);
  const won = deals.dictionaries.status.codes.get('won') ?? -1;
  const { status, closed, hasAmount } = deals.numbers;
  const counts = (row: number): boolean =>
    status[row] === won && (hasAmount[row] === amountIs.booked || hasAmount[row] === amountIs.withoutCurrency);
  return {
    count: deals.count,
    days: closed,
    weight: (row) => (counts(row) ? deals.amounts.amount[row]! : 0n),
    codes: (onto) => ({ codes: deals.numbers[columnOf[onto]], texts: deals.dictionaries[columnOf[onto]].texts }),
  };
}

interface MonthIndex {
  readonly firstDay: number;
  /** By day after the first: the place of its month, −1 for a month that isn't asked for. */
  readonly places: Int32Array;
  readonly months: number;
}
function monthIndex(months: readonly string[]): MonthIndex {
  const sorted = months.toSorted();
  const firstDay = dayOf(firstDayOf(sorted[0]!));
  const places = new Int32Array(dayOf(lastDayOf(sorted.at(-1)!)) - firstDay + 1).fill(-1);
  for (const [place, month] of months.entries())
    places.fill(place, dayOf(firstDayOf(month)) - firstDay, dayOf(lastDayOf(month)) - firstDay + 1);
  return { firstDay, places, months: months.length };
}
const dayOf = (day: string): number => dayNumber(Number(day.slice(0, 4)), Number(monthOf(day).slice(5)), Number(day.slice(8)));

/** @returns weights by target, a month after the other */
function countRows(rows: Rows, onto: KeyTarget, { firstDay, places, months }: MonthIndex, surroundings: Surroundings): Weights[] {
  const { codes, texts } = rows.codes(onto);
  const { groupOf, targets } = targetsOf(onto, texts, surroundings);
  const sums = rows.weight ? new BigInt64Array(months * targets.length) : new Float64Array(months * targets.length);
  for (let row = 0; row < rows.count; row++) {
    const place = places[rows.days[row]! - firstDay];
    if (place === undefined || place < 0) continue;
    const at = place * targets.length + groupOf[codes[row]!]!;
    if (rows.weight) (sums as BigInt64Array)[at]! += rows.weight(row);
    else (sums as Float64Array)[at]!++;
  }
  return Array.from({ length: months }, (_, month) => readWeights(targets, (target) => BigInt(sums[month * targets.length + target]!)));
}

/** Codes → places of targets; the first target is “none”. */
function targetsOf(
  onto: KeyTarget,
  texts: readonly (string | null)[],
  surroundings: Surroundings,
): { groupOf: Int32Array; targets: (string | null)[] } {
  const targets: (string | null)[] = [null];
  const known = new Map<string, number>();
  const groupOf = Int32Array.from(texts, (text) => {
    const target = text === null ? null : targetOf(onto, text, surroundings);
    if (target === null) return 0;
    if (!known.has(target)) known.set(target, targets.push(target) - 1);
    return known.get(target)!;
  });
  return { groupOf, targets };
}

function targetOf(onto: KeyTarget, text: string, { campaigns, teams }: Surroundings): string | null {
  if (onto === 'campaign') return campaigns.get(text) ?? text;
  return onto === 'team' ? (teams.get(text) ?? null) : text;
}

/** Without what has none, in the order of the targets' texts, so that ties are broken alike every time. */
function readWeights(targets: readonly (string | null)[], weightAt: (place: number) => bigint): Weights {
  const pairs = targets.flatMap((target, place): [string, bigint][] =>
    target !== null && weightAt(place) > 0n ? [[target, weightAt(place)]] : [],
  );
  return new Map(pairs.sort(([one], [other]) => (one < other ? -1 : 1)));
}
