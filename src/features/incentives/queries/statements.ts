import { sql } from 'kysely';
import type { z } from 'zod';
import type { Tx } from '#platform/db/database.ts';
import { isId } from '#platform/db/ids.ts';
import { notFound, Problem } from '#platform/errors.ts';
import type { Who } from '#platform/http/route.ts';
import { payPeriodOf } from '../contract/plan-periods.ts';
import type { PoolState } from '../contract/runs.ts';
import type { Statement, statementInList, statementList, StatementLine, StatementsAsk } from '../contract/statements.ts';
import { noteLooks } from '../actions/note-looks.ts';
import { statementVisible } from '../policy/access.ts';
import type { PlanNote } from './computed-plan.ts';
import { getRun, type RunRow } from './run-rows.ts';
import { payCondition, sightOf } from './sight.ts';
import { readLines } from './statement-lines.ts';

type InList = z.output<typeof statementInList>;

/** Names a statement in the web app's addresses. */
export const statementId = (runId: string, memberId: string): string => `${runId}~${memberId}`;

/** What one person gets by one run, line by line. A look at another's is written down. @throws Problem not-found, forbidden */
export async function getStatement(tx: Tx, who: Who, runId: string, memberId: string): Promise<Statement> {
  const run = await getRun(tx, who.workspaceId, runId);
  const payee = await payeeOf(tx, who, run, memberId);
  const sight = await sightOf(tx, who);
  if (!statementVisible(sight, payee))
    throw new Problem('forbidden', 'A statement is its payee’s, their manager’s, the heads’ of their side, leadership’s and auditors’.');
  const isOwnAlone = !sight.pay[payee.side] && !sight.auditor && !sight.managed.has(memberId);
  // What isn't locked yet changes still: the payee reads it when it is paid.
  if (isOwnAlone && (run.kind === 'shadow' || run.status !== 'locked')) throw notFound('statement');
  await noteLooks(tx, who, [memberId], 'statement', runId);
  const lines = await readLines(tx, who, [
    sql`l.run_id = ${runId}::uuid`,
    sql`l.attempt = ${run.attempt}`,
    sql`l.member_id = ${memberId}::uuid`,
  ]);
  const period = payPeriodOf(run.periodStart, run.periodKind);
  return {
    ...{ id: statementId(runId, memberId), runId, kind: run.kind, payable: run.kind === 'regular', status: run.status },
    ...{ periodKind: run.periodKind, periodStart: run.periodStart, periodEnd: run.periodEnd, label: period.label, payee },
    sums: sumsOf(lines),
    own: sumsOf(lines.filter(({ isCorrection }) => !isCorrection)),
    corrections: sumsOf(lines.filter(({ isCorrection }) => isCorrection)),
    lines,
    ...(await poolsAndNotes(tx, who, run, memberId, lines)),
  };
}

async function payeeOf(tx: Tx, { workspaceId }: Who, run: RunRow, memberId: string): Promise<Statement['payee']> {
  const { rows } = await sql<Statement['payee']>`SELECT m.id, m.name, l.side FROM statement_lines l
      JOIN members m ON m.workspace_id = l.workspace_id AND m.id = l.member_id
    WHERE l.workspace_id = ${workspaceId}::uuid AND l.run_id = ${run.id}::uuid AND l.attempt = ${run.attempt} AND l.member_id = ${memberId}::uuid LIMIT 1`.execute(
    tx,
  );
  if (!rows[0]) throw notFound('statement');
  return rows[0];
}

export function sumsOf(lines: readonly Pick<StatementLine, 'currency' | 'amount'>[]): Statement['sums'] {
  const sums = new Map<string, bigint>();
  for (const { currency, amount } of lines) sums.set(currency, (sums.get(currency) ?? 0n) + BigInt(amount));
  return [...sums].toSorted(([one], [other]) => (one < other ? -1 : 1)).map(([currency, amount]) => ({ currency, amount: String(amount) }));
}

/** Pools of the plans that pay them, and what was said about them. */
async function poolsAndNotes(
  tx: Tx,
  { workspaceId }: Who,
  run: RunRow,
  memberId: string,
  lines: readonly StatementLine[],
): Promise<Pick<Statement, 'pools' | 'notes'>> {
  const versions = [...new Set(lines.map(({ plan }) => plan.versionId))];
  const { rows } = await sql<{ outcome: { pool: PoolState | null; notes: readonly PlanNote[] } }>`SELECT outcome FROM payout_run_versions
    WHERE workspace_id = ${workspaceId}::uuid AND run_id = ${run.id}::uuid AND attempt = ${run.attempt} AND version_id = ANY(${versions}::uuid[])
    ORDER BY version_id`.execute(tx);
  return {
    pools: rows.flatMap(({ outcome }) => outcome.pool ?? []),
    notes: rows.flatMap(({ outcome }) => outcome.notes.filter(({ payee }) => payee === memberId).map(({ what }) => what)),
  };
}

