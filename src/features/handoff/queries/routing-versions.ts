import { sql } from 'kysely';
import type { RoutingPlan } from '#engine/handoff/route.ts';
import { ruleLabels } from '#features/agreement/queries/rule-reading.ts';
import type { Tx, WorkspaceId } from '#platform/db/database.ts';
import { notFound } from '#platform/errors.ts';
import { routingContent, type RoutingContent } from '../contract.ts';

export interface RoutingVersion {
  readonly id: string;
  readonly number: number;
  readonly content: RoutingContent;
  readonly effectiveAt: string;
  readonly madeBy: { id: string; name: string } | null;
}

/** Routing that is on, and since when it was the first time: leads passed before are not routed by themselves. */
export interface RoutingInForce {
  readonly version: RoutingVersion;
  readonly plan: PlanInZone;
  readonly since: string;
}

interface VersionRow {
  id: string;
  number: number;
  content: unknown;
  effectiveAt: string;
  madeBy: { id: string; name: string } | null;
}

/** The version that counts: the latest. Null before the first. */
export async function findRoutingVersion(tx: Tx, workspaceId: WorkspaceId): Promise<RoutingVersion | null> {
  const [row] = await readVersions(tx, workspaceId, 1);
  return row ? { ...row, content: contentOf(row) } : null;
}

/** @throws Problem not-found */
export async function getRoutingVersion(tx: Tx, workspaceId: WorkspaceId, id: string): Promise<RoutingVersion> {
  const [row] = await readVersions(tx, workspaceId, 1, id);
  if (!row) throw notFound('version of the routing');
  return { ...row, content: contentOf(row) };
}

/** Newest first. */
export async function listRoutingVersions(tx: Tx, workspaceId: WorkspaceId): Promise<RoutingVersion[]> {
  return (await readVersions(tx, workspaceId, 200)).map((row) => ({ ...row, content: contentOf(row) }));
}

async function readVersions(tx: Tx, workspaceId: WorkspaceId, limit: number, id?: string): Promise<VersionRow[]> {
  const { rows } = await sql<VersionRow>`SELECT v.id, v.number, v.content, v.effective_at AS "effectiveAt",
      CASE WHEN m.id IS NOT NULL THEN json_build_object('id', m.id, 'name', m.name) END AS "madeBy"
    FROM routing_versions v LEFT JOIN members m ON m.workspace_id = v.workspace_id AND m.id = v.made_by
    WHERE v.workspace_id = ${workspaceId}::uuid ${id === undefined ? sql`` : sql`AND v.id = ${id}::uuid`} ORDER BY v.number DESC LIMIT ${limit}`.execute(
    tx,
  );
  return rows;
}

/** Null while routing is off. */
export async function findRoutingInForce(tx: Tx, workspaceId: WorkspaceId): Promise<RoutingInForce | null> {
  const version = await findRoutingVersion(tx, workspaceId);
  if (!version?.content.on) return null;
  const { rows } = await sql<{ since: string | null }>`SELECT min(effective_at) AS since FROM routing_versions
    WHERE workspace_id = ${workspaceId}::uuid AND (content -> 'on') IS DISTINCT FROM 'false'::jsonb`.execute(tx);
  return { version, plan: await planOf(tx, workspaceId, version.content), since: rows[0]?.since ?? version.effectiveAt };
}

/** What the engine follows, with the workspace's zone. */
export interface PlanInZone extends RoutingPlan {
  readonly timeZone: string;
}

export async function planOf(tx: Tx, workspaceId: WorkspaceId, content: RoutingContent): Promise<PlanInZone> {
  const rules = content.rules.map(({ when }) => when);
  const labels = await ruleLabels(tx, workspaceId, rules);
  return { ...content, labels, timeZone: labels.timeZone ?? 'UTC' };
}

/** A version never changes once it is written: the last of so many are read once. */
const remembered = 200;
const contents = new Map<string, RoutingContent>();

function contentOf({ id, content }: { id: string; content: unknown }): RoutingContent {
  const known = contents.get(id);
  if (known) return known;
  const read = routingContent.parse(content);
  contents.set(id, read);
  if (contents.size > remembered) contents.delete(contents.keys().next().value!);
  return read;
}
