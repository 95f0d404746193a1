import { sql } from 'kysely';
import { z } from 'zod';
import type { Tx, WorkspaceId } from '#platform/db/database.ts';
import { Problem } from '#platform/errors.ts';
import { getRow, idsMergedInto, importLabel } from './records.ts';
import type { Sql } from './columns.ts';
import { namesOf } from './names.ts';
import { factDetail, factTitle, stageTitle, touchTitle } from '../contract/wording.ts';

export type TimelineKind = 'account' | 'contact' | 'lead' | 'deal';

/** One thing that happened, as a timeline shows it. */
export interface TimelineItem {
  /** Stable and unique within a timeline. */
  key: string;
  at: string;
  recordedAt: string;
  side: string | null;
  type: 'touch' | 'stage' | 'dealStage' | 'revenue' | 'fact';
  kind: string;
  title: string;
  detail: string | null;
  amount: string | null;
  currency: string | null;
  member: { id: string; name: string } | null;
  channel: string | null;
  campaign: { id: string; name: string } | null;
  from: string | null;
  refs: { lead: string | null; contact: string | null; account: string | null; deal: string | null };
}

interface TimelineRow {
  at: string;
  key: string;
  recorded_at: string;
  type: TimelineItem['type'];
  kind: string;
  side: string | null;
  subject: string | null;
  outcome: string | null;
  direction: string | null;
  channel: string | null;
  amount: bigint | null;
  currency: string | null;
  member_id: string | null;
  campaign_id: string | null;
  lead_id: string | null;
  contact_id: string | null;
  account_id: string | null;
  deal_id: string | null;
  run_number: number | null;
  sets: Record<string, unknown> | null;
  body: Record<string, unknown> | null;
}

/** Whose events a timeline shows. Lists are capped: a page needs the newest of each, not all of an account's ten thousand leads. */
interface Circle {
  readonly accounts: string[];
  readonly contacts: string[];
  readonly leads: string[];
  readonly deals: string[];
}
const circleCap = 500;

const cursorSchema = z.tuple([
  z
    .string()
    .max(40)
    .refine((text) => isInstant(text)),
  z.string().max(200),
]);

/**
 * What happened with a record, newest first, of both sides: touches, the lead's own stage times, deal
 * stages, revenue, and edits and merges by people. An account shows its contacts', leads' and deals'
 * too; what was merged into a record is part of it.
 */
export async function listTimeline(
  tx: Tx,
  workspaceId: WorkspaceId,
  kind: TimelineKind,
  id: string,
  ask: { limit?: number | undefined; cursor?: string | undefined },
): Promise<{ items: TimelineItem[]; next: string | null; total: null }> {
  await getRow(tx, workspaceId, kind, id);
  const limit = ask.limit ?? 50;
  const before = readTimelineCursor(ask.cursor);
  const circle = await circleOf(tx, workspaceId, kind, id);
  const parts = partsOf(workspaceId, circle, before, limit + 1);
  const { rows } = await sql<TimelineRow>`SELECT e.*, r.number AS run_number FROM (${sql.join(parts, sql` UNION ALL `)}) e
    LEFT JOIN import_runs r ON r.workspace_id = ${workspaceId}::uuid AND r.id = e.run_id ORDER BY e.at DESC, e.key DESC`.execute(tx);
  const different = rows.filter((row, index) => row.key !== rows[index - 1]?.key); // a touch of a lead and its account comes by both
  const shown = different.slice(0, limit);
  const last = shown.at(-1);
  return {
    items: await shownItems(tx, workspaceId, kind, shown),
    next: different.length > limit && last ? Buffer.from(JSON.stringify([last.at, last.key])).toString('base64url') : null,
    total: null,
  };
}

