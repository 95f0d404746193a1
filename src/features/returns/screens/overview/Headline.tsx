import type { OverviewAnswer } from '#features/returns/contract/overview.ts';
import { day, money } from '#ui/formats.ts';

/** The period in two sentences. */
export function Headline({ answer }: { answer: OverviewAnswer }) {
  const { spend, comesBack, currency } = answer;
  const [spent, won, contribution] = [spend.total.now.value, comesBack.wonValue.now.value, comesBack.contribution.now.value];
  return (
    <p className="leader-headline">
      From {day(answer.start)} to {day(answer.end)} both sides together spent <strong>{money(spent, currency)}</strong>
      {answer.costBasis === 'programme' && ' (without pay, which you may not see)'} and won <strong>{money(won, currency)}</strong>
      {perUnit(spent, won)}. {contribution === null ? whatIsMissing(answer) : leftOver(contribution, currency)}
    </p>
  );
}

function perUnit(spent: string | null, won: string | null): string {
  const [cost, back] = [Number(spent ?? 0), Number(won ?? 0)];
  return cost > 0 ? `, ${(back / cost).toFixed(2)} for each 1 spent` : '';
}

const whatIsMissing = ({ comesBack }: OverviewAnswer): string =>
  `What is left after delivering it can’t be said: ${comesBack.contribution.now.why ?? 'not a number'}.`;

function leftOver(contribution: string, currency: string): string {
  const short = contribution.startsWith('-');
  return short
    ? `After what delivering it costs, ${money(contribution.slice(1), currency)} of the spend has not come back yet.`
    : `After what delivering it costs and the spend of both sides, ${money(contribution, currency)} is left.`;
}
