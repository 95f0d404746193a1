/** What became of the customers of the start by the end: NRR, GRR, logo retention and the bridge between the two, and the accounts behind each step. */

import { type Movement, movementOf, retentionOf } from '#engine/returns/retention.ts';
import { dayText } from '#engine/values/calendarDay.ts';
import type { Database, WorkspaceId } from '#platform/db/database.ts';
import { type AccountBy, type RevenueBasis, returnsVersion } from '../contract/figure-table.ts';
import type { RecordsAnswer } from '../contract/figures.ts';
import {
  type RetentionAnswer,
  type RetentionPart,
  retentionParts,
  type RetentionQuery,
  type RetentionRecordsQuery,
} from '../contract/retention.ts';
import { readBothEnds } from './account-amounts.ts';
import { firstPaidOn } from './account-course.ts';
import { labelsOf } from './figure-groups.ts';
import { type Days, daysAsked, daysBefore, type Ground, readGround, textOfDays } from './figure-scope.ts';
import { textsOf, unbookedNotes } from './figure-notes.ts';
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
  const total = retentionOfOne(question, moved, undefined);
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
      return { group: value, label: label(value), ...(asked.by === 'none' ? total : retentionOfOne(question, own, value)) };
    }),
    total,
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
  const pager = makePager<Moved & { amount: bigint }>(asked.limit, asked.cursor);
  let sum = 0n;
  for (const each of moved) {
    if (group !== undefined && each.group !== group) continue;
    visitParts(each, (part, amount) => {
      if (part !== asked.part) return;
      sum += amount;
      pager.offer(wins.days[each.at]!, () => wins.ids[each.at]!, { ...each, amount });
    });
  }
  const { shown, total, next } = pager.page();
  const counted = shown.map(({ kept }) => ({ ...kept, account: kept.at }));
  const items = await shownAccounts(ground, wins, counted, ({ movement, amount }) => ({
    before: String(movement.start),
    after: String(movement.end),
    amount: String(amount),
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
interface Moved {
  readonly movement: Movement;
  readonly at: number;
  readonly group: number;
  /** Was a customer at some time before the start. */
  readonly wasBefore: boolean;
}

function moveAccounts({ ground, days, basis, slices, wins }: RetentionQuestion): Moved[] {
  const groups = groupsOfAccounts(wins, slices);
  const [ends] = readBothEnds(ground, wins, basis, [days]);
  const { start, end } = ends!;
  const earlier = basis === 'terms' ? days.start : daysBefore(days).start;
  const moved: Moved[] = [];
  for (let at = 0; at < wins.count; at++) {
    if (start[at] === 0 && end[at] === 0) continue;
    const movement = movementOf(wins.ids[at]!, BigInt(start[at]!), BigInt(end[at]!));
    moved.push({ movement, at, group: groups[at]!, wasBefore: start[at] === 0 && paidBefore(ground, wins, basis, at, earlier) });
  }
  return moved;
}

function paidBefore({ revenue }: Ground, wins: FirstWins, basis: RevenueBasis, at: number, day: number): boolean {
  return (basis === 'terms' ? firstPaidOn(revenue.books.courses, wins.codes[at]!) : wins.firstRevenue[at]!) < day;
}

const startOf = (moved: readonly Moved[]): number => moved.reduce((sum, { movement }) => sum + Number(movement.start), 0);

/** Tells each part an account is in, and by how much. */
function visitParts({ movement, wasBefore }: Moved, visit: (part: RetentionPart, amount: bigint) => void): void {
  const { start, end, added, expansion, contraction, churn } = movement;
  if (start > 0n) visit('start', start);
  if (added > 0n) visit(wasBefore ? 'returned' : 'new', added);
  if (expansion > 0n) visit('expansion', expansion);
  if (contraction > 0n) visit('contraction', contraction);
  if (churn > 0n) visit('churned', churn);
  if (start > 0n && end > 0n) visit('kept', end);
  if (end > 0n) visit('end', end);
}

type RetentionOfOne = RetentionAnswer['total'];

function retentionOfOne(question: RetentionQuestion, moved: readonly Moved[], group: string | null | undefined): RetentionOfOne {
  const movements = moved.map(({ movement }) => movement);
  const { nrr, grr, logo } = retentionOf(movements);
  const perPart = <T>(make: (part: RetentionPart) => T): Record<RetentionPart, T> =>
    Object.fromEntries(retentionParts.map((part) => [part, make(part)])) as Record<RetentionPart, T>;
  const bridge = perPart(() => ({ count: 0, amount: 0n }));
  const add = (part: RetentionPart, amount: bigint): void => {
    bridge[part].count++;
    bridge[part].amount += amount;
  };
  for (const each of moved) visitParts(each, add);
  return {
    nrr: shownNumber(nrr),
    grr: shownNumber(grr),
    logoRetention: shownNumber(logo),
    bridge: perPart((part) => ({
      count: bridge[part].count,
      amount: String(bridge[part].amount),
      recordsUrl: recordsUrl(question, part, group, bridge[part].count),
    })),
    difference: String(differenceOf(bridge)),
  };
}

const differenceOf = (bridge: Record<RetentionPart, { readonly amount: bigint }>): bigint =>
  bridge.end.amount -
  (bridge.start.amount +
    bridge.new.amount +
    bridge.returned.amount +
    bridge.expansion.amount -
    bridge.contraction.amount -
    bridge.churned.amount);

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

function notesOf({ ground, days, basis, by, wins }: RetentionQuestion, moved: readonly Moved[]): string[] {
  return [
    ...textsOf(unbookedNotes(wins.unbooked)),
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
