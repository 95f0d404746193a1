/** Where the next amount would bring most, from months with more spend held against months with less. */

import { firstDayOf, periodOf } from '#engine/returns/cohorts.ts';
import type { Figure } from '#engine/returns/figure.ts';
import { mapRange } from '#engine/returns/figure.ts';
import { observational, type ReturnOfSpend, returnsOfSpend, type SpendMonth, whereNext } from '#engine/returns/marginal.ts';
import { Chance } from '#engine/simulate/chance.ts';
import { dayText } from '#engine/values/calendarDay.ts';
import { moneyText } from '#engine/values/money.ts';
import type { Database, WorkspaceId } from '#platform/db/database.ts';
import { noDay } from '#platform/db/row-columns.ts';
import { figureRecordsPath } from '../contract/figures.ts';
import { type OpenablePart, returnsVersion } from '../contract/figure-table.ts';
import type { WhereNextAnswer, WhereNextQuery } from '../contract/changes.ts';
import type { PayVisible } from '../contract/pay.ts';
import { openedAndWon } from './deal-tally.ts';
import { type MonthlyCosts, readMonthlyCosts } from './figure-costs.ts';
import { type GroupNames, groupNumber, groupsOfDeals, labelsOf, makeGroupNames, type Surroundings } from './figure-groups.ts';
import { payNotes, textsOf } from './figure-notes.ts';
import { type Days, daysAsked, type Ground, periodsWithin, readGround, textOfDays } from './figure-scope.ts';
import { shownAmount, shownNumber } from './figure-values.ts';

/** Those with the most spend: to draw for more would take too long, and little is spent on them. */
const mostPlaces = 20;
/** The same question gets the same answer. */
const seed = 1;

export const answerWhereNext = async (
  database: Database,
  workspaceId: WorkspaceId,
  pay: PayVisible,
  asked: WhereNextQuery,
): Promise<WhereNextAnswer> => whereNextIn(await readGround(database, workspaceId, pay), asked);

export async function whereNextIn(ground: Ground, asked: WhereNextQuery): Promise<WhereNextAnswer> {
  const { database, workspaceId, surroundings } = ground;
  const asking = daysAsked(asked, ground.asOf, 24);
  const days = matured(ground, asking);
  const costs = await database.inWorkspace(workspaceId, (tx) =>
    readMonthlyCosts(tx, workspaceId, { by: asked.by, days, lagDays: 0, pay: ground.pay }, surroundings),
  );
  const { places, groups, left } = placesOf(ground, asked.by, days, costs, surroundings);
  const label = await database.inWorkspace(workspaceId, (tx) => labelsOf(tx, workspaceId, asked.by, groups));
  const returns = returnsOfSpend(
    places.map((months, at) => ({ key: label(groups[at]!), months })),
    new Chance(seed),
  );
  const next = whereNext(returns);
  const amount = asked.amount === undefined ? tenthOfAMonth(returns, days) : BigInt(asked.amount);
  const best = next.best && { group: groups[returns.indexOf(next.best)]!, label: next.best.key };
  const order = [...next.order, ...returns.filter((each) => !next.order.includes(each))];
  return {
    by: asked.by,
    ...textOfDays(days),
    asOf: dayText(ground.asOf),
    timeZone: ground.timeZone,
    currency: ground.currency,
    version: returnsVersion,
    notes: notesOf(ground, asking, days, left),
    costBasis: ground.costBasis,
    formula: formulaOf(asked),
    amount: String(amount),
    rows: order.map((each) => rowOf(asked, days, each, groups[returns.indexOf(each)]!, amount)),
    best,
    sentence: sentenceOf(next.best, next.reason, amount, ground.currency),
    caveat: observational,
  };
}

/** Without the months whose deals are mostly still open: so many as nine of ten won deals take. */
function matured(ground: Ground, { start, end }: Days): Days {
  const { deals } = ground.fresh;
  const { status, opened, closed } = deals.numbers;
  const won = deals.dictionaries.status.codes.get('won');
  const cycles: number[] = [];
  for (let row = 0; row < deals.count; row++)
    if (status[row] === won && opened[row]! >= start && opened[row]! <= end && closed[row] !== noDay)
      cycles.push(closed[row]! - opened[row]!);
  const sorted = Int32Array.from(cycles).sort();
  const long = Math.max(0, sorted[Math.ceil(sorted.length * 0.9) - 1] ?? 0);
  const last = firstDayOf(periodOf(Math.min(end, ground.asOf - long) + 1, 'month'), 'month') - 1;
  return { start, end: Math.max(start, Math.min(end, last)) };
}

interface Places {
  readonly places: readonly (readonly SpendMonth[])[];
  readonly groups: readonly (string | null)[];
  /** Places beyond the most. */
  readonly left: number;
}