async function circleOf(tx: Tx, workspaceId: WorkspaceId, kind: TimelineKind, id: string): Promise<Circle> {
  const own = [id, ...(await idsMergedInto(tx, workspaceId, kind, id))];
  const circle: Circle = { accounts: [], contacts: [], leads: [], deals: [] };
  if (kind === 'lead' || kind === 'deal') return { ...circle, [`${kind}s`]: own };
  const column = sql.ref(`t.${kind}_id`);
  const { rows } = await sql<{ kind: 'contacts' | 'leads' | 'deals'; id: string }>`
    ${kind === 'account' ? sql`(SELECT 'contacts' AS kind, t.id FROM contacts t WHERE t.workspace_id = ${workspaceId}::uuid AND t.account_id = ANY(${own}::uuid[]) LIMIT ${circleCap}) UNION ALL` : sql``}
    (SELECT 'leads' AS kind, t.id FROM leads t WHERE t.workspace_id = ${workspaceId}::uuid AND ${column} = ANY(${own}::uuid[]) LIMIT ${circleCap})
    UNION ALL (SELECT 'deals', t.id FROM deals t WHERE t.workspace_id = ${workspaceId}::uuid AND ${column} = ANY(${own}::uuid[]) LIMIT ${circleCap})`.execute(
    tx,
  );
  for (const row of rows) circle[row.kind].push(row.id);
  circle[`${kind}s`].push(...own);
  return circle;
}

interface Before {
  readonly at: string;
  readonly key: string;
}

/** One statement a source of events, each giving its newest `count` before the cursor, in the same columns. */
function partsOf(workspaceId: WorkspaceId, circle: Circle, before: Before | null, count: number): Sql[] {
  const newest = (inner: Sql): Sql =>
    sql`(SELECT * FROM (${inner}) n ${before ? sql`WHERE n.at <= ${before.at}::timestamptz AND (n.at, n.key) < (${before.at}::timestamptz, ${before.key})` : sql``} ORDER BY n.at DESC, n.key DESC LIMIT ${count})`;
  const everybody = [...circle.accounts, ...circle.contacts, ...circle.leads, ...circle.deals];
  const parts: Sql[] = [];
  if (circle.leads.length)
    parts.push(touchesOf(workspaceId, 'lead_id', circle.leads, before, count), newest(leadStages(workspaceId, circle.leads)));
  if (circle.contacts.length) parts.push(touchesOf(workspaceId, 'contact_id', circle.contacts, before, count));
  if (circle.accounts.length) parts.push(touchesOf(workspaceId, 'account_id', circle.accounts, before, count));
  if (circle.deals.length)
    parts.push(touchesOf(workspaceId, 'deal_id', circle.deals, before, count), newest(dealStages(workspaceId, circle.deals)));
  if (circle.accounts.length || circle.deals.length) parts.push(newest(revenue(workspaceId, circle)));
  parts.push(newest(notableFacts(workspaceId, everybody)));
  return parts;
}

/** The newest touches by one reference. The time condition stands bare so that later months are not even opened. */
function touchesOf(workspaceId: WorkspaceId, column: string, ids: readonly string[], before: Before | null, count: number): Sql {
  const which = ids.length === 1 ? sql`= ${ids[0]}::uuid` : sql`= ANY(${ids}::uuid[])`;
  const earlier = before
    ? sql`AND t.occurred_at <= ${before.at}::timestamptz AND (t.occurred_at, 'touch ' || t.id::text) < (${before.at}::timestamptz, ${before.key})`
    : sql``;
  return sql`(SELECT t.occurred_at AS at, 'touch ' || t.id::text AS key, t.recorded_at, 'touch' AS type, t.kind, t.side, t.subject, t.outcome, t.direction, t.channel,
      NULL::bigint AS amount, NULL::text AS currency, t.member_id, t.campaign_id, t.lead_id, t.contact_id, t.account_id, t.deal_id, t.run_id, NULL::jsonb AS sets, NULL::jsonb AS body
    FROM touches t WHERE t.workspace_id = ${workspaceId}::uuid AND t.${sql.ref(column)} ${which} AND t.voided_by IS NULL ${earlier}
    ORDER BY t.occurred_at DESC, t.id DESC LIMIT ${count})`;
}

