import { gunzipSync } from 'node:zlib';
import { sql } from 'kysely';
import type { Database, Tx, WorkspaceId } from '#platform/db/database.ts';
import type { Who } from '#platform/http/route.ts';
import { Problem } from '#platform/errors.ts';
import type { z } from 'zod';
import type { runCheck } from '../contract/runs.ts';
import { payPeriodOf } from '../contract/plan-periods.ts';
import { whyNotRunPay } from '../policy/runs.ts';
import { hashOfLines } from './computed-plan.ts';
import { correctionsIn, hashOfRun } from './dispute-corrections.ts';
import { gatherHistory } from './gather-history.ts';
import { outcomeOf, type PlanInputs, readInputs, writeInputs } from './plan-inputs.ts';
import { getVersion } from './plan-rows.ts';
import { getRun, type RunRow } from './run-rows.ts';
import { getSeenRun } from './run-detail.ts';
import { sightOf } from './sight.ts';

type RunCheck = z.output<typeof runCheck>;

/** The run computed again from the inputs kept with it, and what of those facts has changed since. @throws Problem not-found, forbidden */
export async function checkRun(database: Database, who: Who, id: string): Promise<RunCheck> {
  const { workspaceId } = who;
  const { run, kept, corrections } = await database.inWorkspace(workspaceId, async (tx) => {
    await getRun(tx, workspaceId, id);
    const sight = await sightOf(tx, who);
    const reason = sight.auditor ? null : whyNotRunPay(sight);
    if (reason !== null) throw new Problem('forbidden', reason);
    const seen = await getSeenRun(tx, who, sight, id);
    return { run: seen, kept: await keptInputs(tx, workspaceId, seen), corrections: await correctionsIn(tx, workspaceId, seen) };
  });
  const recomputed = recomputedHash(kept, corrections);
  const changedFacts: RunCheck['changedFacts'] = [];
  for (const each of kept) changedFacts.push(...(await changesSince(database, workspaceId, run, each)));
  return { equal: recomputed === run.linesHash, linesHash: run.linesHash ?? '', recomputedHash: recomputed, changedFacts };
}

export interface KeptInputs {
  readonly versionId: string;
  readonly linesHash: string;
  readonly inputsHash: string;
  readonly text: string;
}

/** Of the attempt that counts, by version. */
export async function keptInputs(tx: Tx, workspaceId: WorkspaceId, run: Pick<RunRow, 'id' | 'attempt'>): Promise<KeptInputs[]> {
  const { rows } = await sql<
    Omit<KeptInputs, 'text'> & { bytes: Buffer }
  >`SELECT v.version_id AS "versionId", v.lines_hash AS "linesHash", v.inputs_hash AS "inputsHash",
      string_agg(i.bytes, ''::bytea ORDER BY i.part_no) AS bytes
    FROM payout_run_versions v JOIN payout_run_inputs i ON i.workspace_id = v.workspace_id AND i.run_id = v.run_id AND i.attempt = v.attempt AND i.version_id = v.version_id
    WHERE v.workspace_id = ${workspaceId}::uuid AND v.run_id = ${run.id}::uuid AND v.attempt = ${run.attempt}
    GROUP BY v.version_id, v.lines_hash, v.inputs_hash ORDER BY v.version_id`.execute(tx);
  return rows.map(({ bytes, ...row }) => ({ ...row, text: gunzipSync(bytes).toString('utf8') }));
}

/** Of all lines, computed from what was kept: equal to the run's own where nothing was touched. */
export const recomputedHash = (kept: readonly KeptInputs[], corrections: Parameters<typeof hashOfRun>[1]): string =>
  hashOfRun(
    kept.map(({ versionId, text }) => ({ versionId, linesHash: hashOfLines(outcomeOf(readInputs(text)).lines) })),
    corrections,
  );

/** What would be read otherwise today: recorded late, reversed, credited otherwise. They are corrections of the next run. */
async function changesSince(
  database: Database,
  workspaceId: WorkspaceId,
  run: RunRow,
  { versionId, text }: KeptInputs,
): Promise<RunCheck['changedFacts']> {
  const before = readInputs(text);
  const version = await database.inWorkspace(workspaceId, (tx) => getVersion(tx, workspaceId, versionId));
  const { rows } = await database.inWorkspace(workspaceId, (tx) => sql<{ now: string }>`SELECT now() AS now`.execute(tx));
  const { end } = payPeriodOf(run.periodStart, run.periodKind);
  const { evidence, openings } = await gatherHistory(
    database,
    workspaceId,
    { version, versions: before.versions },
    { until: end, cutOff: rows[0]!.now },
  );
  const [then, now] = [textsOf(before), textsOf({ ...before, evidence })];
  const changed = [...new Set([...then.keys(), ...now.keys()])].filter((id) => then.get(id) !== now.get(id)).toSorted();
  const none = (label: string) => ({ kind: 'none' as const, id: null, label, on: null, amount: null, currency: null, path: null });
  return changed.slice(0, 500).map((id) => ({
    opening: openings.get(id) ?? none(id),
    says: !then.has(id) ? 'recorded since' : !now.has(id) ? 'no longer there' : 'reads otherwise now',
  }));
}

/** Each fact as one text, by id. */
function textsOf(inputs: PlanInputs): Map<string, string> {
  const { evidence } = JSON.parse(writeInputs(inputs)) as { evidence: { facts: { id: string }[] } };
  return new Map(evidence.facts.map((fact) => [fact.id, JSON.stringify(fact)]));
}
