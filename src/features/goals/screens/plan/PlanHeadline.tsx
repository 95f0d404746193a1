import type { PlanVersion } from '#features/goals/contract/plans.ts';
import { day } from '#ui/formats.ts';
import { rangeText, shown } from '../goalWords.ts';

/** What the plan wants, what that takes, and how likely it is, in three sentences. */
export function PlanHeadline({ plan: { content, working, feasibility, currency } }: { plan: PlanVersion }) {
  const money = { unit: 'amount', currency } as const;
  const leads = { unit: 'count', currency } as const;
  if (!working) return null;
  if (working.tooLittle !== null) return <p className="lead-sentence">It can’t be worked back yet: {working.tooLittle}</p>;
  const { total, reached } = working;
  const fails = (feasibility?.checks ?? []).filter(({ verdict }) => verdict === 'fails');
  return (
    <p className="lead-sentence">
      To win <strong>{shown(total.target, money)}</strong> from {day(content.start)} to {day(content.end)} takes about{' '}
      <strong>{shown(total.mqls.mid, leads)} MQLs</strong> ({rangeText(total.mqls, leads)})
      {total.budget && (
        <>
          {' '}
          and <strong>{shown(total.budget.mid, money)}</strong> of programmes
        </>
      )}
      . With them the target is reached in {reached.withMid} of 100 such periods.
      {fails.length > 0 && (
        <strong className="bad"> As things stand it can’t be kept: {fails.map(({ label }) => label.toLowerCase()).join(' and ')}.</strong>
      )}
    </p>
  );
}