const nothing = (type: string) => sql.raw(`NULL::${type}`);

const leadStages = (workspaceId: WorkspaceId, ids: readonly string[]): Sql => sql`
  SELECT s.at, 'stage ' || t.id::text || ' ' || s.stage AS key, t.recorded_at, 'stage' AS type, s.stage AS kind, ${nothing('text')} AS side, ${leadLabel}, s.reason, ${nothing('text')},
    t.channel, CASE WHEN s.stage = 'won' THEN t.value END, t.currency, ${nothing('uuid')}, t.campaign_id, t.id, t.contact_id, t.account_id, ${nothing('uuid')}, ${nothing('uuid')} AS run_id, ${nothing('jsonb')}, ${nothing('jsonb')}
  FROM leads t CROSS JOIN LATERAL (VALUES ('inquiry', t.opened_at, NULL), ('mql', t.mql_at, NULL), ('sal', t.sal_at, NULL), ('sql', t.sql_at, NULL), ('deal', t.deal_at, NULL), ('won', t.won_at, NULL),
    ('lost', t.lost_at, t.lost_reason), ('rejected', t.rejected_at, t.rejected_reason), ('recycled', t.recycled_at, NULL), ('disqualified', t.disqualified_at, t.disqualified_reason)) s(stage, at, reason)
  WHERE t.workspace_id = ${workspaceId}::uuid AND t.id = ANY(${ids}::uuid[]) AND s.at IS NOT NULL`;
const leadLabel = sql`coalesce(t.name, t.company, t.email)`;

const dealStages = (workspaceId: WorkspaceId, ids: readonly string[]): Sql => sql`
  SELECT s.at, 'dealStage ' || s.key AS key, s.recorded_at, 'dealStage' AS type, s.stage AS kind, ${nothing('text')} AS side, t.name, s.reason, ${nothing('text')}, ${nothing('text')},
    t.amount, t.currency, ${nothing('uuid')}, t.campaign_id, t.lead_id, t.contact_id, t.account_id, t.id, s.run_id, ${nothing('jsonb')}, ${nothing('jsonb')}
  FROM deals t CROSS JOIN LATERAL (
    SELECT d.stage, d.entered_at AS at, d.id::text AS key, d.recorded_at, NULL AS reason, d.run_id FROM deal_stages d WHERE d.workspace_id = ${workspaceId}::uuid AND d.deal_id = t.id AND d.voided_by IS NULL
    UNION ALL SELECT 'opened', t.opened_at, t.id::text || ' opened', t.recorded_at, NULL, NULL
    UNION ALL SELECT t.status, t.closed_at, t.id::text || ' closed', t.recorded_at, t.lost_reason, NULL WHERE t.status <> 'open') s
  WHERE t.workspace_id = ${workspaceId}::uuid AND t.id = ANY(${ids}::uuid[]) AND s.at IS NOT NULL`;

const revenue = (workspaceId: WorkspaceId, circle: Circle): Sql => sql`
  SELECT t.occurred_on::timestamp AT TIME ZONE 'UTC' AS at, 'revenue ' || t.id::text AS key, t.recorded_at, 'revenue' AS type, t.kind, ${nothing('text')} AS side, coalesce(t.description, t.product), ${nothing('text')}, ${nothing('text')},
    ${nothing('text')}, t.amount, t.currency, ${nothing('uuid')}, ${nothing('uuid')}, ${nothing('uuid')}, ${nothing('uuid')}, t.account_id, t.deal_id, t.run_id, ${nothing('jsonb')}, ${nothing('jsonb')}
  FROM revenue_entries t WHERE t.workspace_id = ${workspaceId}::uuid AND ${circle.accounts.length ? sql`t.account_id = ANY(${circle.accounts}::uuid[])` : sql`t.deal_id = ANY(${circle.deals}::uuid[])`} AND t.voided_by IS NULL`;

