/** What became of the customers of the start by the end: NRR, GRR, logo retention and the bridge between the two, and the accounts behind each step. */

import { type Bridge, bridgeOf, type Movement, movementsOf, retentionOf } from '#engine/returns/retention.ts';
import { dayText } from '#engine/values/calendarDay.ts';
import type { Database, WorkspaceId } from '#platform/db/database.ts';
import {
  type AccountBy,
  type RecordsAnswer,
  type RetentionAnswer,
  type RetentionPart,
  retentionParts,
  type RetentionQuery,
  type RetentionRecordsQuery,
  type RevenueBasis,
  returnsVersion,
} from '../contract/figures.ts';
import { makeAmountsReader } from './account-amounts.ts';
import { labelsOf } from './figure-groups.ts';
import { type Days, daysAsked, daysBefore, type Ground, readGround, textOfDays } from './figure-scope.ts';
import { shownAccounts } from './figure-records.ts';
import { shownNumber } from './figure-values.ts';
import { type FirstWins, firstWinsOf, groupsOfAccounts } from './first-wins.ts';
import { makePager } from './page.ts';
import { type Slices, slicesOf, sliceOf } from './slices.ts';

const mostRows = 200;

/** Pay is in none of this: who asks doesn't matter. */
const noPay = { marketing: false, sales: false };

/** @throws never for a period without customers: then the figures say so */
export const answerRetention = async (database: Database, workspaceId: WorkspaceId, asked: RetentionQuery): Promise<RetentionAnswer> =>
  retentionIn(await readGround(database, workspaceId, noPay), asked);

export async function retentionIn(ground: Ground, asked: RetentionQuery): Promise<RetentionAnswer> {
  const { database, workspaceId } = ground;
  const question = questionOf(ground, asked);
  const { slices } = question;
  const moved = moveAccounts(question);
  const byGroup = Map.groupBy(moved, ({ group }) => group);
  const shown = [...byGroup].sort(([one, a], [other, b]) => startOf(b) - startOf(a) || one - other);
  const label = await database.inWorkspace(workspaceId, (tx) =>
    labelsOf(
      tx,
      workspaceId,
      asked.by,
      shown.map(([group]) => slices.names.values[group]!),
    ),
  );
  return {
    by: asked.by,
    ...textOfDays(question.days),
    asOf: dayText(ground.asOf),
    timeZone: ground.timeZone,
    currency: ground.currency,
    version: returnsVersion,
    notes: notesOf(question, moved),
    basis: question.basis,
    formulas: formulas(question),
    rows: shown.slice(0, mostRows).map(([group, own]) => {
      const value = slices.names.values[group]!;
      return { group: value, label: label(value), ...retentionOfOne(question, own, value) };
    }),
    total: retentionOfOne(question, moved, undefined),
    notShown: shown.length > mostRows ? { groups: shown.length - mostRows } : null,
  };
}

/** The accounts behind a step, those that became customers last first. @throws Problem bad-input for a cursor that was made up */
export async function listRetentionRecords(
  database: Database,
  workspaceId: WorkspaceId,
  asked: RetentionRecordsQuery,
): Promise<RecordsAnswer> {
  const ground = await readGround(database, workspaceId, noPay);
  const question = questionOf(ground, asked);
  const { wins, slices } = question;
  const moved = moveAccounts(question);
  const group = asked.group === undefined || asked.by === 'none' ? undefined : sliceOf(slices, asked.group);
  const pager = makePager<Moved>(asked.limit, asked.cursor);
  let sum = 0n;
  for (const each of moved) {
    const amount = partsOf(each)[asked.part];
    if (amount === undefined || (group !== undefined && each.group !== group)) continue;
    sum += amount;
    pager.offer(wins.days[each.at]!, () => wins.ids[each.at]!, each);
  }
  const { shown, total, next } = pager.page();
  const counted = shown.map(({ kept }) => ({ ...kept, account: kept.at }));
  const items = await shownAccounts(ground, wins, counted, (each) => ({
    before: String(each.start),
    after: String(each.end),
    amount: String(partsOf(each)[asked.part]),
    amountCurrency: ground.currency,
  }));
  return { of: 'account', items, next, total, sum: { amount: String(sum), currency: ground.currency } };
}

interface RetentionQuestion {
  readonly ground: Ground;
  readonly days: Days;
  readonly basis: RevenueBasis;
  readonly by: AccountBy;
  readonly slices: Slices;
  readonly wins: FirstWins;
}

function questionOf(ground: Ground, asked: Pick<RetentionQuery, 'start' | 'end' | 'basis' | 'by'>): RetentionQuestion {
  const days = daysAsked(asked, ground.asOf);
  return {
    ...{ ground, days, basis: asked.basis ?? ground.settings.basis, by: asked.by },
    slices: slicesOf(ground, asked.by, days),
    wins: firstWinsOf(ground),
  };
}

/** An account that was a customer at either end. */
interface Moved extends Omit<Movement, 'account'> {
  readonly at: number;
  readonly group: number;
  /** Was a customer at some time before the start. */
  readonly wasBefore: boolean;
}

