import { sql } from 'kysely';
import type { z } from 'zod';
import { leadName } from '#features/records/queries/names.ts';
import type { Tx } from '#platform/db/database.ts';
import type { Who } from '#platform/http/route.ts';
import type { excuse, list } from '../contract.ts';
import { whyNotDecide } from '../policy/excuses.ts';

type Excuse = z.output<typeof excuse>;
const most = 500;

const memberNamed = (column: string) =>
  sql`(SELECT json_build_object('id', m.id, 'name', m.name) FROM members m WHERE m.workspace_id = e.workspace_id AND m.id = ${sql.ref(column)})`;

/** Those that wait for a decision first, the oldest of them in front; then the decided ones, the latest first. */
export async function listExcuses(tx: Tx, who: Who): Promise<z.output<ReturnType<typeof list<typeof excuse>>>> {
  const { rows } = await sql<Omit<Excuse, 'mayDecide'>>`
    SELECT e.id, e.kind, e.side, e.clause_key AS "clauseKey", e.starts_at AS "startsAt", e.ends_at AS "endsAt", e.reason,
      CASE WHEN l.id IS NOT NULL THEN json_build_object('id', l.id, 'name', coalesce(${leadName('l')}, '')) END AS lead,
      ${memberNamed('e.member_id')} AS member, ${memberNamed('e.asked_by')} AS "askedBy", e.asked_at AS "askedAt",
      e.decision, ${memberNamed('e.decided_by')} AS "decidedBy", e.decided_at AS "decidedAt", e.decision_reason AS "decisionReason"
    FROM excuses e LEFT JOIN leads l ON l.workspace_id = ${who.workspaceId}::uuid AND l.id = e.lead_id
    WHERE e.workspace_id = ${who.workspaceId}::uuid
    ORDER BY e.decided_at IS NOT NULL, e.decided_at DESC, e.asked_at, e.id LIMIT ${most}`.execute(tx);
  const items = rows.map((row) => ({
    ...row,
    mayDecide: whyNotDecide(who, { side: row.side, askedBy: row.askedBy.id, decided: row.decision !== null }) === null,
  }));
  return { items, next: null, total: rows.length < most ? rows.length : null };
}
