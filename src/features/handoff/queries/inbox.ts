import { sql } from 'kysely';
import type { z } from 'zod';
import type { HandoffState } from '#engine/handoff/states.ts';
import { type Row, statedValues } from '#features/records/queries/columns.ts';
import { namesOf, type Named } from '#features/records/queries/names.ts';
import type { Tx, WorkspaceId } from '#platform/db/database.ts';
import type { Who } from '#platform/http/route.ts';
import type { inboxAsk, InboxItem, InboxPage } from '../contract.ts';
import { leadNameOf } from './attainment-shown.ts';
import { textOf, versionOf } from './lead-at-hand.ts';
import { marketersOf } from './marketers.ts';
import { type Place, readPlace, writePlace } from './paging.ts';
import type { StoredRejection } from './stored-rejections.ts';

type Asked = z.output<typeof inboxAsk>;

/**
 * Leads to decide on and to work, what is due next first; those that are nobody's, the longest waiting first.
 * Read in the order of an index, a state at a time: partial indexes take no parameter for the state, and a list of
 * states would have to be sorted.
 */
export async function listInbox(tx: Tx, who: Who, asked: Asked): Promise<InboxPage> {
  const scope: Scope = { workspaceId: who.workspaceId, ownerId: asked.of === 'all' ? null : asked.of === 'me' ? who.memberId : asked.of };
  const rows = await listPage(tx, scope, asked.state, readPlace(asked.cursor), asked.limit + 1);
  const shown = rows.slice(0, asked.limit);
  const last = shown.at(-1);
  return {
    items: await inboxItems(tx, who.workspaceId, shown),
    next: rows.length > shown.length && last ? writePlace({ at: last.at, id: last.leadId }) : null,
    counts: await countInbox(tx, scope),
  };
}

interface Scope {
  readonly workspaceId: WorkspaceId;
  /** Null: everybody's. */
  readonly ownerId: string | null;
}

// ── the page ────────────────────────────────────────────────────────────────

interface InboxRow {
  leadId: string;
  /** Who has it. */
  ownerId: string | null;
  /** What the list is in the order of. */
  at: string | null;
  state: HandoffState;
  routedAt: string | null;
  nextDueAt: string | null;
  nextClause: string | null;
  nextTitle: string | null;
  isOverdue: boolean | null;
  attempts: number;
  lastAttemptAt: string | null;
}

const statesOf: Readonly<Record<Asked['state'], readonly HandoffState[]>> = {
  open: ['waiting', 'accepted'],
  waiting: ['waiting'],
  accepted: ['accepted'],
  unrouted: ['unrouted'],
};

/** What has a moment first, in its order; then what has none. */
async function listPage(tx: Tx, scope: Scope, state: Asked['state'], after: Place | null, limit: number): Promise<InboxRow[]> {
  const timed = after !== null && after.at === null ? [] : await listPart(tx, scope, state, 'timed', after, limit);
  if (timed.length >= limit) return timed;
  const untimed = await listPart(tx, scope, state, 'untimed', after?.at === null ? after : null, limit - timed.length);
  return [...timed, ...untimed];
}

async function listPart(
  tx: Tx,
  { workspaceId, ownerId }: Scope,
  state: Asked['state'],
  part: 'timed' | 'untimed',
  after: Place | null,
  limit: number,
): Promise<InboxRow[]> {
  const at = sql.ref(state === 'unrouted' ? 'h.mql_at' : 'h.next_due_at');
  const isPart = part === 'timed' ? sql`${at} IS NOT NULL` : sql`${at} IS NULL`;
  const isLater = !after
    ? sql``
    : part === 'timed'
      ? sql`AND (${at}, h.lead_id) > (${after.at}::timestamptz, ${after.id}::uuid)`
      : sql`AND h.lead_id > ${after.id}::uuid`;
  const isOwn = ownerId !== null && state !== 'unrouted' ? sql`AND h.owner_id = ${ownerId}::uuid` : sql``;
  const lists = statesOf[state].map(
    (
      each,
    ) => sql`(SELECT h.*, ${at} AS at FROM handoffs h WHERE h.workspace_id = ${workspaceId}::uuid AND h.state = ${sql.lit(each)} ${isOwn} AND ${isPart} ${isLater}
      ORDER BY ${at}, h.lead_id LIMIT ${limit})`,
  );
  const { rows } = await sql<InboxRow>`
    SELECT h.lead_id AS "leadId", h.owner_id AS "ownerId", h.at, h.state, h.routed_at AS "routedAt", h.next_due_at AS "nextDueAt", h.next_clause AS "nextClause",
      ${clauseTitle(workspaceId)} AS "nextTitle", h.next_due_at < now() AS "isOverdue", h.attempts, h.last_attempt_at AS "lastAttemptAt"
    FROM (SELECT * FROM (${sql.join(lists, sql` UNION ALL `)}) listed ORDER BY at, lead_id LIMIT ${limit}) h ORDER BY h.at, h.lead_id`.execute(
    tx,
  );
  return rows;
}

