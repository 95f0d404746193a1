import { day } from '#ui/formats.ts';
import { Go } from '#ui/kit/Go.tsx';
import { Sheet } from '#ui/kit/Page.tsx';
import { Answer } from '#ui/kit/States.tsx';
import { paths } from '#ui/paths.ts';
import { usePlan } from './asking.ts';
import { PlanMark } from './PlanMark.tsx';

/** All versions of the plan; a signed one is never changed. */
export function PlanVersions({ planId, shown }: { planId: string; shown: string }) {
  const plan = usePlan(planId);
  return (
    <Sheet title="Versions">
      <Answer of={plan} what="The versions" lines={2}>
        {({ versions }) => (
          <>
            {versions.map((version) => (
              <Go
                key={version.id}
                href={paths.incentivePlan(version.id)}
                className="row-link"
                {...(version.id === shown && { 'aria-current': 'page' as const })}
              >
                <span className="grow">
                  Version {version.number}
                  {version.effectiveFrom && <span className="dim"> from {day(version.inForceFrom ?? version.effectiveFrom)}</span>}
                </span>
                <PlanMark version={version} />
              </Go>
            ))}
          </>
        )}
      </Answer>
    </Sheet>
  );
}
