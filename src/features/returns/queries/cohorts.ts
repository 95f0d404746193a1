/** The retention triangle, and the accounts behind each of its cells. */

import { type Cohort, type CohortCell, cohortTriangle, firstDayOf, periodOf, type Step } from '#engine/returns/cohorts.ts';
import { dayText } from '#engine/values/calendarDay.ts';
import type { Database, WorkspaceId } from '#platform/db/database.ts';
import type { CohortRecordsQuery, CohortsAnswer, CohortsQuery } from '../contract/retention.ts';
import type { RecordsAnswer } from '../contract/figures.ts';
import { type RevenueBasis, returnsVersion } from '../contract/figure-table.ts';
import { periodsOfAccounts } from './account-periods.ts';
import { shownAccounts } from './figure-records.ts';
import { type Days, daysAsked, type Ground, periodName, periodNamed, readGround, textOfDays } from './figure-scope.ts';
import { shownNumber } from './figure-values.ts';
import { type FirstWins, firstWinsOf, groupsOfAccounts } from './first-wins.ts';
import { makePager } from './page.ts';
import { sliceOf, slicesOf } from './slices.ts';

const noPay = { marketing: false, sales: false };

export async function answerCohorts(database: Database, workspaceId: WorkspaceId, asked: CohortsQuery): Promise<CohortsAnswer> {
  const question = await questionOf(database, workspaceId, asked);
  const { ground, days, basis } = question;
  const { cohorts, together } = cohortTriangle({ step: asked.every, asOf: ground.asOf, ...membersOf(question) });
  return {
    every: asked.every,
    measure: asked.measure,
    by: asked.by,
    group: asked.group ?? null,
    ofGroup: asked.group !== undefined && asked.by !== 'none',
    ...textOfDays(days),
    asOf: dayText(ground.asOf),
    timeZone: ground.timeZone,
    currency: ground.currency,
    version: returnsVersion,
    notes: notesOf(question, cohorts),
    basis,
    formula: formulaOf(asked, basis),
    together: together.map(shownNumber),
    cohorts: cohorts.map((cohort) => shownCohort(question, asked, cohort)),
  };
}

/** @throws Problem bad-input for a cursor that was made up */
export async function listCohortRecords(database: Database, workspaceId: WorkspaceId, asked: CohortRecordsQuery): Promise<RecordsAnswer> {
  const question = await questionOf(database, workspaceId, asked);
  const { ground, wins } = question;
  const cohort = periodNamed(asked.cohort, asked.every);
  const periods = periodsOfAccounts(ground, question.basis, asked.every);
  const pager = makePager<{ account: number; amount: bigint }>(asked.limit, asked.cursor);
  let sum = 0n;
  for (const at of membersAt(question)) {
    if (periodOf(wins.days[at]!, asked.every) !== cohort) continue;
    const amount = asked.step === undefined ? 0n : (periods[wins.codes[at]!]?.get(cohort + asked.step) ?? 0n);
    if (asked.step !== undefined && amount === 0n) continue;
    sum += amount;
    pager.offer(wins.days[at]!, () => wins.ids[at]!, { account: at, amount });
  }
  const { shown, total, next } = pager.page();
  const beside = ({ amount }: { amount: bigint }) =>
    asked.step === undefined ? {} : { amount: String(amount), amountCurrency: ground.currency };
  return {
    of: 'account',
    items: await shownAccounts(
      ground,
      wins,
      shown.map(({ kept }) => kept),
      beside,
    ),
    next,
    total,
    sum: asked.step === undefined ? null : { amount: String(sum), currency: ground.currency },
  };
}

interface CohortQuestion {
  readonly ground: Ground;
  readonly every: Step;
  readonly days: Days;
  readonly basis: RevenueBasis;
  readonly wins: FirstWins;
  readonly asked: Pick<CohortsQuery, 'by' | 'group'>;
  /** By account: whether it is of the group asked for. */
  readonly isAsked: (at: number) => boolean;
}

type Asked = Pick<CohortsQuery, 'every' | 'start' | 'end' | 'basis' | 'by' | 'group'>;

