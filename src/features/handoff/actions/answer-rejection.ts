import type { z } from 'zod';
import { isDrawn } from '#engine/handoff/sample.ts';
import { leadCan } from '#engine/handoff/states.ts';
import { inForceAt, signedAgreements } from '#features/agreement/queries/in-force.ts';
import type { Tx, WorkspaceId } from '#platform/db/database.ts';
import { Problem } from '#platform/errors.ts';
import { recordFact } from '#platform/facts/facts.ts';
import type { Who } from '#platform/http/route.ts';
import type { rejectionAnswer } from '../contract.ts';
import { isMendable } from '../contract/mending.ts';
import { type AnswerVerb, whyMayNotAnswer } from '../policy/verbs.ts';
import { memberName } from '../queries/member-name.ts';
import { findRep } from '../queries/reps.ts';
import { followLeads } from './follow-leads.ts';
import { recordRoutings } from './record-routings.ts';
import { writeStep } from './rejection-record.ts';
import { writeMove } from './take-lead.ts';
import { refuseCase, takeRejection, type TakenRejection } from './take-rejection.ts';

type Answer = z.output<typeof rejectionAnswer>;

const verbOf: Readonly<Record<Answer['answer'], AnswerVerb>> = { agreed: 'agree', mended: 'mend', contested: 'contest' };

/** Marketing answers a rejection: the rep is right; it is mended and goes back; or it is contested and judged. */
export async function answerRejection(tx: Tx, who: Who, id: string, given: Answer): Promise<void> {
  const taken = await takeRejection(tx, who.workspaceId, id);
  const verb = verbOf[given.answer];
  await refuseAnswered(tx, who.workspaceId, taken, verb);
  await refuseCase(tx, who, taken, verb);
  const whyNot = whyMayNotAnswer(who, taken.rejection);
  if (whyNot) throw new Problem('forbidden', whyNot);
  refuseSets(given);
  const inSample = given.answer === 'agreed' && (await isInSample(tx, who.workspaceId, id));
  await writeStep(tx, who, id, {
    kind: `rejection.${given.answer}`,
    at: taken.lead.at,
    sets: {
      answer: given.answer,
      answeredBy: who.memberId,
      answeredAt: taken.lead.at,
      answerComment: given.comment,
      ...(inSample && { inSample }),
    },
  });
  if (given.answer === 'mended') await returnLead(tx, who, taken, given);
  if (given.answer === 'contested') await noteContest(tx, who, taken, given.comment);
  await followLeads(tx, who.workspaceId, [taken.lead.id]);
}

async function refuseAnswered(tx: Tx, workspaceId: WorkspaceId, { rejection }: TakenRejection, verb: AnswerVerb): Promise<void> {
  if (rejection.answer === null) return;
  const answered = { agreed: 'agreed with', mended: 'mended', contested: 'contested' }[rejection.answer];
  const by = await memberName(tx, workspaceId, rejection.answeredBy);
  throw new Problem('conflict', `${leadCan[verb].otherwise} It was ${answered}${by ? ` by ${by}` : ''}.`, {
    extra: { answer: rejection.answer },
  });
}

function refuseSets({ answer, sets }: Answer): void {
  const names = Object.keys(sets ?? {});
  const strange = answer === 'mended' ? names.filter((name) => !isMendable(name)) : names;
  if (strange.length === 0) return;
  const reason = answer === 'mended' ? 'is not for marketing to mend' : 'Only a rejection that is mended changes fields.';
  throw new Problem('bad-input', `sets: ${strange.join(', ')}: ${reason}`, {
    fields: strange.map((name) => ({ at: `sets.${name}`, reason })),
  });
}

/** The share that both sides agreed to look at; without a contract nothing is agreed. */
async function isInSample(tx: Tx, workspaceId: WorkspaceId, id: string): Promise<boolean> {
  const agreement = inForceAt(await signedAgreements(tx, workspaceId), Date.now());
  return agreement !== undefined && isDrawn(id, workspaceId, agreement.content.reviewSamplePercent);
}

/** Back to the rep who had it, if still at work, with a fresh clock. */
async function returnLead(tx: Tx, who: Who, { lead }: TakenRejection, { comment, sets }: Answer): Promise<void> {
  const rep = await findRep(tx, who.workspaceId, lead.ownerId);
  const why = [`${who.name} mended it: ${comment}`];
  await recordRoutings(tx, who.workspaceId, [{ leadId: lead.id, kind: 'returned', memberId: rep?.id ?? null, teamId: null, why }], {
    at: lead.at,
    by: who.memberId,
  });
  await writeMove(tx, who, lead, {
    kind: 'lead.mended',
    sets: { ...sets, rejectedAt: null, rejectedReason: null, salAt: null, ownerId: rep?.id ?? null },
    body: { note: comment },
  });
}

/** Nothing of the lead's own fields changes; its history tells it all the same. */
async function noteContest(tx: Tx, who: Who, { lead, rejection }: TakenRejection, comment: string): Promise<void> {
  await recordFact(tx, who.workspaceId, {
    kind: 'lead.contested',
    subjectKind: 'lead',
    subjectId: lead.id,
    memberId: who.memberId,
    occurredAt: lead.at,
    body: { rejectionId: rejection.id, note: comment },
  });
}
