/** What `engine/campaigns/evidence.ts` says of one touch, in SQL over all of them. */

import { sql } from 'kysely';
import { daysBefore, evidenceBy, partKinds } from '#engine/campaigns/evidence.ts';
import { type RoleKind, roleKinds } from '#engine/campaigns/states.ts';
import { looksAutomatic } from '#engine/rules/automatic.ts';
import type { Sql } from '#features/records/queries/columns.ts';
import type { Tx, WorkspaceId } from '#platform/db/database.ts';
import { familyOf } from './campaign-at-hand.ts';

/** A touch `x` that a person of sales made; its subject is looked at apart (`automaticSubjects`). Spelled as the partial indexes are. */
const byPerson = sql`x.side = 'sales' AND x.automated IS NOT TRUE AND x.voided_by IS NULL AND x.member_id IS NOT NULL`;

const list = (words: readonly string[]): Sql => sql`ARRAY[${sql.join(words.map((word) => sql.lit(word)))}]`;

// ── parts that were asked for ───────────────────────────────────────────────

/**
 * Accepted parts with the campaign's ids and the window in which touches count.
 * @param where a condition over `r` (campaign_roles)
 */
export const acceptedRoles = (workspaceId: WorkspaceId, timeZone: string, where: Sql): Sql => sql`
  SELECT r.id AS role_id, r.member_id, r.kind, r.campaign_id, ${familyOf('c')} AS family,
    ((least(c.starts_on, (r.asked_at AT TIME ZONE ${timeZone})::date) - ${sql.lit(daysBefore)})::timestamp AT TIME ZONE ${timeZone}) AS from_at,
    ((r.due_on + 1)::timestamp AT TIME ZONE ${timeZone}) AS until_at
  FROM campaign_roles r JOIN campaigns c ON c.workspace_id = r.workspace_id AND c.id = r.campaign_id
  WHERE r.workspace_id = ${workspaceId}::uuid AND r.state = 'accepted' AND ${where}`;

/**
 * Touches that are evidence of parts: role_id, member_id, campaign_id, touch_id, at, recorded_at, person, subject,
 * names_it (the campaign). Who is of the campaign: who came by it, and its members. They responded when they say so,
 * else when they came.
 * @param many parts: the campaign's people are grouped once and joined. For 50 reps in a campaign of 200,000 looking
 * them up touch by touch takes ten times as long, for one rep it takes a fifth.
 */
export const roleTouches = (workspaceId: WorkspaceId, roles: Sql, { many }: { readonly many: boolean }): Sql => sql`
  SELECT t.role_id, t.member_id, t.campaign_id, t.touch_id, t.at, t.recorded_at, CASE WHEN t.contact_id IS NULL THEN t.lead_id ELSE t.contact_id END AS person, t.subject, t.names_it
  FROM (${touchesOfRoles(workspaceId, roles)} OFFSET 0) t ${many ? joinedPeople(workspaceId, roles) : lookedUpPeople(workspaceId)}
  WHERE (t.names_it OR b.is_of_it) AND (${sql.join(roleKinds.flatMap(whenSql), sql` OR `)})`;

const joinedPeople = (workspaceId: WorkspaceId, roles: Sql): Sql => sql`
  LEFT JOIN (${peopleOf(workspaceId, roles, leadId)}) l ON l.campaign_id = t.campaign_id AND l.id = t.lead_id
  LEFT JOIN (${peopleOf(workspaceId, roles, contactId)}) c ON c.campaign_id = t.campaign_id AND c.id = t.contact_id
  CROSS JOIN LATERAL (SELECT l.id IS NOT NULL OR c.id IS NOT NULL AS is_of_it, coalesce(least(l.responded_at, c.responded_at), l.came_at) AS responded_at) b`;