async function questionOf(database: Database, workspaceId: WorkspaceId, asked: Asked): Promise<CohortQuestion> {
  const ground = await readGround(database, workspaceId, noPay);
  const days = daysAsked(asked, ground.asOf, asked.every === 'quarter' ? 36 : 12);
  const slices = slicesOf(ground, asked.by, days);
  const wins = firstWinsOf(ground);
  const groups = groupsOfAccounts(wins, slices);
  const group = asked.group === undefined || asked.by === 'none' ? undefined : sliceOf(slices, asked.group);
  const isAsked = (at: number): boolean => group === undefined || groups[at] === group;
  return { ground, every: asked.every, days, basis: asked.basis ?? ground.settings.basis, wins, asked, isAsked };
}

/** Accounts that became customers in a period that the days touch. */
function* membersAt({ wins, every, days, isAsked }: CohortQuestion): Generator<number> {
  const [first, after] = [firstDayOf(periodOf(days.start, every), every), firstDayOf(periodOf(days.end, every) + 1, every)];
  for (let at = 0; at < wins.count; at++) if (wins.days[at]! >= first && wins.days[at]! < after && isAsked(at)) yield at;
}

function membersOf(question: CohortQuestion): { starts: Map<string, number>; amounts: Map<string, ReadonlyMap<number, bigint>> } {
  const { ground, wins, every, basis } = question;
  const periods = periodsOfAccounts(ground, basis, every);
  const starts = new Map<string, number>();
  const amounts = new Map<string, ReadonlyMap<number, bigint>>();
  for (const at of membersAt(question)) {
    const key = String(at);
    starts.set(key, periodOf(wins.days[at]!, every));
    const own = periods[wins.codes[at]!];
    if (own) amounts.set(key, own);
  }
  return { starts, amounts };
}

function shownCohort(question: CohortQuestion, { every, measure }: CohortsQuery, cohort: Cohort): CohortsAnswer['cohorts'][number] {
  const name = periodName(cohort.period, every);
  const first = cohort.cells[0]?.revenue ?? 0n;
  return {
    cohort: name,
    customers: cohort.customers,
    growing: cohort.growing,
    recordsUrl: recordsUrl(question, name, undefined),
    cells: cohort.cells.map((cell) => ({
      step: cell.age,
      period: periodName(cell.period, every),
      ...(measure === 'customers' ? shareOf(cell) : shareOfFirst(cell, first)),
      customers: cell.active,
      amount: String(cell.revenue),
      censored: cell.censored,
      recordsUrl: recordsUrl(question, name, cell.age),
    })),
  };
}

type ShownShare = Pick<CohortsAnswer['cohorts'][number]['cells'][number], 'value' | 'why' | 'uncertainty'>;

function shareOf(cell: CohortCell): ShownShare {
  const { value, why, uncertainty } = shownNumber(cell.share);
  return { value, why, uncertainty };
}

/** Of what the cohort brought or paid in its first period. */
function shareOfFirst({ revenue, censored, share }: CohortCell, first: bigint): ShownShare {
  if (censored) return { value: null, why: share.reason, uncertainty: null };
  if (first === 0n) return { value: null, why: 'not a number: nothing came in the first period', uncertainty: null };
  return { value: Number(revenue) / Number(first), why: null, uncertainty: null };
}

function recordsUrl({ every, days, basis, asked }: CohortQuestion, cohort: string, step: number | undefined): string {
  const given: Record<string, string> = {
    ...{ cohort, every, ...textOfDays(days), basis },
    ...(step !== undefined && { step: String(step) }),
    ...(asked.group !== undefined && asked.by !== 'none' && { by: asked.by, group: JSON.stringify(asked.group) }),
  };
  return `/api/v1/cohorts/records?${new URLSearchParams(given)}`;
}

function formulaOf({ every, measure }: CohortsQuery, basis: RevenueBasis): string {
  const there = basis === 'terms' ? `pay by a running term at the end of the ${every}` : `brought revenue in the ${every}`;
  const amount = basis === 'terms' ? `what they pay a month at the end of the ${every}` : `what they brought in the ${every}`;
  return measure === 'customers'
    ? `of the accounts first won in a ${every}, the share that ${there}`
    : `${amount} ÷ the same in the cohort’s first ${every}`;
}

function notesOf({ ground, every }: CohortQuestion, cohorts: readonly Cohort[]): string[] {
  const censored = cohorts.some(({ cells }) => cells.some((cell) => cell.censored));
  return [
    'An account is in the cohort of its first won deal or first revenue, whichever came first.',
    `Step 0 is the ${every} of the win itself, for most accounts shorter than a whole one.`,
    ...(censored
      ? [`The ${every} of ${dayText(ground.asOf)}, the last day on record, is not over: its cells are censored and are no share.`]
      : []),
  ];
}
