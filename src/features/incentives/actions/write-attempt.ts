import { gzipSync } from 'node:zlib';
import { sql } from 'kysely';
import { readPeriod } from '#engine/payout/periods.ts';
import { dayText } from '#engine/values/calendarDay.ts';
import type { Tx, WorkspaceId } from '#platform/db/database.ts';
import { newId } from '#platform/db/ids.ts';
import type { ComputedPlan } from '../queries/computed-plan.ts';
import { agreedCorrections, hashOfRun } from '../queries/dispute-corrections.ts';
import { lineJson } from '../queries/plan-inputs.ts';
import type { RunRow } from '../queries/run-rows.ts';

/** Bytes of one part of the inputs. */
const partBytes = 1 << 20;
/** Rows of one statement. */
const batch = 2_000;

interface LineRow {
  readonly id: string;
  readonly lineNo: number;
  readonly lineKey: string;
  readonly versionId: string;
  readonly memberId: string;
  readonly side: string;
  readonly component: string;
  readonly kind: string;
  readonly amount: string;
  readonly currency: string;
  readonly periodStart: string;
  readonly reason: string | null;
  readonly factIds: readonly string[];
  readonly content: unknown;
  readonly disputeId: string | null;
}

/**
 * Writes the lines of an attempt, what they were computed from, and in a regular run what disputes agreed.
 * @returns the hash of all lines: what is approved
 */
export async function writeAttempt(tx: Tx, workspaceId: WorkspaceId, run: RunRow, given: readonly ComputedPlan[]): Promise<string> {
  const computed = given.toSorted((one, other) => (one.plan.version.id < other.plan.version.id ? -1 : 1));
  await sql`DELETE FROM payout_run_inputs WHERE workspace_id = ${workspaceId}::uuid AND run_id = ${run.id}::uuid`.execute(tx);
  for (const plan of computed) await writePlan(tx, workspaceId, run, plan);
  const corrections = run.kind === 'regular' ? await agreedCorrections(tx, workspaceId, run) : [];
  const lines = [...computed.flatMap(rowsOf), ...corrections].map((row, at) => ({ ...row, id: newId(), lineNo: at + 1 }));
  for (let at = 0; at < lines.length; at += batch) await insertLines(tx, workspaceId, run, lines.slice(at, at + batch));
  return hashOfRun(
    computed.map(({ plan, linesHash }) => ({ versionId: plan.version.id, linesHash })),
    corrections,
  );
}

async function writePlan(
  tx: Tx,
  workspaceId: WorkspaceId,
  run: RunRow,
  { plan, kept, inputsHash, linesHash, pool, notes }: ComputedPlan,
): Promise<void> {
  await sql`INSERT INTO payout_run_versions (workspace_id, run_id, attempt, version_id, inputs_hash, lines_hash, outcome)
    VALUES (${workspaceId}::uuid, ${run.id}::uuid, ${run.attempt}, ${plan.version.id}::uuid, ${inputsHash}, ${linesHash},
      ${JSON.stringify({ pool, notes })}::jsonb)`.execute(tx);
  const bytes = gzipSync(kept);
  for (let part = 0; part * partBytes < bytes.length; part++)
    await sql`INSERT INTO payout_run_inputs (workspace_id, run_id, attempt, version_id, part_no, bytes)
      VALUES (${workspaceId}::uuid, ${run.id}::uuid, ${run.attempt}, ${plan.version.id}::uuid, ${part}, ${bytes.subarray(part * partBytes, (part + 1) * partBytes)})`.execute(
      tx,
    );
}

type NewRow = Omit<LineRow, 'id' | 'lineNo'>;

function rowsOf({ plan, lines }: ComputedPlan): NewRow[] {
  const { version } = plan;
  const seen = new Map<string, number>();
  return lines.map(({ line, side, says, opens }) => {
    const forPeriod = line.rule.kind === 'correction' ? line.rule.period : line.period;
    const same = [version.planId, line.payee, line.component, line.rule.kind, forPeriod].join(' ');
    const count = (seen.get(same) ?? 0) + 1;
    seen.set(same, count);
    return {
      lineKey: `${same} ${count}`,
      versionId: version.id,
      memberId: line.payee,
      side,
      component: line.component,
      kind: line.rule.kind,
      amount: String(line.amount),
      currency: version.content.currency,
      periodStart: dayText(readPeriod(forPeriod).first),
      reason: line.rule.kind === 'correction' ? line.rule.because.map(({ reason }) => reason).join(' ') : null,
      factIds: line.facts.map(({ id }) => id),
      content: { line: lineJson(line), says, opens },
      disputeId: null,
    };
  });
}

async function insertLines(tx: Tx, workspaceId: WorkspaceId, run: RunRow, rows: readonly LineRow[]): Promise<void> {
  await sql`INSERT INTO statement_lines (workspace_id, id, run_id, attempt, line_no, line_key, version_id, member_id, side, component, kind, amount,
      currency, period_start, reason, fact_ids, content, dispute_id)
    SELECT ${workspaceId}::uuid, l.id, ${run.id}::uuid, ${run.attempt}, l."lineNo", l."lineKey", l."versionId", l."memberId", l.side, l.component, l.kind, l.amount,
      l.currency, l."periodStart", l.reason, ARRAY(SELECT jsonb_array_elements_text(l."factIds")), l.content, l."disputeId"
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS l(id uuid, "lineNo" int, "lineKey" text, "versionId" uuid, "memberId" uuid, side text,
      component text, kind text, amount bigint, currency text, "periodStart" date, reason text, "factIds" jsonb, content jsonb, "disputeId" uuid)`.execute(
    tx,
  );
}
