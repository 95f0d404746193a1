/** A decision on the spot: logged, and where it changes what both sides agreed or rules on a rejection, done by that feature's own action. */

import { sql } from 'kysely';
import { draftAgreement, proposeAgreement } from '#features/agreement/actions/contract.ts';
import { draftDefinition, proposeDefinition } from '#features/agreement/actions/definitions.ts';
import { inForceAt, signedAgreements, signedDefinitions } from '#features/agreement/queries/in-force.ts';
import { judgeRejection } from '#features/handoff/actions/judge-rejection.ts';
import { getRejection } from '#features/handoff/queries/rejections.ts';
import type { Tx } from '#platform/db/database.ts';
import { newId } from '#platform/db/ids.ts';
import { Problem } from '#platform/errors.ts';
import { recordFact } from '#platform/facts/facts.ts';
import { refuseUnlessMay } from '#platform/http/access.ts';
import { policyNamed, type Who } from '#platform/http/route.ts';
import type { DecisionMade } from '../contract/actions.ts';
import { decidingNeeds } from '../policy.ts';
import { whyNotWithdraw } from '../policy/meetings.ts';
import { getDecision } from '../queries/decisions.ts';
import { refuseStrangeItem, takeMeeting } from './take-meeting.ts';

type Of<Kind extends DecisionMade['kind']> = Extract<DecisionMade, { kind: Kind }>;

/** @returns its id. @throws Problem as the other feature's route and action do: forbidden names the scope that is missing */
export async function decide(tx: Tx, who: Who, meetingId: string, given: DecisionMade): Promise<string> {
  const needed = decidingNeeds[given.kind];
  if (needed !== null) refuseUnlessMay(who, policyNamed(needed));
  await takeMeeting(tx, who, 'decide', meetingId);
  if (given.itemId !== null) await refuseStrangeItem(tx, who.workspaceId, meetingId, given.itemId);
  const ledTo = await carryOut(tx, who, given);
  const text = given.kind === 'ruling' ? await rulingText(tx, who, given) : given.text;
  const id = newId();
  await sql`INSERT INTO decisions (workspace_id, id, meeting_id, item_id, kind, text, led_to, decided_by)
    VALUES (${who.workspaceId}::uuid, ${id}::uuid, ${meetingId}::uuid, ${given.itemId}::uuid, ${given.kind}, ${text}, ${ledTo}::uuid, ${who.memberId}::uuid)`.execute(
    tx,
  );
  await record(tx, who, id, 'logged', { meetingId, kind: given.kind, text, ledTo });
  return id;
}

async function carryOut(tx: Tx, who: Who, given: DecisionMade): Promise<string | null> {
  switch (given.kind) {
    case 'logged':
      return null;
    case 'definition':
      return draftDefinitionFrom(tx, who, given);
    case 'contract':
      return draftContractFrom(tx, who, given);
    case 'ruling':
      await judgeRejection(tx, who, given.rejectionId, { verdict: given.verdict, reason: given.reason });
      return given.rejectionId;
  }
}

/** What is not said is taken from the version in force. */
async function draftDefinitionFrom(tx: Tx, who: Who, { term, text, rule, wording, effectiveFrom }: Of<'definition'>): Promise<string> {
  const inForce = inForceAt(await signedDefinitions(tx, who.workspaceId, term), Date.now());
  const settled = rule ?? inForce?.rule;
  if (settled === undefined)
    throw new Problem('bad-input', `There is no definition of ${term} in force to begin with: say its rule.`, {
      fields: [{ at: 'rule', reason: 'none is in force' }],
    });
  const id = await draftDefinition(tx, who, { term, text: wording || inForce?.text || text, rule: settled, examples: [] });
  if (effectiveFrom !== undefined) await proposeDefinition(tx, who, id, effectiveFrom);
  return id;
}

/** The clause takes the place of the one with its key, or is added. */
async function draftContractFrom(tx: Tx, who: Who, { clause, effectiveFrom }: Of<'contract'>): Promise<string> {
  const inForce = inForceAt(await signedAgreements(tx, who.workspaceId), Date.now())?.content;
  if (!inForce && !clause)
    throw new Problem('bad-input', 'There is no contract in force to begin with: say the clause.', {
      fields: [{ at: 'clause', reason: 'none is in force' }],
    });
  const content = inForce ?? { preamble: '', clauses: [], reviewSamplePercent: 10, reachedOutcomes: [] };
  const at = clause ? content.clauses.findIndex(({ key }) => key === clause.key) : -1;
  const clauses = !clause ? content.clauses : at < 0 ? [...content.clauses, clause] : content.clauses.with(at, clause);
  const id = await draftAgreement(tx, who, { content: { ...content, clauses } as never });
  if (effectiveFrom !== undefined) await proposeAgreement(tx, who, id, effectiveFrom);
  return id;
}

async function rulingText(tx: Tx, who: Who, { rejectionId, verdict, reason }: Of<'ruling'>): Promise<string> {
  const { lead } = await getRejection(tx, who, rejectionId);
  return `${who.side === 'marketing' ? 'Marketing' : who.side === 'sales' ? 'Sales' : 'Leadership'} says of the rejection of ${lead.name}: ${verdict}. ${reason}`;
}

/** What it led to stays, and is withdrawn where it stands. @throws Problem not-found, forbidden, conflict */
export async function withdrawDecision(tx: Tx, who: Who, id: string): Promise<void> {
  const found = await getDecision(tx, who, id);
  const whyNot = whyNotWithdraw(who, { kind: found.kind, decidedBy: found.decidedBy.id, withdrawnAt: found.withdrawnAt });
  if (whyNot !== null) throw new Problem(found.withdrawnAt !== null || found.kind === 'ruling' ? 'conflict' : 'forbidden', whyNot);
  await sql`UPDATE decisions SET withdrawn_at = now(), withdrawn_by = ${who.memberId}::uuid
    WHERE workspace_id = ${who.workspaceId}::uuid AND id = ${id}::uuid AND withdrawn_at IS NULL`.execute(tx);
  await record(tx, who, id, 'withdrawn', { meetingId: found.meeting.id });
}

const record = (tx: Tx, who: Who, id: string, deed: string, body: Record<string, unknown>): Promise<string> =>
  recordFact(tx, who.workspaceId, { kind: `decision.${deed}`, subjectKind: 'decision', subjectId: id, memberId: who.memberId, body });