function placesOf(ground: Ground, by: WhereNextQuery['by'], days: Days, costs: MonthlyCosts, surroundings: Surroundings): Places {
  const names = makeGroupNames();
  const firstMonth = periodOf(days.start, 'month');
  const count = periodsWithin(days, 'month', ground.asOf).length;
  for (const { value } of costs) groupNumber(names, value);
  const months = monthsOfDeals(ground, by, days, surroundings, names, { firstMonth, count });
  for (const { value, month, amount } of costs) {
    const own = months[groupNumber(names, value)]?.[month - firstMonth];
    if (own) own.spend += amount;
  }
  const spendOf = (group: number): bigint => months[group]!.reduce((sum, { spend }) => sum + spend, 0n);
  const spent = [...names.values.keys()].filter((group) => group > 0 && spendOf(group) > 0n);
  spent.sort((one, other) => (spendOf(one) < spendOf(other) ? 1 : -1));
  const shown = spent.slice(0, mostPlaces);
  return {
    places: shown.map((group) => months[group]!),
    groups: shown.map((group) => names.values[group]!),
    left: spent.length - shown.length,
  };
}

type Month = { spend: bigint; value: bigint; wins: number };

/** Of the deals opened in each month that were won by now, so that value stands beside the spend that bought it. */
function monthsOfDeals(
  { fresh: { deals } }: Ground,
  by: WhereNextQuery['by'],
  days: Days,
  surroundings: Surroundings,
  names: GroupNames,
  { firstMonth, count }: { firstMonth: number; count: number },
): Month[][] {
  const groups = groupsOfDeals(by, deals, surroundings, names);
  const months = names.values.map(() => Array.from({ length: count }, (): Month => ({ spend: 0n, value: 0n, wins: 0 })));
  const isCounted = openedAndWon(deals, days);
  const { opened } = deals.numbers;
  for (let row = 0; row < deals.count; row++) {
    if (!isCounted(row)) continue;
    const month = months[groups[row]!]![periodOf(opened[row]!, 'month') - firstMonth]!;
    month.value += deals.amounts.amount[row]!;
    month.wins++;
  }
  return months;
}

/** Of what was spent on all places together. */
function tenthOfAMonth(returns: readonly ReturnOfSpend[], { start, end }: Days): bigint {
  const spend = returns.reduce((sum, each) => sum + each.spend, 0n);
  return spend / BigInt(10 * (periodOf(end, 'month') - periodOf(start, 'month') + 1));
}

function rowOf(
  { by }: WhereNextQuery,
  days: Days,
  place: ReturnOfSpend,
  group: string | null,
  amount: bigint,
): WhereNextAnswer['rows'][number] {
  const opened = (part: OpenablePart): string =>
    figureRecordsPath({ part, by, group, ...textOfDays(days), lagDays: 0, windowDays: 0, basis: 'terms' });
  return {
    group,
    label: place.key,
    spend: String(place.spend),
    value: String(place.value),
    average: shownNumber(place.average),
    elasticity: shownNumber(place.elasticity),
    marginal: shownNumber(place.marginal),
    bestShare: place.bestShare,
    brings: shownAmount(bringsOf(place.marginal, amount)),
    recordsUrl: opened('costBoth'),
    valueUrl: place.wins > 0 ? opened('wonOpened') : null,
  };
}

/** An estimate in whole minor units. */
function bringsOf(marginal: Figure<number>, amount: bigint): Figure<bigint> {
  const at = (share: number): bigint => BigInt(Math.round(share * Number(amount)));
  return { ...marginal, value: marginal.value === null ? null : at(marginal.value), range: mapRange(marginal.range, at) };
}

function sentenceOf(best: ReturnOfSpend | null, reason: string | null, amount: bigint, currency: string): string {
  if (!best) return `No place stands out: ${reason}.`;
  const { value, range } = bringsOf(best.marginal, amount);
  const text = (one: bigint): string => moneyText(String(one), currency);
  const between = range?.high == null ? '' : ` (between ${text(range.low)} and ${text(range.high)})`;
  return `The next ${text(amount)} would bring most in ${best.key}: about ${text(value!)} of won value${between}.`;
}

const formulaOf = ({ by }: WhereNextQuery): string =>
  `By ${by} and month, what was spent and the won value of the deals opened in it. Marginal return = value ÷ spend × elasticity, the elasticity from how value moved with spend over the months, held between 0 and 1.`;

const notesOf = (ground: Ground, asked: Days, days: Days, left: number): string[] => [
  ...textsOf(payNotes(ground)),
  ...(days.end < asked.end ? [`Months after ${dayText(days.end)} are left out: most of their deals are still open.`] : []),
  ...(left > 0 ? [`${left} more with less spend are left out.`] : []),
];
