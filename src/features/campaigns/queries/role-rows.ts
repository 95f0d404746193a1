import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import type { RoleKind, RoleState } from '#engine/campaigns/states.ts';
import type { Sql } from '#features/records/queries/columns.ts';
import type { Named } from '#features/records/queries/names.ts';
import type { Tx, WorkspaceId } from '#platform/db/database.ts';
import { notFound } from '#platform/errors.ts';
import type { NamedCampaign } from '../contract/pieces.ts';

export interface RoleRow {
  readonly id: string;
  readonly campaign: NamedCampaign;
  readonly campaignOwnerId: string | null;
  readonly kind: RoleKind;
  readonly member: Named;
  readonly team: Named | null;
  readonly wanted: number;
  readonly dueOn: string | null;
  readonly note: string;
  readonly state: RoleState;
  readonly askedBy: Named;
  readonly askedAt: string;
  readonly answeredAt: string | null;
  readonly reason: string | null;
  readonly counterKind: RoleKind | null;
  readonly counterWanted: number | null;
  readonly counterNote: string | null;
  readonly decidedBy: Named | null;
  readonly decidedAt: string | null;
  readonly taken: boolean | null;
  readonly decisionNote: string | null;
  readonly changedAt: string;
}

const memberOf = (column: string): Sql =>
  sql`(SELECT json_build_object('id', m.id, 'name', m.name) FROM members m WHERE m.workspace_id = r.workspace_id AND m.id = ${sql.ref(column)})`;

/** @param where a condition over `r`; @param order and limit, over `r` */
export async function listRoleRows(
  tx: Tx,
  workspaceId: WorkspaceId,
  where: Sql,
  order: Sql = sql`ORDER BY r.due_on, r.asked_at, r.id`,
): Promise<RoleRow[]> {
  const { rows } = await sql<RoleRow>`
    SELECT r.id, json_build_object('id', c.id, 'name', c.name, 'startsOn', c.starts_on, 'endsOn', c.ends_on) AS campaign, c.owner_id AS "campaignOwnerId",
      r.kind, ${memberOf('r.member_id')} AS member,
      (SELECT json_build_object('id', t.id, 'name', t.name) FROM teams t WHERE t.workspace_id = r.workspace_id AND t.id = r.team_id) AS team,
      r.wanted, r.due_on AS "dueOn", r.note, r.state, ${memberOf('r.asked_by')} AS "askedBy", r.asked_at AS "askedAt", r.answered_at AS "answeredAt", r.reason,
      r.counter_kind AS "counterKind", r.counter_wanted AS "counterWanted", r.counter_note AS "counterNote",
      ${memberOf('r.decided_by')} AS "decidedBy", r.decided_at AS "decidedAt", r.taken, r.decision_note AS "decisionNote", r.changed_at AS "changedAt"
    FROM campaign_roles r JOIN campaigns c ON c.workspace_id = r.workspace_id AND c.id = r.campaign_id
    WHERE r.workspace_id = ${workspaceId}::uuid AND ${where} ${order}`.execute(tx);
  return rows;
}

/** @param lock holds the part until the transaction ends. @throws Problem not-found */
export async function getRoleRow(tx: Tx, workspaceId: WorkspaceId, id: string, lock = false): Promise<RoleRow> {
  if (lock) await sql`SELECT 1 FROM campaign_roles WHERE workspace_id = ${workspaceId}::uuid AND id = ${id}::uuid FOR UPDATE`.execute(tx);
  const [row] = await listRoleRows(tx, workspaceId, sql`r.id = ${id}::uuid`);
  if (!row) throw notFound('part in a campaign');
  return row;
}

/** Another with every move. */
export const versionOf = ({ id, state, changedAt }: RoleRow): string =>
  createHash('sha256').update(`${id} ${state} ${changedAt}`).digest('base64url').slice(0, 22);
