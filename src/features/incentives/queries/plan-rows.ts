/** Versions of plans as they are stored, with who is paid and who signed. */

import { type RawBuilder, sql } from 'kysely';
import type { PeriodKind } from '#engine/payout/plan.ts';
import type { Side as PaidSide } from '#engine/payout/sides.ts';
import type { Tx, WorkspaceId } from '#platform/db/database.ts';
import { notFound } from '#platform/errors.ts';
import type { PlanContent } from '../contract/plan-content.ts';
import type { PlanSignature } from '../contract/sign-off.ts';
import type { PlanState } from '../contract/states.ts';

export interface VersionRow {
  readonly id: string;
  readonly planId: string;
  readonly number: number;
  readonly status: PlanState;
  readonly content: PlanContent;
  readonly periodKind: PeriodKind;
  readonly effectiveFrom: string | null;
  readonly inForceFrom: string | null;
  readonly contentHash: string | null;
  readonly madeBy: { readonly id: string; readonly name: string } | null;
  readonly madeAt: string;
  readonly proposedAt: string | null;
  readonly signedAt: string | null;
  readonly withdrawnAt: string | null;
  readonly endedFrom: string | null;
  readonly signatures: readonly PlanSignature[];
  /** Signed, begun, not followed by another and not ended, as of today where the workspace is. */
  readonly inForce: boolean;
}

const todaySql = (workspaceId: WorkspaceId): RawBuilder<unknown> =>
  sql`(SELECT (now() AT TIME ZONE w.time_zone)::date FROM workspaces w WHERE w.id = ${workspaceId}::uuid)`;

/** Whether version `v` is the one of its plan `p` that counts on a day. */
const countsOn = (day: RawBuilder<unknown>): RawBuilder<unknown> => sql`(v.status = 'signed' AND v.in_force_from <= ${day}
  AND (p.ended_from IS NULL OR p.ended_from > ${day}) AND NOT EXISTS (SELECT FROM incentive_plan_versions n WHERE n.workspace_id = v.workspace_id
    AND n.plan_id = v.plan_id AND n.status = 'signed' AND n.in_force_from <= ${day} AND (n.in_force_from, n.number) > (v.in_force_from, v.number)))`;

const signaturesSql = sql`coalesce((SELECT json_agg(json_build_object('signsAs', s.signs_as, 'member', json_build_object('id', m.id, 'name', m.name),
    'onBehalf', s.on_behalf, 'contentHash', s.content_hash, 'signedAt', to_json(s.signed_at) #>> '{}') ORDER BY s.signed_at, s.id)
  FROM incentive_signatures s JOIN members m ON m.workspace_id = s.workspace_id AND m.id = s.member_id
  WHERE s.workspace_id = v.workspace_id AND s.version_id = v.id), '[]')`;

const selected = (
  workspaceId: WorkspaceId,
): RawBuilder<unknown> => sql`v.id, v.plan_id AS "planId", v.number, v.status, v.content, v.period_kind AS "periodKind",
  v.effective_from AS "effectiveFrom", v.in_force_from AS "inForceFrom", v.content_hash AS "contentHash",
  (SELECT json_build_object('id', m.id, 'name', m.name) FROM members m WHERE m.workspace_id = v.workspace_id AND m.id = v.made_by) AS "madeBy",
  v.made_at AS "madeAt", v.proposed_at AS "proposedAt", v.signed_at AS "signedAt", v.withdrawn_at AS "withdrawnAt", p.ended_from AS "endedFrom",
  ${signaturesSql} AS signatures, ${countsOn(todaySql(workspaceId))} AS "inForce"`;
const from = sql`incentive_plan_versions v JOIN incentive_plans p ON p.workspace_id = v.workspace_id AND p.id = v.plan_id`;

