import type { PathStep } from '#features/rollout/contract/path.ts';
import { stepTable } from '#features/rollout/contract/step-table.ts';
import { Button } from '@mantine/core';
import { Sheet } from '#ui/kit/Page.tsx';
import { useGo } from '#ui/kit/Go.tsx';
import { paths } from '#ui/paths.ts';
import { Needs } from './Needs.tsx';

/** The first step whose gate is not met: what, why, and what is missing. */
export function NextStep({ step }: { step: PathStep }) {
  const { title, what, why, who, long } = stepTable[step.step];
  const go = useGo();
  return (
    <Sheet
      title={`Next, step ${step.number}: ${title}`}
      actions={
        <Button size="compact-sm" onClick={() => go(paths.rolloutStep(step.step))}>
          Open the step
        </Button>
      }
      padded
    >
      <p className="rollout-what">{what}</p>
      <p className="dim">{why}</p>
      <p className="small-print dim">
        {who} · {long}
      </p>
      <Needs needs={step.needs} />
    </Sheet>
  );
}
