/** The records behind a cause, latest day first, each with the amount it carries and why. */

import type { CauseRecord } from '#engine/alignment/cost/cause-cost.ts';
import { causeTable } from '#engine/alignment/cost/causes.ts';
import { dayText } from '#engine/values/calendarDay.ts';
import { namesOf, type Named } from '#features/records/queries/names.ts';
import type { PayVisible } from '#features/returns/contract/pay.ts';
import { makePager } from '#features/returns/queries/page.ts';
import type { Database, Tx, WorkspaceId } from '#platform/db/database.ts';
import { sql } from 'kysely';
import type { CostRecord, CostRecords, CostRecordsQuery } from '../contract/cost.ts';
import { findCost } from './cost-answered.ts';
import { readCostGround } from './cost-ground.ts';
import { questionOf } from './cost-question.ts';
import { type WhyGround, whyOf } from './cost-why.ts';

/** `total` and `sum` are the very numbers of the cause, or of its month. */
export async function listCostRecords(
  database: Database,
  workspaceId: WorkspaceId,
  pay: PayVisible,
  asked: CostRecordsQuery,
): Promise<CostRecords> {
  const ground = await readCostGround(database, workspaceId);
  const question = questionOf(ground, asked, 'month');
  const { cost, ask } = await findCost(ground, question, pay, { ranges: false });
  const told = cost.causes[asked.cause];
  const pager = makePager<CauseRecord>(asked.limit, asked.cursor);
  let sum = 0n;
  for (const record of told.records) {
    const { day, id, segment } = placeOf(record, question.dayOf);
    if (asked.month !== undefined && dayText(day).slice(0, 7) !== asked.month) continue;
    if (question.segment !== undefined && segment !== question.segment) continue;
    sum += BigInt(record.amount);
    pager.offer(day, () => id, record);
  }
  const { shown, total, next } = pager.page();
  const why: WhyGround = { currency: ground.returns.currency, ask, agreed: ground.agreed };
  const kept = shown.map((each) => each.kept);
  const items = await database.inWorkspace(workspaceId, (tx) => shownRecords(tx, workspaceId, kept, (at) => dayText(shown[at]!.day), why));
  return {
    cause: asked.cause,
    of: causeTable[asked.cause].of,
    items,
    next,
    total,
    sum: { amount: String(sum), currency: ground.returns.currency },
  };
}

function placeOf(record: CauseRecord, dayOf: (at: number) => number): { day: number; id: string; segment: string | null } {
  switch (record.of) {
    case 'deal':
      return { day: dayOf(record.deal.closedAt), id: record.deal.id, segment: record.deal.segment };
    case 'account':
      return { day: record.customer.leftOn!, id: record.customer.id, segment: record.customer.segment };
    default:
      return { day: dayOf(record.lead.passedAt), id: record.lead.id, segment: record.lead.segment };
  }
}

async function shownRecords(
  tx: Tx,
  workspaceId: WorkspaceId,
  records: readonly CauseRecord[],
  dayAt: (at: number) => string,
  why: WhyGround,
): Promise<CostRecord[]> {
  const named = await readNamed(tx, workspaceId, records);
  const owners = await namesOf(tx, workspaceId, { member: [...named.values()].flatMap(({ ownerId }) => ownerId ?? []) });
  return records.map((record, at) => {
    const { day: _, id, segment } = placeOf(record, () => 0);
    const { name, company, ownerId } = named.get(id) ?? { name: id, company: null, ownerId: null };
    const owner: Named | undefined = ownerId === null ? undefined : owners.get(`member ${ownerId}`);
    return { id, name, company, segment, on: dayAt(at), owner: owner ?? null, amount: String(record.amount), why: whyOf(record, why) };
  });
}

interface NamedRecord {
  readonly id: string;
  readonly name: string;
  readonly company: string | null;
  readonly ownerId: string | null;
}

async function readNamed(tx: Tx, workspaceId: WorkspaceId, records: readonly CauseRecord[]): Promise<Map<string, NamedRecord>> {
  const ids = records.map((record) => placeOf(record, () => 0).id);
  if (ids.length === 0) return new Map();
  const query =
    records[0]!.of === 'deal'
      ? sql<NamedRecord>`SELECT d.id, d.name, a.name AS company, d.owner_id AS "ownerId" FROM deals d
          LEFT JOIN accounts a ON a.workspace_id = ${workspaceId}::uuid AND a.id = d.account_id
          WHERE d.workspace_id = ${workspaceId}::uuid AND d.id = ANY(${ids}::uuid[])`
      : records[0]!.of === 'account'
        ? sql<NamedRecord>`SELECT a.id, coalesce(a.name, a.domain, a.id::text) AS name, NULL AS company, a.owner_id AS "ownerId" FROM accounts a
            WHERE a.workspace_id = ${workspaceId}::uuid AND a.id = ANY(${ids}::uuid[])`
        : sql<NamedRecord>`SELECT l.id, coalesce(l.name, l.company, l.email, l.phone, l.id::text) AS name, l.company,
              coalesce(h.owner_id, l.qualifier_id, l.owner_id) AS "ownerId" FROM leads l
            LEFT JOIN handoffs h ON h.workspace_id = ${workspaceId}::uuid AND h.lead_id = l.id
            WHERE l.workspace_id = ${workspaceId}::uuid AND l.id = ANY(${ids}::uuid[])`;
  const { rows } = await query.execute(tx);
  return new Map(rows.map((row) => [row.id, row]));
}
