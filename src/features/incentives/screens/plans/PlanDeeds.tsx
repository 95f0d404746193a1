import { Button, Group } from '@mantine/core';
import { useState } from 'react';
import type { z } from 'zod';
import type { madeVersion, PlanVersion } from '#features/incentives/contract/plans.ts';
import { post, remove } from '#ui/api/client.ts';
import { useRights } from '#ui/api/session.ts';
import { Deed } from '#ui/kit/Deed.tsx';
import { useGo } from '#ui/kit/Go.tsx';
import { tell, tellProblem } from '#ui/kit/toast.tsx';
import { paths } from '#ui/paths.ts';
import { askAgain } from '../asking.ts';
import { ProposePlan } from './ProposePlan.tsx';
import { ShadowRun } from './ShadowRun.tsx';
import { SignPlan } from './SignPlan.tsx';

type Asked = 'propose' | 'sign' | 'shadow';

/** What can be done with a version; a button that can't be used says why. */
export function PlanDeeds({ version }: { version: PlanVersion }) {
  const go = useGo();
  const drafts = useRights().may('incentives.draft');
  const [asked, setAsked] = useState<Asked | null>(null);
  const run = async (work: () => Promise<void>): Promise<void> => {
    try {
      await work();
      await askAgain();
    } catch (error) {
      tellProblem(error);
    }
  };
  const next = () =>
    run(async () => {
      const { id } = await post<z.output<typeof madeVersion>>(`/incentive-plans/${version.planId}/versions`, { content: version.content });
      go(paths.incentivePlan(id, { edit: '1' }));
    });
  const withdraw = () =>
    run(async () => {
      await remove(`/incentive-plan-versions/${version.id}`);
      tell('Withdrawn. It stays readable.');
    });
  const { can, signing } = version;
  return (
    <Group gap="xs" className="no-print">
      {signing.ways.length > 0 && <Button onClick={() => setAsked('sign')}>Sign</Button>}
      {drafts && can.edit === null && <Deed onClick={() => go(paths.incentivePlan(version.id, { edit: '1' }))}>Edit</Deed>}
      {drafts && version.status === 'draft' && (
        <Deed variant="default" whyNot={can.propose} onClick={() => setAsked('propose')}>
          Propose
        </Deed>
      )}
      {drafts && version.status !== 'withdrawn' && version.part === 'whole' && (
        <Button variant="default" onClick={() => setAsked('shadow')}>
          Shadow run
        </Button>
      )}
      {drafts && can.withdraw === null && (
        <Deed variant="default" onClick={() => void withdraw()}>
          Withdraw
        </Deed>
      )}
      {drafts && version.status === 'signed' && (
        <Deed variant="default" whyNot={can.makeNext} onClick={() => void next()}>
          Next version
        </Deed>
      )}
      {asked === 'sign' && <SignPlan version={version} onClose={() => setAsked(null)} />}
      {asked === 'propose' && <ProposePlan version={version} onClose={() => setAsked(null)} />}
      {asked === 'shadow' && <ShadowRun version={version} onClose={() => setAsked(null)} />}
    </Group>
  );
}
