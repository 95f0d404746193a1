/** What of the ledger a question is about, as SQL over `visibleCosts(…) c`. */

import { type RawBuilder, sql } from 'kysely';
import type { WorkspaceId } from '#platform/db/database.ts';
import { Problem } from '#platform/errors.ts';
import type { CostBy, CostsExport, SummaryQuery } from '../contract/ledger.ts';
import type { PayVisible } from '../contract/pay.ts';
import { visibleCosts } from './visible-costs.ts';

export type Sql = RawBuilder<unknown>;
/** What costs are narrowed by; of a list also by state, by a recurring cost and by one group of a summary. */
export type CostFilters = Partial<Omit<SummaryQuery, 'by' | 'allocated'> & Pick<CostsExport, 'state' | 'by' | 'group' | 'recurringId'>>;

/** The entries that count for somebody, as `c`, with what their group is told by. */
export const costsFrom = (workspaceId: WorkspaceId, pay: PayVisible, by: CostBy): Sql =>
  by === 'channel'
    ? sql`${visibleCosts(workspaceId, pay)} c LEFT JOIN campaigns k ON k.workspace_id = ${workspaceId}::uuid AND k.id = c.campaign_id
        LEFT JOIN campaigns s ON s.workspace_id = ${workspaceId}::uuid AND s.id = k.merged_into`
    : sql`${visibleCosts(workspaceId, pay)} c`;

/** The group an entry is in, as text over `costsFrom`; null where it has none. An entry's channel is its own, else its campaign's. */
export const groupSql: Readonly<Record<CostBy, Sql>> = {
  none: sql`NULL::text`,
  month: sql`to_char(c.occurred_on, 'YYYY-MM')`,
  quarter: sql`to_char(c.occurred_on, 'YYYY-"Q"Q')`,
  side: sql`c.side`,
  category: sql`c.category`,
  campaign: sql`c.campaign_id::text`,
  team: sql`c.team_id::text`,
  segment: sql`c.segment`,
  channel: sql`coalesce(c.channel, s.channel, k.channel)`,
  account: sql`c.account_id::text`,
  supplier: sql`c.supplier`,
};

/** @throws Problem bad-input for a group that can't be read */
export function costWhere(workspaceId: WorkspaceId, asked: CostFilters): Sql {
  const parts: Sql[] = [sql`true`];
  if (asked.start) parts.push(sql`c.occurred_on >= ${asked.start}::date`);
  if (asked.end) parts.push(sql`c.occurred_on <= ${asked.end}::date`);
  for (const column of ['side', 'category', 'segment', 'currency'] as const)
    if (asked[column] !== undefined) parts.push(sql`${sql.ref(`c.${column}`)} = ${asked[column]}`);
  if (asked.teamId) parts.push(sql`c.team_id = ${asked.teamId}::uuid`);
  if (asked.campaignId) parts.push(isOrWas(workspaceId, 'campaign', asked.campaignId));
  if (asked.accountId) parts.push(isOrWas(workspaceId, 'account', asked.accountId));
  if (asked.channel !== undefined) parts.push(ofChannel(workspaceId, asked.channel));
  if (asked.supplier) parts.push(holds(sql`c.supplier`, asked.supplier));
  if (asked.q) parts.push(searched(workspaceId, asked.q));
  if (asked.state) parts.push(states[asked.state]);
  if (asked.recurringId) parts.push(sql`c.recurring_id = ${asked.recurringId}::uuid`);
  if (asked.group !== undefined && asked.by !== undefined) parts.push(inGroup(workspaceId, asked.by, asked.group));
  return sql`(${sql.join(parts, sql` AND `)})`;
}

const states: Readonly<Record<CostsExport['state'], Sql>> = {
  all: sql`true`,
  live: sql`c.reversed_by IS NULL AND c.reverses_id IS NULL`,
  reversed: sql`(c.reversed_by IS NOT NULL OR c.reverses_id IS NOT NULL)`,
  unbooked: sql`c.booked IS NULL`,
};

