import { type RawBuilder, sql } from 'kysely';
import type { z } from 'zod';
import { picks } from '#engine/payout/payees.ts';
import { readPlace, writePlace } from '#features/handoff/queries/paging.ts';
import type { Tx } from '#platform/db/database.ts';
import type { Who } from '#platform/http/route.ts';
import { payPeriodBefore } from '../contract/plan-periods.ts';
import type { mboResult, mboResults, missingResult, missingResults, ResultsAsk } from '../contract/results.ts';
import { rulesPayOf } from '../policy/access.ts';
import { membersById, readVersions, versionAt, type VersionRow } from './plan-rows.ts';
import { payCondition, sightOf } from './sight.ts';
import { todayOf } from './today.ts';

type Result = z.output<typeof mboResult>;

const named = (column: string): RawBuilder<unknown> =>
  sql`(SELECT json_build_object('id', m.id, 'name', m.name) FROM members m WHERE m.workspace_id = r.workspace_id AND m.id = ${sql.ref(column)})`;

/** Where no signed version names it, its key. */
const objectiveName = sql`coalesce((SELECT o ->> 'name' FROM incentive_plan_versions v, jsonb_array_elements(v.content -> 'components') c,
    jsonb_array_elements(c -> 'objectives') o WHERE v.workspace_id = r.workspace_id AND v.plan_id = r.plan_id AND v.status = 'signed'
    AND c ->> 'id' = r.component AND o ->> 'id' = r.objective ORDER BY v.number DESC LIMIT 1), r.objective)`;

/** Results of whom the asker sees, newest first. */
export async function listResults(tx: Tx, who: Who, asked: ResultsAsk): Promise<z.output<typeof mboResults>> {
  const sight = await sightOf(tx, who);
  const after = readPlace(asked.cursor);
  const conditions = [
    sql`r.workspace_id = ${who.workspaceId}::uuid`,
    payCondition(sight, sql`r.member_id`, sql`p.side`),
    ...(asked.planId ? [sql`r.plan_id = ${asked.planId}::uuid`] : []),
    ...(asked.memberId ? [sql`r.member_id = ${asked.memberId}::uuid`] : []),
    ...(asked.periodStart ? [sql`r.period_start = ${asked.periodStart}::date`] : []),
    ...(after ? [sql`(r.recorded_at, r.id) < (${after.at}::timestamptz, ${after.id}::uuid)`] : []),
  ];
  const { rows } = await sql<Result>`SELECT r.id, r.plan_id AS "planId", (SELECT v.content ->> 'name' FROM incentive_plan_versions v
        WHERE v.workspace_id = r.workspace_id AND v.plan_id = r.plan_id ORDER BY v.number DESC LIMIT 1) AS "planName",
      r.component, r.objective, ${objectiveName} AS says, json_build_object('id', p.id, 'name', p.name, 'side', p.side) AS payee, r.period_start AS "periodStart",
      trim_scale(r.result_percent)::text AS "resultPercent", r.evidence, ${named('r.recorded_by')} AS "recordedBy", r.recorded_at AS "recordedAt",
      NOT EXISTS (SELECT FROM mbo_results n WHERE n.workspace_id = r.workspace_id AND (n.plan_id, n.component, n.objective, n.member_id, n.period_start)
        = (r.plan_id, r.component, r.objective, r.member_id, r.period_start) AND (n.recorded_at, n.id) > (r.recorded_at, r.id)) AS counts
    FROM mbo_results r JOIN members p ON p.workspace_id = r.workspace_id AND p.id = r.member_id AND p.side IN ('marketing', 'sales')
    WHERE ${sql.join(conditions, sql` AND `)} ORDER BY r.recorded_at DESC, r.id DESC LIMIT ${asked.limit + 1}`.execute(tx);
  const shown = rows.slice(0, asked.limit);
  const last = shown.at(-1);
  return { items: shown, next: rows.length > shown.length && last ? writePlace({ at: last.recordedAt, id: last.id }) : null, total: null };
}

type Missing = z.output<typeof missingResult>;

/** Objectives of the last ended period that nobody has recorded a result of, for whom the asker records them. */
export async function listMissingResults(tx: Tx, who: Who): Promise<z.output<typeof missingResults>> {
  const sight = await sightOf(tx, who);
  const today = await todayOf(tx, who.workspaceId);
  const signed = await readVersions(tx, who.workspaceId, {
    where: [sql`v.status = 'signed'`, sql`jsonb_path_exists(v.content, '$.components[*] ? (@.kind == "mbo")')`],
    order: sql`v.plan_id, v.number`,
  });
  const plans = [...Map.groupBy(signed, ({ planId }) => planId).values()];
  const wanted = plans.flatMap((versions) => objectivesOf(versions, today));
  const mine = wanted.filter(({ payee }) => payee.id !== who.memberId && rulesPayOf(sight, payee));
  const recorded = await recordedKeys(tx, who, mine);
  const items = mine.filter((each) => !recorded.has(keyOf(each)));
  const names = await membersById(tx, who.workspaceId, [...new Set(items.map(({ payee }) => payee.id))]);
  return {
    items: items.slice(0, 200).map((each) => ({ ...each, payee: { ...each.payee, name: names.get(each.payee.id)?.name ?? '' } })),
    total: items.length,
  };
}

function objectivesOf(versions: readonly VersionRow[], today: string): Missing[] {
  const kind = versions[0]!.periodKind;
  const periodStart = payPeriodBefore(today, kind).start;
  const version = versionAt(versions, periodStart);
  if (!version) return [];
  const { content, planId } = version;
  return content.components.flatMap((component) =>
    component.kind === 'mbo'
      ? content.payees
          .filter((payee) => picks(component.for, payee))
          .flatMap((payee) =>
            component.objectives.map(({ id, name }) => ({
              ...{ planId, planName: content.name, component: component.id, objective: id, says: name, periodStart },
              payee: { id: payee.id, name: '', side: payee.side },
              can: { record: null },
            })),
          )
      : [],
  );
}

type Keyed = Pick<Missing, 'planId' | 'component' | 'objective' | 'periodStart'> & { readonly payee: { readonly id: string } };
const keyOf = ({ planId, component, objective, periodStart, payee }: Keyed): string =>
  [planId, component, objective, payee.id, periodStart].join(' ');

async function recordedKeys(tx: Tx, who: Who, wanted: readonly Keyed[]): Promise<Set<string>> {
  const { rows } = await sql<{
    key: string;
  }>`SELECT DISTINCT concat_ws(' ', plan_id, component, objective, member_id, period_start) AS key FROM mbo_results
    WHERE workspace_id = ${who.workspaceId}::uuid AND plan_id = ANY(${[...new Set(wanted.map(({ planId }) => planId))]}::uuid[])`.execute(
    tx,
  );
  return new Set(rows.map(({ key }) => key));
}
