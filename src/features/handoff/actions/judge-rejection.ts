import { sql } from 'kysely';
import type { z } from 'zod';
import { type Case, objectionTo, rulingOf, type Verdict } from '#engine/handoff/judging.ts';
import type { Tx } from '#platform/db/database.ts';
import { newId } from '#platform/db/ids.ts';
import { Problem } from '#platform/errors.ts';
import { recordFact } from '#platform/facts/facts.ts';
import type { Who } from '#platform/http/route.ts';
import type { newRuling } from '../contract.ts';
import { caseOf } from '../queries/cases.ts';
import { memberName } from '../queries/member-name.ts';
import { findJudges, listRulings, type StoredRuling } from '../queries/stored-rejections.ts';
import { followLeads } from './follow-leads.ts';
import { recordStep, writeStep } from './rejection-record.ts';
import { writeMove } from './take-lead.ts';
import { refuseCase, takeRejection, type TakenRejection } from './take-rejection.ts';

type Ruling = z.output<typeof newRuling>;

/**
 * One side's verdict on a rejection that was contested or drawn. When it decides the case the lead stays rejected, or
 * goes back to the rep as accepted.
 * @throws Problem not-found · conflict (not to be judged, or by this side already) · forbidden (involved in the case)
 */
export async function judgeRejection(tx: Tx, who: Who, id: string, given: Ruling): Promise<void> {
  const taken = await takeRejection(tx, who.workspaceId, id);
  const rulings = await listRulings(tx, who.workspaceId, [id]);
  const known = caseOf(taken.rejection, taken.lead.ownerId, rulings);
  await refuseJudge(tx, who, known, rulings);
  await refuseCase(tx, who, taken, 'rule');
  await writeVerdict(tx, who, taken, given);
  const ruling = rulingOf({ verdicts: [...known.verdicts, { side: who.side, verdict: given.verdict }] });
  if (ruling) await decideCase(tx, who, taken, ruling, given.reason);
  await followLeads(tx, who.workspaceId, [taken.lead.id]);
}

async function refuseJudge(tx: Tx, who: Who, known: Case, rulings: readonly StoredRuling[]): Promise<void> {
  const objection = objectionTo(known, who, await findJudges(tx, who.workspaceId));
  if (!objection) return;
  const first = objection.because === 'case' && known.ruling === null ? rulings.find(({ side }) => side === who.side) : undefined;
  const meanwhile = first ? ` ${await memberName(tx, who.workspaceId, first.memberId)} said: ${first.verdict}.` : '';
  throw new Problem(objection.because === 'member' ? 'forbidden' : 'conflict', `${objection.says}${meanwhile}`);
}

async function writeVerdict(tx: Tx, who: Who, { lead, rejection }: TakenRejection, { verdict, reason }: Ruling): Promise<void> {
  const id = newId();
  await sql`INSERT INTO rulings (workspace_id, id, rejection_id, side, member_id, verdict, reason, ruled_at)
    VALUES (${who.workspaceId}::uuid, ${id}::uuid, ${rejection.id}::uuid, ${who.side}, ${who.memberId}::uuid, ${verdict}, ${reason}, ${lead.at}::timestamptz)`.execute(
    tx,
  );
  await recordStep(tx, who, rejection.id, {
    kind: 'rejection.judged',
    at: lead.at,
    sets: {},
    body: { rulingId: id, side: who.side, verdict, note: reason },
  });
}

async function decideCase(tx: Tx, who: Who, taken: TakenRejection, ruling: Verdict, reason: string): Promise<void> {
  const { lead, rejection } = taken;
  await writeStep(tx, who, rejection.id, { kind: 'rejection.ruled', at: lead.at, sets: { ruling, ruledAt: lead.at } });
  const body = { rejectionId: rejection.id, note: reason };
  if (ruling === 'overturned')
    await writeMove(tx, who, lead, {
      kind: 'lead.reinstated',
      sets: { rejectedAt: null, rejectedReason: null, salAt: lead.lead.salAt ?? lead.at },
      body,
    });
  else
    await recordFact(tx, who.workspaceId, {
      kind: 'lead.upheld',
      subjectKind: 'lead',
      subjectId: lead.id,
      memberId: who.memberId,
      occurredAt: lead.at,
      body,
    });
}