const lookedUpPeople = (workspaceId: WorkspaceId): Sql => sql`
  LEFT JOIN leads l ON l.workspace_id = ${workspaceId}::uuid AND l.id = t.lead_id AND l.campaign_id = ANY(t.family)
  CROSS JOIN LATERAL (SELECT l.id IS NOT NULL OR count(*) > 0 AS is_of_it, coalesce(min(m.responded_at), l.opened_at) AS responded_at FROM (
    SELECT m.responded_at FROM campaign_members m WHERE m.workspace_id = ${workspaceId}::uuid AND m.lead_id = t.lead_id AND m.campaign_id = ANY(t.family) AND m.archived_at IS NULL
    UNION ALL SELECT m.responded_at FROM campaign_members m WHERE m.workspace_id = ${workspaceId}::uuid AND m.contact_id = t.contact_id AND m.campaign_id = ANY(t.family)
      AND m.archived_at IS NULL) m) b`;

/** A touch of a lead alone is its contact's. Looked up only where it is: a join would look for every touch. `OFFSET 0` around it keeps it from being looked up wherever it is named. */
const contactOf = (workspaceId: WorkspaceId): Sql =>
  sql`CASE WHEN x.contact_id IS NULL THEN (SELECT o.contact_id FROM leads o WHERE o.workspace_id = ${workspaceId}::uuid AND o.id = x.lead_id) ELSE x.contact_id END`;

/** All that the reps with these parts did in their windows. */
const touchesOfRoles = (workspaceId: WorkspaceId, roles: Sql): Sql => sql`
  SELECT r.role_id, r.member_id, r.campaign_id, r.kind AS role_kind, x.id AS touch_id, x.occurred_at AS at, x.recorded_at, x.subject, x.lead_id,
    ${contactOf(workspaceId)} AS contact_id, r.family, x.campaign_id = ANY(r.family) IS TRUE AS names_it
  FROM (${roles} OFFSET 0) r
  JOIN touches x ON x.workspace_id = ${workspaceId}::uuid AND x.member_id = r.member_id AND x.occurred_at >= r.from_at
    AND (r.until_at IS NULL OR x.occurred_at < r.until_at) AND ${byPerson} AND (${sql.join(roleKinds.flatMap(kindSql), sql` OR `)})`;

const leadId = sql`lead_id`;
const contactId = sql`contact_id`;
/** By campaign, its people by lead or by contact: when they responded, and when they came by it. */
const peopleOf = (workspaceId: WorkspaceId, roles: Sql, by: Sql): Sql => sql`
  SELECT p.campaign_id, p.id, min(p.responded_at) AS responded_at, min(p.came_at) AS came_at FROM (
    SELECT k.campaign_id, m.${by} AS id, m.responded_at, NULL::timestamptz AS came_at FROM (${campaignsOf(roles)}) k
      JOIN campaign_members m ON m.workspace_id = ${workspaceId}::uuid AND m.campaign_id = k.id AND m.archived_at IS NULL AND m.${by} IS NOT NULL
    UNION ALL SELECT k.campaign_id, l.id, NULL, l.opened_at FROM (${campaignsOf(roles)}) k
      JOIN leads l ON ${by === leadId ? sql`true` : sql`false`} AND l.workspace_id = ${workspaceId}::uuid AND l.campaign_id = k.id) p GROUP BY p.campaign_id, p.id`;

const campaignsOf = (roles: Sql): Sql =>
  sql`SELECT DISTINCT r.campaign_id, f.id FROM (${roles} OFFSET 0) r CROSS JOIN LATERAL unnest(r.family) f(id)`;

/** Which touches `x` can count for a part `r` of this kind, and at which time of the response they do. */
function kindSql(kind: RoleKind): Sql[] {
  const rule = evidenceBy[kind];
  if (rule === null) return [];
  const direction = rule.direction === 'out' ? sql` AND x.direction IS DISTINCT FROM 'in'` : sql``;
  return [sql`(r.kind = ${sql.lit(kind)} AND x.kind = ANY(${list(rule.kinds)})${direction})`];
}

function whenSql(kind: RoleKind): Sql[] {
  const rule = evidenceBy[kind];
  if (rule === null) return [];
  const isAfter = sql`t.at > b.responded_at`;
  const when = rule.when === 'any' ? sql`` : rule.when === 'after' ? sql` AND ${isAfter}` : sql` AND (${isAfter}) IS NOT TRUE`;
  return [sql`(t.role_kind = ${sql.lit(kind)}${when})`];
}