/** What people did to the records themselves. What an import set shows as the stages, touches and fields it set. */
const notableFacts = (workspaceId: WorkspaceId, ids: readonly string[]): Sql => sql`
  SELECT t.occurred_at AS at, 'fact ' || t.id::text AS key, t.recorded_at, 'fact' AS type, t.kind, m.side, ${nothing('text')}, ${nothing('text')}, ${nothing('text')},
    ${nothing('text')}, ${nothing('bigint')}, ${nothing('text')}, t.member_id, ${nothing('uuid')}, CASE WHEN t.subject_kind = 'lead' THEN t.subject_id END, CASE WHEN t.subject_kind = 'contact' THEN t.subject_id END,
    CASE WHEN t.subject_kind = 'account' THEN t.subject_id END, CASE WHEN t.subject_kind = 'deal' THEN t.subject_id END, t.run_id, t.sets, t.body
  FROM facts t LEFT JOIN members m ON m.workspace_id = t.workspace_id AND m.id = t.member_id
  WHERE t.workspace_id = ${workspaceId}::uuid AND t.subject_id = ANY(${ids}::uuid[]) AND t.run_id IS NULL`;

async function shownItems(tx: Tx, workspaceId: WorkspaceId, about: TimelineKind, rows: readonly TimelineRow[]): Promise<TimelineItem[]> {
  const ids = (column: 'member_id' | 'campaign_id') => rows.flatMap((row) => row[column] ?? []);
  const owners = rows.flatMap(({ sets }) => (typeof sets?.ownerId === 'string' ? sets.ownerId : []));
  const names = await namesOf(tx, workspaceId, {
    member: new Set([...ids('member_id'), ...owners]),
    campaign: new Set(ids('campaign_id')),
  });
  const memberName = (id: string): string | null => names.get(`member ${id}`)?.name ?? null;
  return rows.map((row) => ({
    key: row.key,
    at: row.at,
    recordedAt: row.recorded_at,
    side: row.side,
    type: row.type,
    kind: row.kind,
    title: titleOf(row, about),
    detail:
      row.type === 'fact'
        ? factDetail(row.kind, row.sets, row.body, memberName)
        : [row.type === 'touch' ? row.subject : null, row.outcome].filter(Boolean).join(' · ') || null,
    amount: row.amount === null ? null : String(row.amount),
    currency: row.amount === null ? null : row.currency,
    member: names.get(`member ${row.member_id ?? ''}`) ?? null,
    channel: row.channel,
    campaign: names.get(`campaign ${row.campaign_id ?? ''}`) ?? null,
    from: importLabel(row.run_number),
    refs: { lead: row.lead_id, contact: row.contact_id, account: row.account_id, deal: row.deal_id },
  }));
}

/** @param about on a lead's own timeline its name needs not be said */
function titleOf(row: TimelineRow, about: TimelineKind): string {
  switch (row.type) {
    case 'touch':
      return touchTitle(row.kind, row.direction);
    case 'stage':
      return stageTitle(row.kind, about === 'lead' ? null : row.subject);
    case 'dealStage':
      return row.subject ? `${row.subject}: ${row.kind}` : row.kind;
    case 'revenue':
      return row.subject ? `Revenue, ${row.kind}: ${row.subject}` : `Revenue, ${row.kind}`;
    case 'fact':
      return factTitle(row.kind, row.body);
  }
}

function isInstant(text: string): boolean {
  try {
    Temporal.Instant.from(text);
    return true;
  } catch {
    return false;
  }
}

function readTimelineCursor(text: string | undefined): Before | null {
  if (text === undefined) return null;
  try {
    const [at, key] = cursorSchema.parse(JSON.parse(Buffer.from(text, 'base64url').toString('utf8')));
    if (key.includes('\0') || !key.isWellFormed()) throw new Error('no key of ours');
    return { at, key };
  } catch {
    throw new Problem('bad-input', 'The cursor does not belong to this timeline: start again without one.', {
      fields: [{ at: 'cursor', reason: 'unknown' }],
    });
  }
}
