/** Clauses that were not kept in the last four weeks: of speed, of a pace, and all others. */

import { sideWords, type ItemKindOfClause } from './clause-words.ts';
import type { ClauseAttainment } from '#features/agreement/contract.ts';
import { dayWords } from '#features/goals/contract/wording.ts';
import { answerAttainment } from '#features/handoff/queries/attainment.ts';
import { moneyText } from '#engine/values/money.ts';
import { type AgendaGround, countOf, type Offered, percentOf, plainly, plusDays, weighed } from './offered.ts';

export async function offerBreaches(ground: AgendaGround): Promise<Offered[]> {
  const days = lastFourWeeks(ground.asOf);
  const { clauses } = await answerAttainment(ground.database, ground.workspaceId, { ...days, as: 'then', by: 'none' });
  return clauses.filter(({ kept }) => kept === false).map((clause) => offer(ground, clause, days));
}

/** Both days included. */
export const lastFourWeeks = (asOf: string): { start: string; end: string } => ({ start: plusDays(asOf, -27), end: asOf });

const kindOf = ({ pace, metric }: ClauseAttainment): ItemKindOfClause =>
  pace !== null ? 'pace' : metric === 'firstAttempt' ? 'speed' : 'breach';

function offer({ heads }: AgendaGround, clause: ClauseAttainment, days: { start: string; end: string }): Offered {
  const { key, side, title, sentence, due, compliant, late, missed, targetPercent } = clause;
  const kind = kindOf(clause);
  const opens = `/attainment?${new URLSearchParams({ ...days, clause: key })}`;
  const share = due === 0 ? 0 : compliant / due;
  return {
    ...plainly,
    ...{ kind, key: `${kind}:${key}`, opens, ownerId: heads[side], minutes: kind === 'breach' ? 5 : 7 },
    sentence: `${sideWords[side]} kept “${title}” ${kind === 'pace' ? 'on' : 'for'} ${percentOf(share)} of ${countOf(due, kind === 'pace' ? 'working day' : 'lead')} since ${dayWords(days.start)}; ${targetPercent} % was agreed.`,
    why: kind === 'pace' ? behindOf(clause) : null,
    figures: [
      { label: 'Kept', value: `${compliant} of ${due}` },
      { label: 'Agreed', value: `${targetPercent} %` },
      ...(kind === 'pace' ? [] : [late, missed].map((count, at) => ({ label: at === 0 ? 'Late' : 'Missed', value: String(count) }))),
    ],
    records: [{ kind: 'clause', id: key, name: title, says: sentence, opens }],
    weight: weighed(1 - (share * 100) / targetPercent),
  };
}

/** Where the latest period of a pace stands on its last day; null where it is ahead. */
function behindOf({ pace }: ClauseAttainment): string | null {
  const last = pace?.periods.at(-1);
  const day = last?.days.at(-1);
  if (!pace || !last || !day) return null;
  const gap = BigInt(Math.trunc(Number(day.ideal))) - BigInt(Math.trunc(Number(day.actual)));
  if (gap <= 0n) return null;
  const words = pace.unit === 'amount' ? moneyText(String(gap), pace.currency ?? '') : countOf(Number(gap), 'lead');
  return `${words} behind the pace of ${last.label} on ${dayWords(day.day)}.`;
}
