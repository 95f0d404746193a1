import { Group, Text } from '@mantine/core';
import { useState } from 'react';
import type { PlanVersion } from '#features/goals/contract/plans.ts';
import { post, remove } from '#ui/api/client.ts';
import { capitalised } from '#ui/formats.ts';
import { Deed } from '#ui/kit/Deed.tsx';
import { FormDialog } from '#ui/kit/FormDialog.tsx';
import { useGo } from '#ui/kit/Go.tsx';
import { tell, tellProblem } from '#ui/kit/toast.tsx';
import { paths } from '#ui/paths.ts';
import { askAgain } from '../asking.ts';
import { SignPlan } from './SignPlan.tsx';

type Asked = 'propose' | 'sign' | 'withdraw';

/** What can be done with a version as it stands; a button that can't be used says why. */
export function PlanDeeds({ plan }: { plan: PlanVersion }) {
  const go = useGo();
  const [asked, setAsked] = useState<Asked | null>(null);
  const close = (): void => setAsked(null);
  const { status, can, signing } = plan;
  const open = status === 'draft' || status === 'proposed';
  const next = async (): Promise<void> => {
    try {
      const { id } = await post<{ id: string }>('/goals/plans', { planId: plan.planId, content: plan.content });
      await askAgain();
      go(paths.goalPlan(id, { edit: '1' }));
    } catch (error) {
      tellProblem(error);
    }
  };
  return (
    <Group gap={8}>
      {status === 'draft' && (
        <Deed whyNot={can.propose} onClick={() => setAsked('propose')}>
          Propose
        </Deed>
      )}
      {status === 'draft' && (
        <Deed variant="default" whyNot={can.edit} onClick={() => go(paths.goalPlan(plan.id, { edit: '1' }))}>
          Edit
        </Deed>
      )}
      {status === 'proposed' && (
        <Deed whyNot={can.sign} {...(signing.side && !can.sign && { color: signing.side })} onClick={() => setAsked('sign')}>
          {signing.side ? `Sign for ${capitalised(signing.side)}` : 'Sign'}
        </Deed>
      )}
      {plan.content.workBack && status !== 'withdrawn' && (
        <Deed variant="default" onClick={() => go(paths.whatIf({ version: plan.id }))}>
          What if
        </Deed>
      )}
      {!open && (
        <Deed variant="default" whyNot={can.revise} onClick={() => void next()}>
          Next version
        </Deed>
      )}
      {open && (
        <Deed variant="default" whyNot={can.withdraw} onClick={() => setAsked('withdraw')}>
          Withdraw
        </Deed>
      )}
      {asked === 'propose' && <Propose plan={plan} onClose={close} />}
      {asked === 'sign' && <SignPlan plan={plan} onClose={close} />}
      {asked === 'withdraw' && <Withdraw plan={plan} onClose={close} />}
    </Group>
  );
}

function Propose({ plan, onClose }: { plan: PlanVersion; onClose(): void }) {
  const fails = (plan.feasibility?.checks ?? []).filter(({ verdict }) => verdict === 'fails');
  const send = async (): Promise<void> => {
    await post(`/goals/plans/${plan.id}/proposal`);
    await askAgain();
    tell('Proposed. The heads of both sides can sign it now.');
  };
  return (
    <FormDialog title={`Propose “${plan.title}”`} label="Propose" ready onClose={onClose} send={send}>
      <Text size="sm">
        Once proposed it isn’t edited any more, so that both sides sign the same words and the same sheet. It counts once marketing and
        sales have signed.
      </Text>
      {fails.length > 0 && (
        <div className="notice warn">
          <strong>As things stand it can’t be kept.</strong>
          <ul className="tight">
            {fails.map(({ key, sentence }) => (
              <li key={key}>{sentence}</li>
            ))}
          </ul>
        </div>
      )}
    </FormDialog>
  );
}

function Withdraw({ plan, onClose }: { plan: PlanVersion; onClose(): void }) {
  const send = async (): Promise<void> => {
    await remove(`/goals/plans/${plan.id}`);
    await askAgain();
    tell('Withdrawn. It stays readable.');
  };
  return (
    <FormDialog title={`Withdraw “${plan.title}”?`} label="Withdraw" ready danger onClose={onClose} send={send}>
      <Text size="sm">Nobody can sign it any more. It stays readable with its discussion, and a next version can be made from it.</Text>
    </FormDialog>
  );
}