function moveAccounts({ ground, days, basis, slices, wins }: RetentionQuestion): Moved[] {
  const groups = groupsOfAccounts(wins, slices);
  const { start, end } = makeAmountsReader(ground, wins, basis)(days);
  const [before, after] = [new Map<string, bigint>(), new Map<string, bigint>()];
  for (let at = 0; at < wins.count; at++) {
    if (start[at]! > 0n) before.set(String(at), start[at]!);
    if (end[at]! > 0n) after.set(String(at), end[at]!);
  }
  const earlier = basis === 'terms' ? days.start : daysBefore(days).start;
  return movementsOf(before, after).map(({ account, ...movement }) => {
    const at = Number(account);
    return { ...movement, at, group: groups[at]!, wasBefore: movement.added > 0n && paidBefore(ground, wins, basis, at, earlier) };
  });
}

function paidBefore({ revenue }: Ground, wins: FirstWins, basis: RevenueBasis, at: number, day: number): boolean {
  const course = revenue.books.courses[wins.codes[at]!];
  return basis === 'terms' ? (course?.days[0] ?? Infinity) < day : wins.firstRevenue[at]! < day;
}

const startOf = (moved: readonly Moved[]): number => Number(moved.reduce((sum, { start }) => sum + start, 0n));

/** What an account is to each part, by how much; in parts that are not named it isn't. */
function partsOf(moved: Moved): Partial<Record<RetentionPart, bigint>> {
  const { start, end, added, expansion, contraction, churn, wasBefore } = moved;
  return {
    ...(start > 0n && { start }),
    ...(added > 0n && (wasBefore ? { returned: added } : { new: added })),
    ...(expansion > 0n && { expansion }),
    ...(contraction > 0n && { contraction }),
    ...(churn > 0n && { churned: churn }),
    ...(start > 0n && end > 0n && { kept: end }),
    ...(end > 0n && { end }),
  };
}

type RetentionOfOne = RetentionAnswer['total'];

function retentionOfOne(question: RetentionQuestion, moved: readonly Moved[], group: string | null | undefined): RetentionOfOne {
  const movements = moved.map((each) => ({ ...each, account: '' }));
  const { nrr, grr, logo } = retentionOf(movements);
  const bridge = Object.fromEntries(retentionParts.map((part) => [part, { count: 0, amount: 0n }])) as Record<
    RetentionPart,
    { count: number; amount: bigint }
  >;
  for (const each of moved)
    for (const [part, amount] of Object.entries(partsOf(each)) as [RetentionPart, bigint][]) {
      bridge[part].count++;
      bridge[part].amount += amount;
    }
  return {
    nrr: shownNumber(nrr),
    grr: shownNumber(grr),
    logoRetention: shownNumber(logo),
    bridge: Object.fromEntries(
      retentionParts.map((part) => [
        part,
        {
          count: bridge[part].count,
          amount: String(bridge[part].amount),
          recordsUrl: recordsUrl(question, part, group, bridge[part].count),
        },
      ]),
    ) as RetentionOfOne['bridge'],
    difference: String(differenceOf(bridgeOf(movements))),
  };
}

const differenceOf = ({ start, added, expansion, contraction, churn, end }: Bridge): bigint =>
  end - (start + added + expansion - contraction - churn);

function recordsUrl(
  { by, days, basis }: RetentionQuestion,
  part: RetentionPart,
  group: string | null | undefined,
  count: number,
): string | null {
  if (count === 0) return null;
  const grouped: Record<string, string> = group === undefined || by === 'none' ? {} : { group: JSON.stringify(group) };
  return `/api/v1/retention/records?${new URLSearchParams({ part, by, ...grouped, ...textOfDays(days), basis })}`;
}

function formulas({ basis, days }: RetentionQuestion): RetentionAnswer['formulas'] {
  const before = textOfDays(daysBefore(days));
  return {
    nrr: '(start + expansion − contraction − churn) ÷ start: the customers of the start, no new ones',
    grr: '(start − contraction − churn) ÷ start: the same without expansion, at most 100 %',
    logoRetention: 'customers kept ÷ customers at the start',
    monthly:
      basis === 'terms'
        ? `what the running terms come to a month: at the start on ${dayText(days.start - 1)}, at the end on ${dayText(days.end)}`
        : `revenue less contractions and refunds: at the start of ${before.start} to ${before.end}, at the end of ${dayText(days.start)} to ${dayText(days.end)}`,
  };
}

function notesOf({ ground, days, basis, by }: RetentionQuestion, moved: readonly Moved[]): string[] {
  return [
    ...(moved.length === 0 ? ['No account is a customer by its revenue at either end: retention needs revenue entries.'] : []),
    ...(days.end > ground.asOf ? [`Nothing is on record after ${dayText(ground.asOf)}: the end is as of that day.`] : []),
    ...(basis === 'terms'
      ? [
          'For how long an entry pays is told by the rhythm of the account’s entries; a renewal that is due but less than a month late counts as running.',
        ]
      : []),
    ...(by === 'none' ? [] : ['An account counts in the group of its first won deal; by segment, without a deal, in its own.']),
  ];
}
