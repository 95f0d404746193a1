/** What the cost of misalignment names first: the cause furthest above what is ordinary. */

import { roughMoneyText } from '#engine/values/money.ts';
import { answerCost } from '#features/alignment/queries/cost.ts';
import { sideWords } from './clause-words.ts';
import { type AgendaGround, type Offered, percentOf, plainly } from './offered.ts';

/** The agenda is the same for everybody, so it says nothing that some may not see. */
const noPay = { marketing: false, sales: false } as const;

export async function offerCost({ database, workspaceId, heads }: AgendaGround): Promise<Offered[]> {
  const { first, causes, currency, start, end } = await answerCost(database, workspaceId, noPay, { by: 'none' });
  if (first === null) return [];
  const { amount, low, high, share, says } = causes.find(({ cause }) => cause === first.cause)!;
  const words = (minor: string): string => roughMoneyText(minor, currency);
  return [
    {
      ...plainly,
      ...{ kind: 'cost', key: `cost:${first.cause}`, sentence: first.says, why: says },
      figures: [
        ...(amount === null ? [] : [{ label: 'Cost', value: words(amount) }]),
        ...(low === null || high === null ? [] : [{ label: 'Range', value: `${words(low)} to ${words(high)}` }]),
        ...(share === null ? [] : [{ label: 'Share', value: percentOf(share.value) }]),
        { label: 'Whose to mend', value: sideWords[first.side] },
      ],
      opens: `/alignment/cost?${new URLSearchParams({ start, end, cause: first.cause })}`,
      stake: amount === null ? null : BigInt(amount),
      currency,
      ownerId: first.side === 'both' ? heads.leadership : heads[first.side],
      weight: 1,
      minutes: 10,
    },
  ];
}
