/** What somebody wants to give, checked: the thing is here, and it goes to the other side. */

import type { Tx } from '#platform/db/database.ts';
import { Problem } from '#platform/errors.ts';
import type { Who } from '#platform/http/route.ts';
import type { NewFeedback } from '../contract/feedback.ts';
import type { Towards } from '../contract/pieces.ts';
import { sidesToGive } from '../policy/feedback.ts';
import type { AnonymousFeedback } from '../queries/pending.ts';
import { responsibleFor } from '../queries/responsible.ts';
import { getSubject } from '../queries/subjects.ts';

/** @throws Problem not-found (the thing), bad-input (the side) */
export async function prepareFeedback(tx: Tx, who: Who, given: NewFeedback): Promise<AnonymousFeedback> {
  const { tone, subjectKind, subjectId, situation, behaviour, impact, nextTime, tags } = given;
  const subject = await getSubject(tx, who.workspaceId, subjectKind, subjectId);
  const toSide = sideOf(who, given.toSide);
  const { member, team } = (await responsibleFor(tx, who.workspaceId, subject)).find(({ side }) => side === toSide)!;
  return {
    ...{ tone, subjectKind, subjectId, situation, behaviour, impact, nextTime, toSide },
    recordKind: subject.recordKind,
    recordId: subject.recordId,
    subjectNote: subject.note,
    toMember: member?.id === who.memberId ? null : (member?.id ?? null),
    toTeam: team?.id ?? null,
    tags: [...new Set(tags)],
    clauses: subject.clauses,
  };
}

function sideOf(who: Who, said: Towards | undefined): Towards {
  const sides = sidesToGive(who);
  const toSide = said ?? (sides.length === 1 ? sides[0] : undefined);
  if (toSide && sides.includes(toSide)) return toSide;
  const reason = toSide
    ? `Feedback goes to the other side: for you that is ${sides.join(' or ')}.`
    : 'Say which side it is to: marketing or sales.';
  throw new Problem('bad-input', reason, { fields: [{ at: 'toSide', reason }] });
}
