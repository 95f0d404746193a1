import { type HandoffState, leadCan, verbs, type Verb } from '#engine/handoff/states.ts';
import { whyNotJudge } from '#engine/handoff/judging.ts';
import type { Tx } from '#platform/db/database.ts';
import type { Who } from '#platform/http/route.ts';
import type { HandoffDetail } from '../contract.ts';
import { type AnswerVerb, type LeadVerb, whyMayNot, whyMayNotAnswer, whyMayNotJudge } from '../policy/verbs.ts';
import { caseOf } from './cases.ts';
import { findConversation, needsConversation } from './conversation.ts';
import { type JudgingDefinition, needsDefinition } from './judging-definition.ts';
import type { LeadAtHand } from './lead-at-hand.ts';
import { findJudges, listRulings } from './stored-rejections.ts';

export interface Known {
  readonly lead: LeadAtHand;
  readonly definition: JudgingDefinition | null;
  readonly nextCycleId: string | null;
}

/** What the asker can do with a lead, and why not: the very answers the verbs would give. */
export async function listCan(tx: Tx, who: Who, known: Known): Promise<HandoffDetail['can']> {
  const answers: HandoffDetail['can'] = [];
  for (const verb of verbs) {
    const whyNot = whyNotFromHere(verb, known.lead.state) ?? (await whyNotWith(tx, who, known, verb));
    answers.push({ verb, label: leadCan[verb].label, may: whyNot === null, whyNot });
  }
  return answers;
}

const whyNotFromHere = (verb: Verb, state: HandoffState | null): string | null =>
  state === null ? 'It is not an MQL.' : leadCan[verb].from.includes(state) ? null : leadCan[verb].otherwise;

const answering: readonly Verb[] = ['agree', 'mend', 'contest'] satisfies AnswerVerb[];
const isAnswer = (verb: Verb): verb is AnswerVerb => answering.includes(verb);

async function whyNotWith(tx: Tx, who: Who, known: Known, verb: Verb): Promise<string | null> {
  if (isAnswer(verb)) return whyNotAnswer(who, known.lead, verb);
  if (verb === 'rule') return whyNotRule(tx, who, known.lead);
  return whyMayNot(verb, who, known.lead) ?? (await whatIsMissing(tx, who, known, verb));
}

/** What a verb needs besides. */
async function whatIsMissing(tx: Tx, who: Who, { lead, definition, nextCycleId }: Known, verb: LeadVerb): Promise<string | null> {
  if (verb === 'reject' && !definition) return needsDefinition;
  if (verb === 'qualify' && !(await findConversation(tx, who.workspaceId, lead))) return needsConversation;
  return verb === 'restart' && nextCycleId !== null ? 'This lead has a later cycle already.' : null;
}

function whyNotAnswer(who: Who, { rejection }: LeadAtHand, verb: AnswerVerb): string | null {
  if (rejection === null || rejection.answer !== null) return leadCan[verb].otherwise;
  return whyMayNotAnswer(who, rejection);
}

async function whyNotRule(tx: Tx, who: Who, { rejection, ownerId }: LeadAtHand): Promise<string | null> {
  if (rejection === null) return leadCan.rule.otherwise;
  const rulings = await listRulings(tx, who.workspaceId, [rejection.id]);
  return whyMayNotJudge(who) ?? whyNotJudge(caseOf(rejection, ownerId, rulings), who, await findJudges(tx, who.workspaceId));
}
