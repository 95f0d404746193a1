/** The very records behind a part of the figures, chosen by what counted them. */

import { readId } from '#engine/funnel/ids.ts';
import { dayText } from '#engine/values/calendarDay.ts';
import { columnsCacheOf } from '#features/funnel/queries/columns.ts';
import type { Database } from '#platform/db/database.ts';
import { noDay } from '#platform/db/row-columns.ts';
import type { Who } from '#platform/http/route.ts';
import type { FigureRecordsQuery, RecordsAnswer } from '../contract/figures.ts';
import { kindOfPart } from '../contract/figure-table.ts';
import { payVisible } from '../contract/pay.ts';
import { listBilled } from './billed.ts';
import { entriesByIds } from './costs.ts';
import { type CustomerPart, customerParts, partsOfAccounts } from './customer-tally.ts';
import type { DealColumns } from './deal-columns.ts';
import { type DealPart, dealParts, openedAndWon, partsOfDeals } from './deal-tally.ts';
import { makeExactSums } from './exact-sums.ts';
import { type FigureQuestion, questionOf } from './figure-count.ts';
import { costsAreKeptBy, type ListedCosts, pageOfCosts, readPaidCampaigns } from './figure-costs.ts';
import type { Surroundings } from './figure-groups.ts';
import { type Ground, numberOfDay, readGround } from './figure-scope.ts';
import { type FirstWins, firstWinsOf } from './first-wins.ts';
import { type CohortPart, cohortParts, groupingOfCohort, pageOfCohort } from './lead-cohort.ts';
import { makePager, readCursor, writeCursor } from './page.ts';
import { readShown } from './shown-records.ts';
import { sliceOf, sliceOn, type Slices, slicesOf } from './slices.ts';

/** @throws Problem bad-input for a cursor that was made up */
export async function listFigureRecords(database: Database, who: Who, asked: FigureRecordsQuery): Promise<RecordsAnswer> {
  const ground = await readGround(database, who.workspaceId, payVisible(who));
  const question = questionOf(ground, asked.by, asked);
  const asking: Asking = { ground, who, question, surroundings: ground.surroundings, asked };
  if (asked.part === 'billed') return listBilled(ground, question.days, asked);
  if (asked.part === 'decided' || asked.part === 'opened' || asked.part === 'wonOpened' || isOne(dealParts, asked.part))
    return listDeals(asking, asked.part);
  if (isOne(customerParts, asked.part)) return listAccounts(asking, asked.part);
  if (isOne(cohortParts, asked.part)) return listLeads(asking, asked.part);
  return listCosts(asking, asked.part);
}

const isOne = <Part extends string>(parts: readonly Part[], part: string): part is Part => parts.some((each) => each === part);

interface Asking {
  readonly ground: Ground;
  readonly who: Who;
  readonly question: FigureQuestion;
  readonly surroundings: Surroundings;
  readonly asked: FigureRecordsQuery;
}

const nothing = (part: FigureRecordsQuery['part']): RecordsAnswer => ({ of: kindOfPart(part), items: [], next: null, total: 0, sum: null });

/** Undefined: of all slices; null: there is no such slice. */
const askedSlice = (slices: Slices, { asked }: Asking): number | null | undefined =>
  asked.group === undefined || asked.by === 'none' ? undefined : sliceOf(slices, asked.group);

// ── deals ───────────────────────────────────────────────────────────────────

/** Beside those that figures are made of. */
type ListedDeals = DealPart | 'decided' | 'opened' | 'wonOpened';

async function listDeals(asking: Asking, part: ListedDeals): Promise<RecordsAnswer> {
  const { ground, question, asked } = asking;
  const { deals } = ground.fresh;
  const slices = slicesOf(ground, question.by, question.days);
  const slice = askedSlice(slices, asking);
  if (slice === null) return nothing(asked.part);
  const pager = makePager<string>(asked.limit, asked.cursor);
  let sum = 0n;
  // Of all periods a deal that is open at several ends is one deal.
  const visit = visitDeals(deals, slice === undefined ? slicesOf(ground, 'none', question.days) : slices, part);
  for (let row = 0; row < deals.count; row++)
    visit(row, (at) => {
      if (slice !== undefined && at !== slice) return;
      const amount = deals.amounts.amount[row]!;
      sum += amount;
      pager.offer(dayOfDeal(ground, part, row), () => readId(deals.ids, row), String(amount));
    });
  const { shown, total, next } = pager.page();
  const booked = new Map(shown.map(({ id, kept }) => [id, kept]));
  const items = await ground.database.inWorkspace(ground.workspaceId, (tx) =>
    readShown(tx, ground.workspaceId, 'deal', [...booked.keys()]),
  );
  return {
    of: 'deal',
    items: items.map((deal) => ({ ...deal, bookedAmount: booked.get(deal.id)!, bookedCurrency: ground.currency })),
    next,
    total,
    sum: { amount: String(sum), currency: ground.currency },
  };
}

/** Tells every slice in which a deal is on the list. */
function visitDeals(deals: DealColumns, slices: Slices, part: ListedDeals): (row: number, take: (slice: number) => void) => void {
  if (part === 'wonOpened') {
    const isListed = openedAndWon(deals, slices.days);
    return (row, take) => isListed(row) && take(sliceOn(slices, deals.numbers.opened[row]!, slices.ofDeals[row]!));
  }
  if (part === 'opened') {
    const { opened } = deals.numbers;
    return (row, take) => {
      const at = opened[row] === noDay ? -1 : sliceOn(slices, opened[row]!, slices.ofDeals[row]!);
      if (at >= 0) take(at);
    };
  }
  const parts = partsOfDeals(deals, slices);
  const isListed = (found: DealPart): boolean => (part === 'decided' ? found === 'won' || found === 'lost' : found === part);
  return (row, take) => parts(row, (found, at) => isListed(found) && take(at));
}

