import { sql } from 'kysely';
import { placeOf } from '#features/agreement/queries/rule-reading.ts';
import { readPlace, writePlace } from '#features/handoff/queries/paging.ts';
import type { Sql } from '#features/records/queries/columns.ts';
import { contactName, leadName } from '#features/records/queries/names.ts';
import type { Tx, WorkspaceId } from '#platform/db/database.ts';
import { Problem } from '#platform/errors.ts';
import type { Who } from '#platform/http/route.ts';
import type { EvidenceItem, EvidencePage } from '../contract/roles.ts';
import { evidenceIsPersonal } from '../policy/roles.ts';
import { acceptedRoles, addedContent, addedPeople, automaticSubjects, isWritten, roleTouches } from './evidence-sql.ts';
import { getRoleRow } from './role-rows.ts';
import { seenBy } from './seen.ts';

interface Paging {
  readonly limit: number;
  readonly cursor?: string | undefined;
}

/**
 * What a part's number is made of, newest first.
 * @throws Problem not-found, forbidden (somebody else's, and the asker neither manager nor head)
 */
export async function listRoleEvidence(tx: Tx, who: Who, roleId: string, paging: Paging): Promise<EvidencePage> {
  const role = await getRoleRow(tx, who.workspaceId, roleId);
  if (!(await seenBy(tx, who)).has(role.member.id)) throw new Problem('forbidden', evidenceIsPersonal);
  const { timeZone } = await placeOf(tx, who.workspaceId);
  const roles = acceptedRoles(who.workspaceId, timeZone, sql`r.id = ${roleId}::uuid`);
  const touches = roleTouches(who.workspaceId, roles, { many: false });
  const written = isWritten(await automaticSubjects(tx, touches));
  return pageOfEvidence(
    tx,
    who.workspaceId,
    sql`SELECT t.touch_id AS id, t.touch_id, t.at, t.person, t.member_id, NULL::text AS what, NULL::text AS title FROM (${touches}) t WHERE ${written}
      UNION ALL SELECT p.person, NULL, p.at, p.person, p.member_id, 'added', NULL FROM (${addedPeople(who.workspaceId, roles)}) p
      UNION ALL SELECT v.version_id, NULL, v.at, NULL, v.member_id, 'content', v.title FROM (${addedContent(who.workspaceId, roles)}) v`,
    paging,
  );
}

/** @param evidence a SELECT of id, touch_id, at, person, member_id, what, title */
export async function pageOfEvidence(tx: Tx, workspaceId: WorkspaceId, evidence: Sql, { limit, cursor }: Paging): Promise<EvidencePage> {
  const after = readPlace(cursor);
  const rest = after ? sql`WHERE (e.at, e.id) < (${after.at}::timestamptz, ${after.id}::uuid)` : sql``;
  const { rows } = await sql<EvidenceItem & { id: string }>`
    SELECT e.id, e.touch_id AS "touchId", e.at, coalesce(e.what, x.kind) AS kind, x.direction, x.outcome, coalesce(e.title, x.subject) AS subject,
      ${personShown(workspaceId)} AS person, (SELECT json_build_object('id', m.id, 'name', m.name) FROM members m WHERE m.workspace_id = ${workspaceId}::uuid AND m.id = e.member_id) AS member
    FROM (SELECT * FROM (${evidence}) e ${rest} ORDER BY e.at DESC, e.id DESC LIMIT ${limit + 1}) e
    LEFT JOIN touches x ON x.workspace_id = ${workspaceId}::uuid AND x.occurred_at = e.at AND x.id = e.touch_id
    ORDER BY e.at DESC, e.id DESC`.execute(tx);
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  const { rows: counted } = cursor ? { rows: [] } : await sql<{ total: bigint }>`SELECT count(*) AS total FROM (${evidence}) e`.execute(tx);
  return {
    items: shown.map(({ id: _, ...item }) => item),
    next: rows.length > limit && last ? writePlace({ at: last.at, id: last.id }) : null,
    total: counted[0] ? Number(counted[0].total) : null,
  };
}

/** Of evidence `e` with its touch `x`: `e.person` is a contact's id, or that of a lead without one. */
const personShown = (workspaceId: WorkspaceId): Sql => sql`coalesce(
  (SELECT json_build_object('leadId', x.lead_id, 'contactId', c.id, 'name', coalesce(${contactName('c')}, ''), 'company', a.name) FROM contacts c
    LEFT JOIN accounts a ON a.workspace_id = c.workspace_id AND a.id = c.account_id WHERE c.workspace_id = ${workspaceId}::uuid AND c.id = e.person),
  (SELECT json_build_object('leadId', l.id, 'contactId', l.contact_id, 'name', coalesce(${leadName('l')}, ''), 'company', l.company) FROM leads l
    WHERE l.workspace_id = ${workspaceId}::uuid AND l.id = e.person))`;
