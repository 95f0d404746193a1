/** The period in a few sentences. */

import type { FiguresAnswer } from '#features/returns/contract/figures.ts';
import { count, day, money, plural } from '#ui/formats.ts';
import { figureText, rangeText } from '../figureWords.ts';

export function headline({ total, start, end, currency, costBasis }: FiguresAnswer): string {
  const { figures, parts } = total;
  const decided = (parts.won?.count ?? 0) + (parts.lost?.count ?? 0);
  const sentences = [
    decided === 0
      ? `From ${day(start)} to ${day(end)} no deal was decided.`
      : decidedText(total.figures, decided, { start, end, currency }),
    customersText(figures, currency, costBasis),
  ];
  return sentences.filter(Boolean).join(' ');
}

type Figures = FiguresAnswer['total']['figures'];

function decidedText(
  { winRate, cycleMedian, wonValue }: Figures,
  decided: number,
  { start, end, currency }: { start: string; end: string; currency: string },
): string {
  const range = rangeText(winRate, 'share', currency);
  const pace = cycleMedian.value === null ? '' : `, half of these within ${figureText(cycleMedian, 'days', currency)}`;
  return (
    `From ${day(start)} to ${day(end)} ${plural(decided, 'deal was', 'deals were')} decided and ${figureText(winRate, 'share', currency)} won` +
    `${range ? ` (${range})` : ''}${pace}, for ${money(wonValue.value, currency)}.`
  );
}

function customersText(
  { newCustomers, cacBlended, paybackMonths }: Figures,
  currency: string,
  costBasis: FiguresAnswer['costBasis'],
): string {
  if (!newCustomers.value) return 'No new customer came.';
  const came = `${count(newCustomers.value)} new ${newCustomers.value === 1 ? 'customer' : 'customers'} came`;
  if (cacBlended.value === null) return `${came}; what one cost can’t be said: ${cacBlended.why ?? 'not a number'}.`;
  const basis = costBasis === 'programme' ? ', without pay' : '';
  const back = paybackMonths.value === null ? '' : `; that is paid back in ${figureText(paybackMonths, 'months', currency)}`;
  return `${came}, at ${money(cacBlended.value, currency)} each${basis}${back}.`;
}
