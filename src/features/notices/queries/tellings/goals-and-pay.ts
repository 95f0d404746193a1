import { sql } from 'kysely';
import { payPeriodOf } from '#features/incentives/contract/plan-periods.ts';
import { rulesPayOf, seesAllPay, sightOf, statementVisible } from '#features/incentives/queries/sight.ts';
import type { Tx, WorkspaceId } from '#platform/db/database.ts';
import { headsOfSides, managersOf, readersById } from '../members.ts';
import { type Tell, type Telling, textIn, toEach } from './telling.ts';

/** Both its owners, once a week and goal. */
export const goalMissed: Tell = async (_tx, _workspaceId, { subjectId, body }) => {
  const owners = (body['owners'] ?? {}) as Record<string, unknown>;
  return toEach([textIn(owners, 'marketing'), textIn(owners, 'sales')], {
    matter: 'goal.missed',
    title: `The goal ${textIn(body, 'title') ?? ''} is off its pace`,
    opens: `/goals?open=${subjectId}`,
    onceKey: `goal ${subjectId} ${textIn(body, 'week') ?? ''}`,
  });
};

type PeriodKind = Parameters<typeof payPeriodOf>[1];

/** Each whom it pays: their own statement. */
export const statementReady: Tell = async (tx, workspaceId, { subjectId }) => {
  const { rows } = await sql<{ memberId: string; periodStart: string; periodKind: PeriodKind }>`SELECT DISTINCT l.member_id AS "memberId",
      r.period_start AS "periodStart", r.period_kind AS "periodKind"
    FROM payout_runs r JOIN statement_lines l ON l.workspace_id = r.workspace_id AND l.run_id = r.id AND l.attempt = r.attempt
    WHERE r.workspace_id = ${workspaceId}::uuid AND r.id = ${subjectId}::uuid AND r.kind = 'regular' AND r.status = 'locked'`.execute(tx);
  return rows.map(({ memberId, periodStart, periodKind }) => ({
    memberId,
    matter: 'statement.ready',
    title: `Your statement for ${payPeriodOf(periodStart, periodKind).label} is ready`,
    opens: `/incentives/statements/${subjectId}~${memberId}`,
  }));
};

// ── disputes ────────────────────────────────────────────────────────────────

interface Dispute {
  readonly memberId: string;
  readonly payee: string;
  readonly side: 'marketing' | 'sales';
  readonly raisedBy: string;
}

/** Their manager, the heads of their side; of these who sees their pay by their work. */
export const disputeRaised: Tell = async (tx, workspaceId, fact) => {
  const dispute = await findDispute(tx, workspaceId, fact.subjectId);
  if (!dispute) return [];
  const asked = [...(await managersOf(tx, workspaceId, dispute.memberId)), ...(await headsOfSides(tx, workspaceId, [dispute.side]))];
  const told = await whoSees(tx, workspaceId, dispute, asked, 'answers');
  return toEach(told, { matter: 'dispute.raised', title: `${fact.by} disputes a line of the statement of ${dispute.payee}`, opens });
};

/** The owner and the heads of leadership decide. */
export const disputeEscalated: Tell = async (tx, workspaceId, fact) => {
  const dispute = await findDispute(tx, workspaceId, fact.subjectId);
  if (!dispute) return [];
  const heads = await headsOfSides(tx, workspaceId, ['marketing', 'sales', 'leadership']);
  const told = await whoSees(tx, workspaceId, dispute, heads, 'decides');
  return toEach(told, { matter: 'dispute.raised', title: `${fact.by} takes the dispute of ${dispute.payee} to you`, opens });
};

const settled =
  (says: string): Tell =>
  async (tx, workspaceId, fact) => {
    const dispute = await findDispute(tx, workspaceId, fact.subjectId);
    if (!dispute) return [];
    const told = await whoSees(tx, workspaceId, dispute, [dispute.memberId, dispute.raisedBy], 'sees');
    return toEach(told, { matter: 'dispute.answered', title: `${fact.by} ${says}`, opens });
  };
export const disputeCorrected = settled('corrects the line that was disputed');
export const disputeExplained = settled('explains the line that was disputed');

const opens = '/incentives/disputes';

async function findDispute(tx: Tx, workspaceId: WorkspaceId, id: string): Promise<Dispute | undefined> {
  const { rows } = await sql<Dispute>`SELECT d.member_id AS "memberId", m.name AS payee, d.side, d.raised_by AS "raisedBy"
    FROM disputes d JOIN members m ON m.workspace_id = d.workspace_id AND m.id = d.member_id
    WHERE d.workspace_id = ${workspaceId}::uuid AND d.id = ${id}::uuid`.execute(tx);
  return rows[0];
}

async function whoSees(
  tx: Tx,
  workspaceId: WorkspaceId,
  { memberId: id, side }: Dispute,
  ids: readonly string[],
  how: 'sees' | 'answers' | 'decides',
): Promise<Telling['memberId'][]> {
  const seen: string[] = [];
  for (const [reader, who] of await readersById(tx, workspaceId, ids)) {
    const sight = await sightOf(tx, who);
    const paid = { id, side };
    if (
      how === 'sees'
        ? statementVisible(sight, paid)
        : how === 'answers'
          ? rulesPayOf(sight, paid)
          : seesAllPay({ ...sight, auditor: false })
    )
      seen.push(reader);
  }
  return seen;
}
