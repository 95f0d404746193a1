import { sql } from 'kysely';
import { csvLine } from '#engine/csv/write.ts';
import { majorUnits } from '#engine/values/money.ts';
import type { z } from 'zod';
import type { Tx } from '#platform/db/database.ts';
import { Problem } from '#platform/errors.ts';
import type { Who } from '#platform/http/route.ts';
import { noteLooks } from '../actions/note-looks.ts';
import { payPeriodOf } from '../contract/plan-periods.ts';
import type { payroll, payrollRow } from '../contract/statements.ts';
import { whyNotExport } from '../policy/runs.ts';
import { getSeenRun } from './run-detail.ts';
import { payCondition, sightOf } from './sight.ts';

type Payroll = z.output<typeof payroll>;

/** What a locked run pays whom the asker sees, one row a person and currency. @throws Problem not-found, forbidden, conflict */
export async function payrollOf(tx: Tx, who: Who, runId: string): Promise<Payroll> {
  const sight = await sightOf(tx, who);
  const run = await getSeenRun(tx, who, sight, runId);
  const reason = whyNotExport(sight, run);
  if (reason !== null) throw new Problem(run.status === 'locked' ? 'forbidden' : 'conflict', reason);
  const { label } = payPeriodOf(run.periodStart, run.periodKind);
  const { rows } = await sql<Omit<z.output<typeof payrollRow>, 'amount' | 'runId' | 'label'> & { amount: bigint }>`
    SELECT json_build_object('id', m.id, 'name', m.name) AS member, min(l.side) AS side, m.email, l.currency, sum(l.amount)::bigint AS amount, count(*)::int AS lines
    FROM statement_lines l JOIN members m ON m.workspace_id = l.workspace_id AND m.id = l.member_id
    WHERE l.workspace_id = ${who.workspaceId}::uuid AND l.run_id = ${runId}::uuid AND l.attempt = ${run.attempt} AND ${payCondition(sight, sql`l.member_id`, sql`l.side`)}
    GROUP BY m.id, m.name, m.email, l.currency ORDER BY m.name, m.id, l.currency`.execute(tx);
  await noteLooks(
    tx,
    who,
    rows.map(({ member }) => member.id),
    'export',
    runId,
  );
  return { runId, label, linesHash: run.linesHash!, rows: rows.map((row) => ({ ...row, amount: String(row.amount), runId, label })) };
}

/** Amounts in whole units, as payroll programs read them; what a spreadsheet would run is neutralised. */
export async function* payrollRows({ rows, label, linesHash }: Payroll): AsyncGenerator<string> {
  yield csvLine(['Name', 'E-mail', 'Side', 'Period', 'Currency', 'Amount', 'Lines', 'Run']);
  for (const { member, email, side, currency, amount, lines } of rows)
    yield csvLine([member.name, email, side, label, currency, majorUnits(amount, currency), lines, linesHash]);
}