/** @param conditions of SQL over `v` (the version) and `p` (its plan) @param order such as `v.number DESC` */
export async function readVersions(
  tx: Tx,
  workspaceId: WorkspaceId,
  { where, order, limit }: { where: readonly RawBuilder<unknown>[]; order: RawBuilder<unknown>; limit?: number },
): Promise<VersionRow[]> {
  const { rows } = await sql<VersionRow>`SELECT ${selected(workspaceId)} FROM ${from}
    WHERE ${sql.join([sql`v.workspace_id = ${workspaceId}::uuid`, ...where], sql` AND `)}
    ORDER BY ${order} LIMIT ${limit ?? 1_000}`.execute(tx);
  return rows.map((row) => ({ ...row, signatures: row.signatures.map((each) => ({ ...each, signedAt: instantOf(each.signedAt) })) }));
}

/** JSON of PostgreSQL writes an instant with its offset. */
const instantOf = (text: string): string => Temporal.Instant.from(text).toString();

/** @throws Problem not-found */
export async function getVersion(tx: Tx, workspaceId: WorkspaceId, id: string): Promise<VersionRow> {
  const [row] = await readVersions(tx, workspaceId, { where: [sql`v.id = ${id}::uuid`], order: sql`v.id`, limit: 1 });
  if (!row) throw notFound('version of a plan');
  return row;
}

/** The version, which nobody else signs, edits or withdraws until the transaction ends. */
export async function lockVersion(tx: Tx, workspaceId: WorkspaceId, id: string): Promise<VersionRow> {
  await sql`SELECT 1 FROM incentive_plan_versions WHERE workspace_id = ${workspaceId}::uuid AND id = ${id}::uuid FOR UPDATE`.execute(tx);
  return getVersion(tx, workspaceId, id);
}

/** Versions of a plan, newest first. */
export const versionsOfPlan = (tx: Tx, workspaceId: WorkspaceId, planId: string): Promise<VersionRow[]> =>
  readVersions(tx, workspaceId, { where: [sql`v.plan_id = ${planId}::uuid`], order: sql`v.number DESC` });

/** Of a plan's versions the one that counts on a day. */
export function versionAt(versions: readonly VersionRow[], day: string): VersionRow | undefined {
  const counting = versions.filter(
    ({ status, inForceFrom, endedFrom }) =>
      status === 'signed' && inForceFrom !== null && inForceFrom <= day && (endedFrom === null || endedFrom > day),
  );
  const key = ({ inForceFrom, number }: VersionRow): string => `${inForceFrom} ${String(number).padStart(6, '0')}`;
  return counting.toSorted((one, other) => (key(one) < key(other) ? 1 : -1))[0];
}

/** Payees who signed by a moment, unsaid: at all. */
export const signedPayees = ({ signatures }: Pick<VersionRow, 'signatures'>, by?: string): Set<string> =>
  new Set(
    signatures
      .filter(({ signsAs, signedAt }) => signsAs === 'payee' && (by === undefined || Date.parse(signedAt) <= Date.parse(by)))
      .map(({ member }) => member.id),
  );

/** Sides in which a head has a login and can sign. */
export async function sidesWithHead(tx: Tx, workspaceId: WorkspaceId): Promise<Record<PaidSide, boolean>> {
  const { rows } = await sql<{ side: string }>`SELECT DISTINCT side FROM members
    WHERE workspace_id = ${workspaceId}::uuid AND active AND login_id IS NOT NULL AND role IN ('owner', 'admin', 'manager')`.execute(tx);
  const found = rows.map(({ side }) => side);
  return { marketing: found.includes('marketing'), sales: found.includes('sales') };
}

export interface PayeeMember {
  readonly id: string;
  readonly name: string;
  readonly side: string;
  readonly active: boolean;
  readonly hasLogin: boolean;
}

/** Members by id. */
export async function membersById(tx: Tx, workspaceId: WorkspaceId, ids: readonly string[]): Promise<Map<string, PayeeMember>> {
  const { rows } = await sql<PayeeMember>`SELECT id, name, side, active, login_id IS NOT NULL AS "hasLogin" FROM members
    WHERE workspace_id = ${workspaceId}::uuid AND id = ANY(${ids}::uuid[])`.execute(tx);
  return new Map(rows.map((row) => [row.id, row]));
}
