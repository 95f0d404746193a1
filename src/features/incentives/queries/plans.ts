import { type RawBuilder, sql } from 'kysely';
import type { z } from 'zod';
import { readPlace, writePlace } from '#features/handoff/queries/paging.ts';
import type { Tx } from '#platform/db/database.ts';
import { notFound, Problem } from '#platform/errors.ts';
import type { Who } from '#platform/http/route.ts';
import type { planInList, planList, PlanOfPay, PlansAsk } from '../contract/plans.ts';
import { seesAllPay, type Sight, whyNotDraft } from '../policy/access.ts';
import { whyNoNext, whyNotEnd } from '../policy/plan-life.ts';
import { readVersions, type VersionRow, versionsOfPlan } from './plan-rows.ts';
import { seenPart } from './plan-seen.ts';
import { versionHead } from './plan-version.ts';
import { payCondition, sightOf } from './sight.ts';

type InList = z.output<typeof planInList>;

/** Plans of which the asker sees something, by the newest version they see, newest first. */
export async function listPlans(tx: Tx, who: Who, asked: PlansAsk): Promise<z.output<typeof planList>> {
  const sight = await sightOf(tx, who);
  const after = readPlace(asked.cursor);
  const seen = seenSql(sight);
  const newest = sql`NOT EXISTS (SELECT FROM incentive_plan_versions v2 WHERE v2.workspace_id = v.workspace_id AND v2.plan_id = v.plan_id AND v2.number > v.number AND ${seenSql(sight, 'v2')})`;
  const rows = await readVersions(tx, who.workspaceId, {
    where: [
      seen,
      newest,
      whichSql(asked.which, who),
      ...(after ? [sql`(v.made_at, v.id) < (${after.at}::timestamptz, ${after.id}::uuid)`] : []),
    ],
    order: sql`v.made_at DESC, v.id DESC`,
    limit: asked.limit + 1,
  });
  const shown = rows.slice(0, asked.limit);
  const last = shown.at(-1);
  const items: InList[] = [];
  for (const row of shown) items.push(inList(row, await versionsOfPlan(tx, who.workspaceId, row.planId), sight));
  return { items, next: rows.length > shown.length && last ? writePlace({ at: last.madeAt, id: last.id }) : null, total: null };
}

/** `seenPart` as SQL: whom it pays is asked of the content. */
function seenSql(sight: Sight, version: 'v' | 'v2' = 'v'): RawBuilder<unknown> {
  if (seesAllPay(sight)) return sql`true`;
  const [content, proposed] = [sql.ref(`${version}.content`), sql.ref(`${version}.proposed_at`)];
  const isHead = sight.pay.marketing || sight.pay.sales;
  const pays = sql`EXISTS (SELECT FROM jsonb_to_recordset(${content} -> 'payees') AS paid(id uuid, side text) WHERE ${payCondition(sight, sql`paid.id`, sql`paid.side`)})`;
  return isHead ? sql`(${pays} OR jsonb_typeof(${content} -> 'pool') = 'object')` : sql`(${proposed} IS NOT NULL AND ${pays})`;
}

function whichSql(which: PlansAsk['which'], { memberId }: Who): RawBuilder<unknown> {
  if (which === 'open') return sql`v.status IN ('draft', 'proposed')`;
  if (which === 'inForce')
    return sql`EXISTS (SELECT FROM incentive_plan_versions s WHERE s.workspace_id = v.workspace_id AND s.plan_id = v.plan_id AND s.status = 'signed')
      AND (p.ended_from IS NULL OR p.ended_from > (SELECT (now() AT TIME ZONE w.time_zone)::date FROM workspaces w WHERE w.id = v.workspace_id))`;
  if (which === 'awaitsMe')
    return sql`v.status IN ('proposed', 'signed') AND EXISTS (SELECT FROM incentive_plan_payees y WHERE y.workspace_id = v.workspace_id AND y.version_id = v.id AND y.member_id = ${memberId}::uuid)
      AND NOT EXISTS (SELECT FROM incentive_signatures s WHERE s.workspace_id = v.workspace_id AND s.version_id = v.id AND s.signs_as = 'payee' AND s.member_id = ${memberId}::uuid)`;
  return sql`true`;
}

function inList(latest: VersionRow, versions: readonly VersionRow[], sight: Sight): InList {
  const inForce = versions.find((each) => each.inForce && seenPart(sight, each) !== null);
  return {
    id: latest.planId,
    name: latest.content.name,
    latest: versionHead(latest, sight.memberId),
    inForce: inForce ? versionHead(inForce, sight.memberId) : null,
    endedFrom: latest.endedFrom,
    hasPool: latest.content.pool !== null,
  };
}

/** A plan with the versions of it that the asker sees. @throws Problem not-found, forbidden */
export async function getPlan(tx: Tx, who: Who, id: string): Promise<PlanOfPay> {
  const versions = await versionsOfPlan(tx, who.workspaceId, id);
  if (versions.length === 0) throw notFound('plan');
  const sight = await sightOf(tx, who);
  const [latest, ...others] = versions.filter((each) => seenPart(sight, each) !== null);
  if (!latest)
    throw new Problem('forbidden', 'A plan is read by whom it pays, their managers, the heads of their side, leadership and auditors.');
  const { rows } = await sql<{ endedBy: PlanOfPay['endedBy'] }>`SELECT (SELECT json_build_object('id', m.id, 'name', m.name) FROM members m
      WHERE m.workspace_id = p.workspace_id AND m.id = p.ended_by) AS "endedBy"
    FROM incentive_plans p WHERE p.workspace_id = ${who.workspaceId}::uuid AND p.id = ${id}::uuid`.execute(tx);
  const stranger = whyNotDraft(sight, versions[0]!.content.payees);
  return {
    id,
    name: latest.content.name,
    endedFrom: latest.endedFrom,
    endedBy: rows[0]?.endedBy ?? null,
    versions: [latest, ...others].map((each) => versionHead(each, who.memberId)),
    can: { end: stranger ?? whyNotEnd(versions), makeNext: stranger ?? whyNoNext(versions) },
  };
}
