import { sql } from 'kysely';
import type { z } from 'zod';
import { readPlace, writePlace } from '#features/handoff/queries/paging.ts';
import type { Tx } from '#platform/db/database.ts';
import type { Who } from '#platform/http/route.ts';
import { labelOf, payPeriodOf } from '../contract/plan-periods.ts';
import type { runInList, runList, RunsAsk } from '../contract/runs.ts';
import { seesAllPay, type Sight } from '../policy/access.ts';
import { type ApprovalRow, approvalsOf, counting, readRuns, type RunRow } from './run-rows.ts';
import { type RunSums, sumsOfRuns } from './run-sums.ts';
import { payCondition, sightOf } from './sight.ts';

type Head = z.output<typeof runInList>;

/** Runs the asker sees something of: those that pay somebody they see, and all for who runs pay or audits. Newest period first. */
export async function listRuns(tx: Tx, who: Who, asked: RunsAsk): Promise<z.output<typeof runList>> {
  const sight = await sightOf(tx, who);
  const after = readPlace(asked.cursor);
  const runs = await readRuns(tx, who.workspaceId, {
    where: [
      seenRuns(sight),
      ...(asked.kind ? [sql`r.kind = ${asked.kind}`] : []),
      ...(asked.status ? [sql`r.status = ${asked.status}`] : []),
      ...(asked.periodKind ? [sql`r.period_kind = ${asked.periodKind}`] : []),
      ...(asked.seriesId ? [sql`r.series_id = ${asked.seriesId}::uuid`] : []),
      ...(asked.versionId
        ? [
            sql`EXISTS (SELECT FROM payout_run_versions v WHERE v.workspace_id = r.workspace_id AND v.run_id = r.id AND v.attempt = r.attempt
            AND v.version_id = ${asked.versionId}::uuid)`,
          ]
        : []),
      ...(after ? [sql`(r.period_start, r.id) < (${after.at}::timestamptz::date, ${after.id}::uuid)`] : []),
    ],
    limit: asked.limit + 1,
  });
  const shown = runs.slice(0, asked.limit);
  const sums = await sumsOfRuns(tx, who.workspaceId, sight, shown);
  const items: Head[] = [];
  for (const run of shown) items.push(headOf(run, await approvalsOf(tx, who.workspaceId, run.id), sums.get(run.id), sight));
  const last = shown.at(-1);
  const next = runs.length > shown.length && last ? writePlace({ at: `${last.periodStart}T00:00:00Z`, id: last.id }) : null;
  return { items, next, total: null };
}

/** Draft runs are read by who runs pay, audits or approves; of locked ones everybody sees their own. Shadow runs pay nobody and are heads' and auditors'. */
export function seenRuns(sight: Sight) {
  if (seesAllPay(sight)) return sql`true`;
  const pays = sql`EXISTS (SELECT FROM statement_lines l WHERE l.workspace_id = r.workspace_id AND l.run_id = r.id AND l.attempt = r.attempt
    AND ${payCondition(sight, sql`l.member_id`, sql`l.side`)})`;
  return sight.pay.marketing || sight.pay.sales ? pays : sql`(r.kind = 'regular' AND r.status = 'locked' AND ${pays})`;
}

export function headOf(run: RunRow, approvals: readonly ApprovalRow[], sums: RunSums | undefined, sight: Sight): Head {
  const { versionId: _, inputsHash: _i, linesHash: _l, discardedBecause: _d, ...head } = run;
  return {
    ...head,
    payable: run.kind === 'regular',
    label: labelOf(payPeriodOf(run.periodStart, run.periodKind).key),
    approvals: counting(run, approvals).length,
    sums: sums?.sums ?? [],
    payees: sums?.payees ?? 0,
    sumsAreWhole: seesAllPay(sight),
  };
}
