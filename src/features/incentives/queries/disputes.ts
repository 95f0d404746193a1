import { sql } from 'kysely';
import type { z } from 'zod';
import { readPlace, writePlace } from '#features/handoff/queries/paging.ts';
import type { Tx } from '#platform/db/database.ts';
import { Problem } from '#platform/errors.ts';
import type { Who } from '#platform/http/route.ts';
import { noteLooks } from '../actions/note-looks.ts';
import type { Dispute, disputeList, DisputesAsk } from '../contract/disputes.ts';
import { payPeriodOf } from '../contract/plan-periods.ts';
import type { StatementLine } from '../contract/statements.ts';
import { statementVisible, type Sight } from '../policy/access.ts';
import { whyNotAnswer, whyNotDecide, whyNotEscalate, whyNotWithdraw } from '../policy/disputes.ts';
import { type DisputeRow, getDisputeRow, readDisputes } from './dispute-rows.ts';
import { payCondition, sightOf } from './sight.ts';
import { readLines } from './statement-lines.ts';

/** Disputes of whom the asker sees, newest first. */
export async function listDisputes(tx: Tx, who: Who, asked: DisputesAsk): Promise<z.output<typeof disputeList>> {
  const sight = await sightOf(tx, who);
  const after = readPlace(asked.cursor);
  const rows = await readDisputes(tx, who.workspaceId, {
    where: [
      payCondition(sight, sql`d.member_id`, sql`d.side`),
      ...(asked.status ? [sql`d.status = ${asked.status}`] : []),
      ...(asked.memberId ? [sql`d.member_id = ${asked.memberId}::uuid`] : []),
      ...(asked.runId ? [sql`d.run_id = ${asked.runId}::uuid`] : []),
      ...(after ? [sql`(d.raised_at, d.id) < (${after.at}::timestamptz, ${after.id}::uuid)`] : []),
    ],
    limit: asked.limit + 1,
  });
  const shown = rows.slice(0, asked.limit);
  const last = shown.at(-1);
  return {
    items: await shownDisputes(tx, who, sight, shown),
    next: rows.length > shown.length && last ? writePlace({ at: last.raisedAt, id: last.id }) : null,
    total: null,
  };
}

/** @throws Problem not-found, forbidden */
export async function getDispute(tx: Tx, who: Who, id: string): Promise<Dispute> {
  const row = await getDisputeRow(tx, who.workspaceId, id);
  const sight = await sightOf(tx, who);
  if (!statementVisible(sight, row.payee)) throw new Problem('forbidden', 'A dispute is read by its payee and by who sees their pay.');
  const [shown] = await shownDisputes(tx, who, sight, [row]);
  return shown!;
}

async function shownDisputes(tx: Tx, who: Who, sight: Sight, rows: readonly DisputeRow[]): Promise<Dispute[]> {
  await noteLooks(
    tx,
    who,
    rows.map(({ payee }) => payee.id),
    'dispute',
    rows.length === 1 ? rows[0]!.id : null,
  );
  const lines = new Map(
    (await readLines(tx, who, [sql`l.id = ANY(${rows.map(({ lineId }) => lineId)}::uuid[])`])).map((line) => [line.id, line]),
  );
  const history = await historyOf(tx, who, rows);
  return rows.map((row) => disputeOf(sight, row, lines.get(row.lineId)!, history.get(row.id) ?? []));
}

function disputeOf(sight: Sight, row: DisputeRow, line: StatementLine, history: Dispute['history']): Dispute {
  const { periodStart, periodKind, lineId: _, correctionAmount, correctionCurrency, correctedIn, ...rest } = row;
  return {
    ...rest,
    runLabel: payPeriodOf(periodStart, periodKind).label,
    line,
    correction:
      correctionAmount !== null && correctionCurrency !== null
        ? { amount: String(correctionAmount), currency: correctionCurrency, runId: correctedIn }
        : null,
    history,
    can: {
      answer: whyNotAnswer(sight, row),
      escalate: whyNotEscalate(sight, row),
      decide: whyNotDecide(sight, row),
      withdraw: whyNotWithdraw(sight, row),
    },
  };
}

const verbs: Readonly<Record<string, string>> = {
  'dispute.raised': 'doubted the line',
  'dispute.explained': 'explained it',
  'dispute.corrected': 'agreed to a correction',
  'dispute.escalated': 'took it to the sponsor',
  'dispute.withdrawn': 'withdrew it',
};

/** From the facts, oldest first. */
async function historyOf(tx: Tx, { workspaceId }: Who, rows: readonly DisputeRow[]): Promise<Map<string, Dispute['history']>> {
  const { rows: facts } = await sql<{
    id: string;
    at: string;
    kind: string;
    member: Dispute['answeredBy'];
  }>`SELECT f.subject_id AS id, f.recorded_at AS at, f.kind,
      (SELECT json_build_object('id', m.id, 'name', m.name) FROM members m WHERE m.workspace_id = f.workspace_id AND m.id = f.member_id) AS member
    FROM facts f WHERE f.workspace_id = ${workspaceId}::uuid AND f.subject_kind = 'dispute' AND f.subject_id = ANY(${rows.map(({ id }) => id)}::uuid[])
    ORDER BY f.recorded_at, f.id`.execute(tx);
  const bySubject = Map.groupBy(facts, ({ id }) => id);
  return new Map([...bySubject].map(([id, each]) => [id, each.map(({ at, kind, member }) => ({ at, member, says: verbs[kind] ?? kind }))]));
}
