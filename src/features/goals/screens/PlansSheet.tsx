import { day, plural } from '#ui/formats.ts';
import { Go } from '#ui/kit/Go.tsx';
import { Sheet } from '#ui/kit/Page.tsx';
import { paths } from '#ui/paths.ts';
import { useGoalPlans } from './asking.ts';
import { PlanMark } from './GoalMark.tsx';

/** Every plan by its latest version, and the signed one before it where that still counts. */
export function PlansSheet() {
  const plans = useGoalPlans().data?.items ?? [];
  const seen = new Set<string>();
  const shown = plans.filter(({ planId, inForce }) => {
    const latest = !seen.has(planId);
    seen.add(planId);
    return latest || inForce;
  });
  if (shown.length === 0) return null;
  return (
    <Sheet title="Plans">
      {shown.map((plan) => (
        <Go key={plan.id} href={paths.goalPlan(plan.id)} className="row-link">
          <span className="grow wrap-any">
            {plan.title}{' '}
            <span className="dim">
              version {plan.number} · {day(plan.start)} to {day(plan.end)} · {plural(plan.goals, 'goal')}
              {plan.status === 'proposed' && plan.missing.length > 0 && ` · not signed yet by ${plan.missing.join(' and ')}`}
            </span>
          </span>
          <PlanMark {...plan} />
        </Go>
      ))}
    </Sheet>
  );
}