/** Whom members added to the campaign by hand, for parts `r` to invite: role_id, member_id, at, recorded_at, person. */
export const addedPeople = (workspaceId: WorkspaceId, roles: Sql): Sql => sql`
  SELECT r.role_id, r.member_id, r.campaign_id, f.recorded_at AS at, f.recorded_at, coalesce(m.contact_id, m.lead_id) AS person
  FROM (${roles}) r
  JOIN facts f ON f.workspace_id = ${workspaceId}::uuid AND f.member_id = r.member_id AND f.kind = 'campaignMember.recorded' AND f.run_id IS NULL
    AND f.recorded_at >= r.from_at AND (r.until_at IS NULL OR f.recorded_at < r.until_at)
  JOIN campaign_members m ON m.workspace_id = ${workspaceId}::uuid AND m.id = f.subject_id AND m.campaign_id = ANY(r.family) AND m.archived_at IS NULL
  WHERE r.kind = 'inviteList' AND f.sets ? 'campaignId'`;

/** Versions of the library's content that members added for the campaign: role_id, member_id, at, recorded_at, version_id, title. */
export const addedContent = (workspaceId: WorkspaceId, roles: Sql): Sql => sql`
  SELECT r.role_id, r.member_id, r.campaign_id, v.made_at AS at, v.made_at AS recorded_at, v.id AS version_id, a.title
  FROM (${roles}) r
  JOIN asset_versions v ON v.workspace_id = ${workspaceId}::uuid AND v.made_by = r.member_id AND v.made_at >= r.from_at
    AND (r.until_at IS NULL OR v.made_at < r.until_at)
  JOIN assets a ON a.workspace_id = ${workspaceId}::uuid AND a.id = v.asset_id AND a.campaign_id = ANY(r.family)
  WHERE r.kind = 'content'`;

// ── taking part unasked ─────────────────────────────────────────────────────

/**
 * Touches that name a campaign and show that their rep took part: member_id, touch_id, at, person, subject.
 * @param campaigns a condition over `x.campaign_id`, for the index
 */
export const partTouches = (workspaceId: WorkspaceId, campaigns: Sql): Sql => sql`
  SELECT t.member_id, t.campaign_id, t.touch_id, t.at, CASE WHEN t.contact_id IS NULL THEN t.lead_id ELSE t.contact_id END AS person, t.subject
  FROM (SELECT x.member_id, x.campaign_id, x.id AS touch_id, x.occurred_at AS at, x.subject, x.lead_id, ${contactOf(workspaceId)} AS contact_id
    FROM touches x WHERE x.workspace_id = ${workspaceId}::uuid AND ${campaigns} AND ${byPerson}
      AND (x.kind = ANY(${list(partKinds.meeting)}) OR (x.kind = ANY(${list(partKinds.reaching)}) AND x.direction IS DISTINCT FROM 'in')) OFFSET 0) t`;

// ── what machines write ─────────────────────────────────────────────────────

/**
 * What a question over touches answers once those that machines wrote are left out. It is asked of all first, with the
 * different subjects beside it: there are few, and hardly ever is one a machine's, so that once is mostly enough.
 * @param ask with a condition over the touches `t`; answers rows with `subjects`
 */
export async function withoutAutomatic<Row extends { readonly subjects: readonly string[] | null }>(
  ask: (written: Sql) => Promise<Row[]>,
): Promise<Row[]> {
  const rows = await ask(sql`true`);
  const automatic = [...new Set(rows.flatMap(({ subjects }) => subjects ?? []))].filter((subject) => looksAutomatic(subject));
  return automatic.length === 0 ? rows : ask(isWritten(automatic));
}

/** Of the subjects of these touches those that machines write: to be left out. */
export async function automaticSubjects(tx: Tx, touches: Sql): Promise<string[]> {
  const { rows } = await sql<{ subject: string }>`SELECT DISTINCT t.subject FROM (${touches}) t WHERE t.subject IS NOT NULL`.execute(tx);
  return rows.flatMap(({ subject }) => (looksAutomatic(subject) ? [subject] : []));
}

export const isWritten = (automatic: readonly string[]): Sql =>
  automatic.length === 0 ? sql`true` : sql`(t.subject = ANY(${automatic}::text[])) IS NOT TRUE`;
