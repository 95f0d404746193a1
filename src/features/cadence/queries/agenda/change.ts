/** What changed in won value from one month to the next, and why. */

import { moneyText } from '#engine/values/money.ts';
import { dayWords } from '#features/goals/contract/wording.ts';
import { answerChanges } from '#features/returns/queries/changes.ts';
import { type AgendaGround, type Offered, percentOf, plainly, weighed } from './offered.ts';

/** Smaller changes are no news. */
const newsFrom = 0.05;

export async function offerChange({ database, workspaceId, heads }: AgendaGround): Promise<Offered[]> {
  const answer = await answerChanges(database, workspaceId, { by: 'segment', volume: 'deals' });
  const { start, end, before, now, change, currency, sentences } = answer;
  const share = before.value === '0' ? 1 : Number(change) / Math.abs(Number(before.value));
  if (change === '0' || Math.abs(share) < newsFrom) return [];
  const more = !change.startsWith('-');
  return [
    {
      ...plainly,
      ...{ kind: 'change', key: `change:${start}`, ownerId: heads.leadership ?? heads.sales, minutes: 5 },
      sentence: `Won value was ${moneyText(now.value, currency)} from ${dayWords(start)} to ${dayWords(end)}, ${before.value === '0' ? 'and nothing before' : `${percentOf(Math.abs(share))} ${more ? 'more' : 'less'} than before`}.`,
      why: sentences[0]?.text ?? null,
      figures: sentences.slice(0, 4).map(({ cause, amount }) => ({ label: causeWords[cause], value: moneyText(amount, currency) })),
      opens: `/returns/figures?${new URLSearchParams({ start, end, part: 'changes' })}`,
      weight: weighed(Math.abs(share)),
    },
  ];
}

const causeWords = { volume: 'Volume', mix: 'Mix', rate: 'Rate', price: 'Price', apart: 'Apart' } as const;