/** What the next clause is called, in the version by which its clock runs. */
const clauseTitle = (workspaceId: WorkspaceId) => sql`(SELECT clause ->> 'title' FROM clocks c
  JOIN agreement_versions v ON v.workspace_id = ${workspaceId}::uuid AND v.id = c.version_id
  CROSS JOIN LATERAL jsonb_array_elements(v.content -> 'clauses') clause
  WHERE c.workspace_id = ${workspaceId}::uuid AND c.lead_id = h.lead_id AND c.clause_key = h.next_clause AND clause ->> 'key' = h.next_clause LIMIT 1)`;

// ── what stands in it ───────────────────────────────────────────────────────

async function inboxItems(tx: Tx, workspaceId: WorkspaceId, rows: readonly InboxRow[]): Promise<InboxItem[]> {
  const ids = rows.map(({ leadId }) => leadId);
  const leads = await leadsById(tx, workspaceId, ids);
  const rejections = await latestRejections(tx, workspaceId, ids);
  const marketers = await marketersOf(tx, workspaceId, stated(leads, 'campaignId'));
  const names = await namesOf(tx, workspaceId, {
    member: [...rows.flatMap(({ ownerId }) => ownerId ?? []), ...marketers.values()],
    campaign: stated(leads, 'campaignId'),
    account: stated(leads, 'accountId'),
  });
  return rows.flatMap((row) => {
    const lead = leads.get(row.leadId);
    if (!lead) return [];
    const named = (kind: string, id: unknown): Named | null => names.get(`${kind} ${String(id)}`) ?? null;
    return [
      {
        ...shownLead(row.leadId, lead),
        campaign: named('campaign', lead.campaignId),
        account: named('account', lead.accountId),
        owner: named('member', row.ownerId),
        marketer: named('member', marketers.get(String(lead.campaignId))),
        state: row.state,
        routedAt: row.routedAt,
        next: nextOf(row),
        attempts: row.attempts,
        lastAttemptAt: row.lastAttemptAt,
        version: versionOf(lead, rejections.get(row.leadId) ?? null),
      },
    ];
  });
}

type Lead = Record<string, unknown>;

const shownLead = (leadId: string, lead: Lead) => ({
  leadId,
  name: leadNameOf({ name: textOf(lead.name), company: textOf(lead.company), email: textOf(lead.email), phone: textOf(lead.phone) }),
  company: textOf(lead.company),
  title: textOf(lead.title),
  email: textOf(lead.email),
  phone: textOf(lead.phone),
  country: textOf(lead.country),
  segment: textOf(lead.segment),
  origin: textOf(lead.origin),
  channel: textOf(lead.channel),
  mqlAt: textOf(lead.mqlAt),
});

const nextOf = ({ nextDueAt, nextClause, nextTitle, isOverdue }: InboxRow): InboxItem['next'] =>
  nextDueAt === null || nextClause === null
    ? null
    : { clause: nextClause, title: nextTitle ?? nextClause, dueAt: nextDueAt, overdue: isOverdue === true };

const stated = (leads: ReadonlyMap<string, Lead>, field: string): string[] => [
  ...new Set([...leads.values()].flatMap((lead) => textOf(lead[field]) ?? [])),
];

async function leadsById(tx: Tx, workspaceId: WorkspaceId, ids: readonly string[]): Promise<Map<string, Lead>> {
  if (ids.length === 0) return new Map();
  const { rows } =
    await sql<Row>`SELECT l.* FROM leads l WHERE l.workspace_id = ${workspaceId}::uuid AND l.id = ANY(${ids}::uuid[])`.execute(tx);
  return new Map(rows.map((row) => [row.id, statedValues('lead', row)]));
}

type Outcome = Pick<StoredRejection, 'id' | 'answer' | 'ruling'>;

export async function latestRejections(tx: Tx, workspaceId: WorkspaceId, leadIds: readonly string[]): Promise<Map<string, Outcome>> {
  if (leadIds.length === 0) return new Map();
  const { rows } = await sql<Outcome & { leadId: string }>`
    SELECT DISTINCT ON (r.lead_id) r.lead_id AS "leadId", r.id, r.answer, r.ruling FROM rejections r
    WHERE r.workspace_id = ${workspaceId}::uuid AND r.lead_id = ANY(${leadIds}::uuid[]) ORDER BY r.lead_id, r.rejected_at DESC, r.id DESC`.execute(
    tx,
  );
  return new Map(rows.map((row) => [row.leadId, row]));
}

// ── the counts ──────────────────────────────────────────────────────────────

const countedUpTo = 10_000;

async function countInbox(tx: Tx, { workspaceId, ownerId }: Scope): Promise<InboxPage['counts']> {
  const isOwn = ownerId === null ? sql`` : sql`AND h.owner_id = ${ownerId}::uuid`;
  const count = (state: HandoffState, more = sql``) => sql`(SELECT count(*)::int FROM (SELECT 1 FROM handoffs h
    WHERE h.workspace_id = ${workspaceId}::uuid AND h.state = ${sql.lit(state)} ${more} LIMIT ${countedUpTo}) counted)`;
  const isOverdue = sql`AND h.next_due_at < now()`;
  const { rows } = await sql<InboxPage['counts']>`SELECT ${count('waiting', isOwn)} AS waiting, ${count('accepted', isOwn)} AS accepted,
    ${count('waiting', sql`${isOwn} ${isOverdue}`)} + ${count('accepted', sql`${isOwn} ${isOverdue}`)} AS overdue, ${count('unrouted')} AS unrouted`.execute(
    tx,
  );
  return rows[0]!;
}
