import { sql } from 'kysely';
import type { z } from 'zod';
import { noteAllLeads, noteChangedLeads } from '#features/records/actions/changed-leads.ts';
import type { Tx, WorkspaceId } from '#platform/db/database.ts';
import { newId } from '#platform/db/ids.ts';
import { notFound, Problem } from '#platform/errors.ts';
import { recordFact } from '#platform/facts/facts.ts';
import type { Who } from '#platform/http/route.ts';
import type { excuseDecision, newExcuse } from '../contract.ts';
import { whyNotAsk, whyNotDecide } from '../policy/excuses.ts';
import type { OwingSide } from '../policy/signing.ts';
import { signedAgreements } from '../queries/in-force.ts';

type NewExcuse = z.output<typeof newExcuse>;

/**
 * Asks that a clock, or every clock of a time, not be counted. Nothing changes until the other side has decided.
 * @returns the excuse's id
 * @throws Problem forbidden (the other side owes), not-found (lead, member, clause), conflict (the clause has no such excuse)
 */
export async function askExcuse(tx: Tx, who: Who, asked: NewExcuse): Promise<string> {
  const whyNot = whyNotAsk(who, asked.side);
  if (whyNot) throw new Problem('forbidden', whyNot);
  if (asked.clauseKey !== null) await refuseUnagreed(tx, who.workspaceId, asked, asked.clauseKey);
  if (asked.leadId !== null) await mustBeThere(tx, who.workspaceId, 'leads', asked.leadId, 'lead');
  if (asked.memberId !== null) await mustBeThere(tx, who.workspaceId, 'members', asked.memberId, 'member');
  const id = newId();
  await sql`INSERT INTO excuses (workspace_id, id, kind, side, clause_key, lead_id, member_id, starts_at, ends_at, reason, asked_by)
    VALUES (${who.workspaceId}::uuid, ${id}::uuid, ${asked.kind}, ${asked.side}, ${asked.clauseKey}, ${asked.leadId}::uuid, ${asked.memberId}::uuid,
      ${asked.startsAt}::timestamptz, ${asked.endsAt}::timestamptz, ${asked.reason}, ${who.memberId}::uuid)`.execute(tx);
  await recordFact(tx, who.workspaceId, {
    kind: 'excuse.asked',
    subjectKind: 'excuse',
    subjectId: id,
    memberId: who.memberId,
    body: { ...asked },
  });
  return id;
}

/** A clause is excused by what was agreed for it, in whichever version that ever was. */
async function refuseUnagreed(tx: Tx, workspaceId: WorkspaceId, asked: NewExcuse, key: string): Promise<void> {
  const versions = await signedAgreements(tx, workspaceId);
  const clauses = versions.flatMap(({ content }) => content.clauses).filter((clause) => clause.key === key && clause.side === asked.side);
  const latest = clauses.at(-1);
  if (!latest) throw notFound('clause');
  if (!clauses.some(({ excuses }) => excuses.includes(asked.kind)))
    throw new Problem('conflict', `“${latest.title}” was agreed without this excuse. It has: ${latest.excuses.join(', ') || 'none'}.`);
}

async function mustBeThere(tx: Tx, workspaceId: WorkspaceId, table: 'leads' | 'members', id: string, what: string): Promise<void> {
  const { rows } = await sql`SELECT 1 FROM ${sql.table(table)} WHERE workspace_id = ${workspaceId}::uuid AND id = ${id}::uuid`.execute(tx);
  if (rows.length === 0) throw notFound(what);
}

interface AskedRow {
  readonly side: OwingSide;
  readonly askedBy: string;
  readonly decided: boolean;
  readonly leadId: string | null;
}

/**
 * Grants or refuses an excuse, once. A granted one is counted anew: for its lead, or for all.
 * @throws Problem not-found, conflict (decided already), forbidden (the side that owes, who asked, nobody's head)
 */
export async function decideExcuse(tx: Tx, who: Who, id: string, given: z.output<typeof excuseDecision>): Promise<void> {
  const { rows } = await sql<AskedRow>`SELECT side, asked_by AS "askedBy", decision IS NOT NULL AS decided, lead_id AS "leadId"
    FROM excuses WHERE workspace_id = ${who.workspaceId}::uuid AND id = ${id}::uuid FOR UPDATE`.execute(tx);
  const asked = rows[0];
  if (!asked) throw notFound('excuse');
  const whyNot = whyNotDecide(who, asked);
  if (whyNot) throw new Problem(asked.decided ? 'conflict' : 'forbidden', whyNot);
  await sql`UPDATE excuses SET decision = ${given.decision}, decided_by = ${who.memberId}::uuid, decided_at = clock_timestamp(), decision_reason = ${given.reason}
    WHERE workspace_id = ${who.workspaceId}::uuid AND id = ${id}::uuid`.execute(tx);
  await recordFact(tx, who.workspaceId, {
    kind: `excuse.${given.decision}`,
    subjectKind: 'excuse',
    subjectId: id,
    memberId: who.memberId,
    body: { reason: given.reason },
  });
  if (given.decision === 'refused') return;
  if (asked.leadId === null) await noteAllLeads(tx, who.workspaceId);
  else await noteChangedLeads(tx, who.workspaceId, [asked.leadId]);
}
