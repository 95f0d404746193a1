import { sql } from 'kysely';
import type { z } from 'zod';
import { readPlace, writePlace } from '#features/handoff/queries/paging.ts';
import type { Tx } from '#platform/db/database.ts';
import { notFound, Problem } from '#platform/errors.ts';
import type { Who } from '#platform/http/route.ts';
import type { auditor, LooksAsk, look, looks, PaySight } from '../contract/access.ts';
import { mayGrantAuditors } from '../policy.ts';
import { seesAllPay, statementVisible } from '../policy/access.ts';
import { membersById } from './plan-rows.ts';
import { sightOf } from './sight.ts';

/** What the asker sees of pay, as it is now. */
export async function getPaySight(tx: Tx, who: Who): Promise<PaySight> {
  const sight = await sightOf(tx, who);
  const { rows } = await sql<{ isPayee: boolean }>`SELECT EXISTS (SELECT FROM incentive_plan_payees
    WHERE workspace_id = ${who.workspaceId}::uuid AND member_id = ${who.memberId}::uuid) AS "isPayee"`.execute(tx);
  const { marketing, sales } = sight.pay;
  return {
    all: seesAllPay(sight),
    sides: { marketing: marketing || sight.auditor, sales: sales || sight.auditor },
    managesSomebody: sight.managed.size > 0,
    auditor: sight.auditor,
    isPayee: rows[0]!.isPayee,
    can: {
      draftPlans: marketing || sales ? null : 'Heads draft plans: a manager, an admin or the owner.',
      grantAuditors: mayGrantAuditors.may(who) ? null : 'The owner names auditors.',
    },
  };
}

type Auditor = z.output<typeof auditor>;

/** Everybody may know who reads all pay. Those who do first, then the newest. */
export async function listAuditors(tx: Tx, who: Who): Promise<Auditor[]> {
  const named = (column: string) =>
    sql`(SELECT json_build_object('id', m.id, 'name', m.name) FROM members m WHERE m.workspace_id = a.workspace_id AND m.id = ${sql.ref(column)})`;
  const { rows } = await sql<Auditor>`SELECT a.id, ${named('a.member_id')} AS member, a.reason, ${named('a.granted_by')} AS "grantedBy",
      a.granted_at AS "grantedAt", ${named('a.revoked_by')} AS "revokedBy", a.revoked_at AS "revokedAt"
    FROM incentive_auditors a WHERE a.workspace_id = ${who.workspaceId}::uuid ORDER BY a.revoked_at IS NOT NULL, a.granted_at DESC, a.id LIMIT 500`.execute(
    tx,
  );
  return rows;
}

type Look = z.output<typeof look>;

/**
 * Who looked at somebody's pay, newest first. One's own; that of others for whoever sees their pay.
 * @throws Problem not-found, forbidden
 */
export async function listLooks(tx: Tx, who: Who, asked: LooksAsk): Promise<z.output<typeof looks>> {
  const payeeId = asked.payeeId ?? who.memberId;
  const payee = (await membersById(tx, who.workspaceId, [payeeId])).get(payeeId);
  if (!payee) throw notFound('member');
  const sight = await sightOf(tx, who);
  const isPaid =
    payee.side === 'marketing' || payee.side === 'sales' ? statementVisible(sight, { id: payee.id, side: payee.side }) : seesAllPay(sight);
  if (payeeId !== who.memberId && !isPaid)
    throw new Problem('forbidden', 'Who looked at somebody’s pay is told to them, and to who sees that pay.');
  const after = readPlace(asked.cursor);
  const { rows } = await sql<
    Look & { viewerId: string }
  >`SELECT json_build_object('id', m.id, 'name', m.name, 'side', m.side) AS viewer, l.viewer_id AS "viewerId",
      l.what, l.record_id AS "recordId", l.hour, l.looked_at AS "lookedAt"
    FROM statement_looks l JOIN members m ON m.workspace_id = l.workspace_id AND m.id = l.viewer_id
    WHERE l.workspace_id = ${who.workspaceId}::uuid AND l.payee_id = ${payeeId}::uuid
      ${after ? sql`AND (l.hour, l.viewer_id) < (${after.at}::timestamptz, ${after.id}::uuid)` : sql``}
    ORDER BY l.hour DESC, l.viewer_id DESC LIMIT ${asked.limit + 1}`.execute(tx);
  const shown = rows.slice(0, asked.limit);
  const last = shown.at(-1);
  return {
    items: shown.map(({ viewerId: _, ...each }) => each),
    next: rows.length > shown.length && last ? writePlace({ at: last.hour, id: last.viewerId }) : null,
    total: null,
    payee: { id: payee.id, name: payee.name },
  };
}