const byOpening: readonly ListedDeals[] = ['open', 'forecast', 'opened', 'wonOpened'];

/** Lists of closed deals are in the order of their closing, others of their opening. */
function dayOfDeal({ fresh: { deals } }: Ground, part: ListedDeals, row: number): number {
  const day = byOpening.includes(part) ? deals.numbers.opened[row]! : deals.numbers.closed[row]!;
  return day === noDay ? -noDay : day;
}

// ── accounts ────────────────────────────────────────────────────────────────

async function listAccounts(asking: Asking, part: CustomerPart): Promise<RecordsAnswer> {
  const { ground, question, surroundings, asked } = asking;
  const paidCampaigns = await ground.database.inWorkspace(ground.workspaceId, (tx) =>
    readPaidCampaigns(tx, ground.workspaceId, question.days.end, surroundings),
  );
  const by = asked.group === undefined ? 'none' : question.by;
  const slices = slicesOf(ground, by, question.days);
  const wins = firstWinsOf(ground);
  const parts = partsOfAccounts({ ground, wins, slices, basis: question.basis, paidCampaigns });
  const slice = askedSlice(slices, asking);
  if (slice === null) return nothing(asked.part);
  const pager = makePager<AccountCounted>(asked.limit, asked.cursor);
  const sums = makeExactSums(1);
  parts((found, at, account, amount) => {
    if (found !== part || (slice !== undefined && at !== slice)) return;
    sums.add(0, amount);
    pager.offer(wins.days[account]!, () => wins.ids[account]!, { account, amount });
  });
  const { shown, total, next } = pager.page();
  const hasAmount = part !== 'newCustomers' && part !== 'paidCustomers';
  return {
    of: 'account',
    items: await shownAccounts(
      ground,
      wins,
      shown.map(({ kept }) => kept),
      ({ amount }) => (hasAmount ? { amount: String(amount), amountCurrency: ground.currency } : {}),
    ),
    next,
    total,
    sum: hasAmount ? { amount: String(sums.of(0)), currency: ground.currency } : null,
  };
}

interface AccountCounted {
  readonly account: number;
  readonly amount: number;
}

/** Accounts as in their list, with the day of their first win and what else counted. */
export async function shownAccounts<Counted extends { readonly account: number }>(
  ground: Ground,
  wins: FirstWins,
  counted: readonly Counted[],
  beside: (counted: Counted) => Record<string, unknown>,
): Promise<RecordsAnswer['items']> {
  const byId = new Map(
    counted.map((each) => [wins.ids[each.account]!, { ...beside(each), firstWonOn: dayText(wins.days[each.account]!) }]),
  );
  const items = await ground.database.inWorkspace(ground.workspaceId, (tx) =>
    readShown(tx, ground.workspaceId, 'account', [...byId.keys()]),
  );
  return items.map((account) => ({ ...account, ...byId.get(account.id) }));
}

// ── leads ───────────────────────────────────────────────────────────────────

async function listLeads(asking: Asking, part: CohortPart): Promise<RecordsAnswer> {
  const { ground, question, asked } = asking;
  const { columns } = await columnsCacheOf(ground.database).fresh(ground.workspaceId);
  const slices = slicesOf(ground, question.by, question.days);
  const ask = { leads: columns, slices, windowDays: question.windowDays, asOf: ground.asOf };
  const isKept = groupingOfCohort(ask) !== null;
  const slice = askedSlice(slices, asking);
  if (slice === null || (slice !== undefined && !isKept)) return nothing(asked.part);
  const page = pageOfCohort(ask, { part, group: slice ?? null, limit: asked.limit, after: readCursor(asked.cursor) });
  const ids = page.leads.map(({ id }) => id);
  const items = await ground.database.inWorkspace(ground.workspaceId, (tx) => readShown(tx, ground.workspaceId, 'lead', ids));
  return { of: 'lead', items, next: page.hasMore ? writeCursor(page.leads.at(-1)!) : null, total: page.total, sum: null };
}

// ── costs ───────────────────────────────────────────────────────────────────

async function listCosts({ ground, who, question, surroundings, asked }: Asking, part: ListedCosts): Promise<RecordsAnswer> {
  if (asked.group !== undefined && !costsAreKeptBy(question.by)) return nothing(asked.part);
  const after = readCursor(asked.cursor);
  const ask = { by: question.by, days: question.days, lagDays: question.lagDays, pay: ground.pay };
  return ground.database.inWorkspace(ground.workspaceId, async (tx) => {
    const page = await pageOfCosts(
      tx,
      ground.workspaceId,
      ask,
      { part, group: asked.group, limit: asked.limit, after: after && { day: dayText(after.day), id: after.id } },
      surroundings,
    );
    return {
      of: 'cost' as const,
      items: await entriesByIds(tx, who, page.ids),
      next: page.next && writeCursor({ day: numberOfDay(page.next.day), id: page.next.id }),
      total: page.total,
      sum: { amount: String(page.sum), currency: ground.currency },
    };
  });
}
