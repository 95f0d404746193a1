import { Group, Text, Textarea } from '@mantine/core';
import { useState } from 'react';
import type { PlanDetail } from '#features/campaigns/contract/plans.ts';
import { post } from '#ui/api/client.ts';
import { Deed } from '#ui/kit/Deed.tsx';
import { FormDialog } from '#ui/kit/FormDialog.tsx';
import { tell, tellProblem } from '#ui/kit/toast.tsx';
import { askAgain } from './asking.ts';

type Asked = 'launch' | 'end' | 'cancel';

/** What can be done with the plan; a button that can't be used says why. */
export function PlanDeeds({ detail, edit }: { detail: PlanDetail; edit(): void }) {
  const [asked, setAsked] = useState<Asked | null>(null);
  const { can, draft, brief, state, campaign } = detail;
  const path = `/campaigns/${campaign.id}/plan`;
  const run = async (noun: string, body: unknown, done: string): Promise<void> => {
    try {
      await post(`${path}/${noun}`, body);
      await askAgain();
      tell(done);
    } catch (error) {
      tellProblem(error);
    }
  };
  if (state === 'ended' || state === 'cancelled') return null;
  return (
    <Group gap="xs" className="no-print">
      {detail.isToAcknowledge && brief && (
        <Deed whyNot={can.acknowledge} onClick={() => void run('acknowledgement', { contentHash: brief.contentHash }, 'Acknowledged.')}>
          I have read the brief
        </Deed>
      )}
      {draft && (
        <Deed
          whyNot={can.publish}
          onClick={() => void run('brief', { contentHash: draft.contentHash }, 'Published: whoever takes part is asked to acknowledge it.')}
        >
          Publish the brief
        </Deed>
      )}
      {state === 'briefed' && (
        <Deed
          {...(draft && { variant: 'default' })}
          whyNot={can.launch === null ? null : can.launchAllTheSame === null ? null : can.launch}
          onClick={() => setAsked('launch')}
        >
          Launch
        </Deed>
      )}
      <Deed variant="default" whyNot={can.edit} onClick={edit}>
        {draft ? 'Edit the draft' : 'Change the plan'}
      </Deed>
      {state === 'launched' && (
        <Deed variant="default" whyNot={can.end} onClick={() => setAsked('end')}>
          End
        </Deed>
      )}
      <Deed variant="default" whyNot={can.cancel} onClick={() => setAsked('cancel')}>
        Cancel the campaign
      </Deed>
      {asked && <WhyDialog asked={asked} detail={detail} path={path} onClose={() => setAsked(null)} />}
    </Group>
  );
}

const dialogs: Readonly<Record<Asked, { title: string; label: string; noun: string; done: string; says: string }>> = {
  launch: {
    title: 'Launch the campaign?',
    label: 'Launch',
    noun: 'launch',
    done: 'Launched.',
    says: 'It runs from now on. A changed brief asks to be acknowledged anew.',
  },
  end: { title: 'End the campaign?', label: 'End it', noun: 'ending', done: 'Ended.', says: 'What came of it goes on being counted.' },
  cancel: {
    title: 'Cancel the campaign?',
    label: 'Cancel the campaign',
    noun: 'cancellation',
    done: 'Cancelled.',
    says: 'Whoever took a part is released from it.',
  },
};

function WhyDialog({ asked, detail, path, onClose }: { asked: Asked; detail: PlanDetail; path: string; onClose(): void }) {
  const [reason, setReason] = useState('');
  const dialog = dialogs[asked];
  const missing = asked === 'launch' ? detail.missing.map(({ member }) => member.name) : [];
  const needsReason = asked === 'cancel' || missing.length > 0;
  const send = async (): Promise<void> => {
    await post(`${path}/${dialog.noun}`, { reason });
    await askAgain();
    tell(dialog.done);
  };
  return (
    <FormDialog
      title={dialog.title}
      label={dialog.label}
      ready={!needsReason || reason.trim() !== ''}
      missing="Say why."
      danger={asked === 'cancel'}
      onClose={onClose}
      send={send}
    >
      <Text size="sm">{dialog.says}</Text>
      {missing.length > 0 && (
        <p className="notice warn">
          {missing.join(', ')} {missing.length === 1 ? 'has' : 'have'} not acknowledged the brief. Launching all the same is kept with your
          reason.
        </p>
      )}
      <Textarea
        label="Why"
        required={needsReason}
        autosize
        minRows={2}
        maxLength={2_000}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
    </FormDialog>
  );
}
