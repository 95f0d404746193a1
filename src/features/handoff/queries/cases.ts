import type { Case } from '#engine/handoff/judging.ts';
import type { StoredRejection, StoredRuling } from './stored-rejections.ts';

/** A rejection as it is judged. */
export function caseOf(rejection: StoredRejection, ownerId: string | null, rulings: readonly StoredRuling[]): Case {
  const { answer, inSample, ruling, rejectedBy, answeredBy, marketerId } = rejection;
  return {
    toJudge: answer === 'contested' || (answer === 'agreed' && inSample),
    ruling,
    rejectedBy,
    answeredBy,
    marketerId,
    ownerId,
    verdicts: rulings.filter(({ rejectionId }) => rejectionId === rejection.id),
  };
}
