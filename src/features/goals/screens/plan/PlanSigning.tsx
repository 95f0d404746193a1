import { IconCircle, IconCircleCheck } from '@tabler/icons-react';
import type { PlanVersion } from '#features/goals/contract/plans.ts';
import { dayOfInstant } from '#ui/formats.ts';
import { Go } from '#ui/kit/Go.tsx';
import { Sheet } from '#ui/kit/Page.tsx';
import { SideMark } from '#ui/kit/Side.tsx';
import { paths } from '#ui/paths.ts';
import { PlanMark } from '../GoalMark.tsx';

const sides = ['marketing', 'sales'] as const;

/** Who has signed, and the other versions of the plan. */
export function PlanSigning({ plan }: { plan: PlanVersion }) {
  return (
    <>
      <Sheet title="Signatures">
        {sides.map((side) => {
          const signed = plan.signatures.find((each) => each.side === side);
          return (
            <div key={side} className="row-link">
              {signed ? <IconCircleCheck size={18} className="good" aria-hidden /> : <IconCircle size={18} aria-hidden />}
              <span className="grow">
                <SideMark side={side} /> {signed ? signed.member.name : <span className="dim">not yet</span>}
                {signed?.onBehalf && <span className="dim"> on its behalf: nobody of this side could</span>}
              </span>
              {signed && <span className="dim">{dayOfInstant(signed.signedAt)}</span>}
            </div>
          );
        })}
      </Sheet>
      {plan.versions.length > 1 && (
        <Sheet title="Versions">
          {plan.versions.map((version) => (
            <Go
              key={version.id}
              href={paths.goalPlan(version.id)}
              className="row-link"
              {...(version.id === plan.id && { 'aria-current': 'page' as const })}
            >
              <span className="grow">
                Version {version.number} {version.signedAt && <span className="dim">signed {dayOfInstant(version.signedAt)}</span>}
              </span>
              <PlanMark {...version} />
            </Go>
          ))}
        </Sheet>
      )}
    </>
  );
}