const merging = { campaign: 'campaigns', account: 'accounts' } as const;
/** What a merged campaign or account cost counts as its survivor's. */
const isOrWas = (workspaceId: WorkspaceId, kind: keyof typeof merging, id: string): Sql =>
  sql`${sql.ref(`c.${kind}_id`)} = ANY (ARRAY(SELECT o.id FROM ${sql.table(merging[kind])} o
    WHERE o.workspace_id = ${workspaceId}::uuid AND o.merged_into = ${id}::uuid) || ${id}::uuid)`;

/** By its own word or its campaign's. Null: by neither. */
function ofChannel(workspaceId: WorkspaceId, channel: string | null): Sql {
  const campaigns = (
    is: Sql,
  ): Sql => sql`(SELECT k.id FROM campaigns k LEFT JOIN campaigns s ON s.workspace_id = ${workspaceId}::uuid AND s.id = k.merged_into
    WHERE k.workspace_id = ${workspaceId}::uuid AND coalesce(s.channel, k.channel) ${is})`;
  return channel === null
    ? sql`c.channel IS NULL AND (c.campaign_id IS NULL OR c.campaign_id NOT IN ${campaigns(sql`IS NOT NULL`)})`
    : sql`(c.channel = ${channel} OR (c.channel IS NULL AND c.campaign_id IN ${campaigns(sql`= ${channel}`)}))`;
}

/** Letter case doesn't matter, in any alphabet: the columns' own collation knows only the English one. */
const holds = (column: Sql, text: string): Sql =>
  sql`position(lower(${text}::text COLLATE "default") in lower(${column} COLLATE "default")) > 0`;

function searched(workspaceId: WorkspaceId, text: string): Sql {
  const named = (table: string, column: string): Sql =>
    sql`EXISTS (SELECT FROM ${sql.table(table)} n WHERE n.workspace_id = ${workspaceId}::uuid AND n.id = ${sql.ref(column)} AND ${holds(sql`n.name`, text)})`;
  const own = ['supplier', 'description', 'team'].map((column) => holds(sql.ref(`c.${column}`), text));
  const others = [named('campaigns', 'c.campaign_id'), named('accounts', 'c.account_id'), named('teams', 'c.team_id')];
  return sql`(${sql.join([...own, ...others], sql` OR `)})`;
}

const uuid = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/;
function inGroup(workspaceId: WorkspaceId, by: CostBy, text: string): Sql {
  const group = readGroup(text);
  if (by === 'none') return sql`true`;
  if (by === 'channel') return ofChannel(workspaceId, group);
  if (group === null) return sql`${groupSql[by]} IS NULL`;
  if (by === 'campaign' || by === 'account') return uuid.test(group) ? isOrWas(workspaceId, by, group) : sql`false`;
  return sql`${groupSql[by]} = ${group}`;
}

function readGroup(text: string): string | null {
  const value = parsed(text);
  if (value === null || typeof value === 'string') return value;
  throw new Problem('bad-input', 'A group is JSON: a text in quotes, or null for entries without one.', {
    fields: [{ at: 'group', reason: 'a text in quotes, or null' }],
  });
}
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The address of the entries behind a number. `group` undefined: of all groups. */
export function costsUrl(asked: CostFilters, by: CostBy = 'none', group?: string | null): string {
  const { start, end, side, category, campaignId, accountId, teamId, segment, channel, currency, supplier, q, state, recurringId } = asked;
  const grouped = by === 'none' || group === undefined ? {} : { by, group: JSON.stringify(group) };
  const given = {
    start,
    end,
    side,
    category,
    campaignId,
    accountId,
    teamId,
    segment,
    channel,
    currency,
    supplier,
    q,
    state,
    recurringId,
    ...grouped,
  };
  const search = new URLSearchParams(
    Object.entries(given).filter((pair): pair is [string, string] => typeof pair[1] === 'string' && pair[1] !== ''),
  );
  return `/api/v1/costs${search.size > 0 ? `?${search}` : ''}`;
}