/** Statements of whom the asker sees, newest period first. */
export async function listStatements(tx: Tx, who: Who, asked: StatementsAsk): Promise<z.output<typeof statementList>> {
  const sight = await sightOf(tx, who);
  const after = readCursor(asked.cursor);
  const rules = [
    sight.auditor ? sql`true` : sql`false`,
    ...(['marketing', 'sales'] as const).map((side) => (sight.pay[side] ? sql`l.side = ${side}` : sql`false`)),
  ];
  const { rows } = await sql<
    Omit<InList, 'sums' | 'label' | 'id' | 'payable'> & { periodKind: RunRow['periodKind']; amounts: Record<string, string> }
  >`
    SELECT r.id AS "runId", r.kind, r.status, r.period_start AS "periodStart", r.period_kind AS "periodKind",
      json_build_object('id', m.id, 'name', m.name, 'side', min(l.side)) AS payee,
      (SELECT json_object_agg(c.currency, c.amount::text) FROM (SELECT s.currency, sum(s.amount) AS amount FROM statement_lines s
        WHERE s.workspace_id = l.workspace_id AND s.run_id = r.id AND s.attempt = r.attempt AND s.member_id = m.id GROUP BY s.currency) c) AS amounts,
      (SELECT count(*)::int FROM disputes d WHERE d.workspace_id = l.workspace_id AND d.run_id = r.id AND d.member_id = m.id AND d.status IN ('open', 'escalated')) AS "openDisputes"
    FROM statement_lines l JOIN payout_runs r ON r.workspace_id = l.workspace_id AND r.id = l.run_id AND r.attempt = l.attempt
      JOIN members m ON m.workspace_id = l.workspace_id AND m.id = l.member_id
    WHERE ${sql.join(
      [
        sql`l.workspace_id = ${who.workspaceId}::uuid`,
        sql`r.kind = ${asked.kind}`,
        sql`r.status <> 'discarded'`,
        payCondition(sight, sql`l.member_id`, sql`l.side`),
        sql`(r.status = 'locked' OR ${sql.join(rules, sql` OR `)} OR (l.member_id <> ${who.memberId}::uuid))`,
        ...(asked.memberId ? [sql`l.member_id = ${asked.memberId}::uuid`] : []),
        ...(asked.runId ? [sql`r.id = ${asked.runId}::uuid`] : []),
        ...(after ? [sql`(r.period_start, r.id, m.id) < (${after.periodStart}::date, ${after.runId}::uuid, ${after.memberId}::uuid)`] : []),
      ],
      sql` AND `,
    )}
    GROUP BY l.workspace_id, r.id, r.kind, r.status, r.period_start, r.period_kind, r.attempt, m.id, m.name
    ORDER BY r.period_start DESC, r.id DESC, m.id DESC LIMIT ${asked.limit + 1}`.execute(tx);
  const shown = rows.slice(0, asked.limit);
  await noteLooks(
    tx,
    who,
    shown.map(({ payee }) => payee.id),
    'statement',
    asked.runId ?? null,
  );
  return {
    items: shown.map(({ amounts, periodKind, ...row }) => ({
      ...row,
      id: statementId(row.runId, row.payee.id),
      payable: row.kind === 'regular',
      label: payPeriodOf(row.periodStart, periodKind).label,
      sums: Object.entries(amounts).map(([currency, amount]) => ({ currency, amount })),
    })),
    next: rows.length > shown.length ? writeCursor(shown.at(-1)!) : null,
    total: null,
  };
}

const writeCursor = ({ periodStart, runId, payee }: Pick<InList, 'periodStart' | 'runId' | 'payee'>): string =>
  `${periodStart}~${runId}~${payee.id}`;

/** @throws Problem bad-input for one that was made up */
function readCursor(text: string | undefined): { periodStart: string; runId: string; memberId: string } | null {
  if (text === undefined) return null;
  const [periodStart = '', runId = '', memberId = '', ...more] = text.split('~');
  if (/^\d{4}-\d\d-01$/.test(periodStart) && isId(runId) && isId(memberId) && more.length === 0) return { periodStart, runId, memberId };
  throw new Problem('bad-input', 'The cursor does not belong to this list: start again without one.', {
    fields: [{ at: 'cursor', reason: 'unknown' }],
  });
}
