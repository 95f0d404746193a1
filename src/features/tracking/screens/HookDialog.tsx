import { Radio, Stack, TextInput } from '@mantine/core';
import { useState } from 'react';
import { post } from '#ui/api/client.ts';
import { FormDialog } from '#ui/kit/FormDialog.tsx';
import { RecordPicker } from '#ui/kit/RecordPicker.tsx';
import { askTrackingAgain } from './useTracking.ts';

export interface MadeHook {
  url: string;
  secret: string;
  proof: 'signature' | 'secret';
}

export function HookDialog({ onMade, onClose }: { onMade(made: MadeHook): void; onClose(): void }) {
  const [name, setName] = useState('');
  const [proof, setProof] = useState<MadeHook['proof']>('signature');
  const [campaignId, setCampaign] = useState<string | null>(null);
  return (
    <FormDialog
      title="Add a webhook"
      label="Add"
      ready={name.trim() !== ''}
      missing="Give it a name."
      onClose={onClose}
      send={async () => {
        const made = await post<{ url: string; secret: string }>('/tracking/hooks', { name, proof, campaignId });
        onMade({ ...made, proof });
        await askTrackingAgain();
      }}
    >
      {(reasons) => (
        <>
          <TextInput
            label="Name"
            description="What sends here: the touch on the lead’s timeline is called so."
            required
            maxLength={120}
            value={name}
            error={reasons['name']}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <Radio.Group
            label="How the sender proves itself"
            value={proof}
            onChange={(value) => setProof(value === 'secret' ? 'secret' : 'signature')}
          >
            <Stack gap={6} mt={6}>
              <Radio value="signature" label="It signs" description="The safer way, where the sender can." />
              <Radio value="secret" label="It sends a secret along" description="For senders that can only add a header or a parameter." />
            </Stack>
          </Radio.Group>
          <RecordPicker kind="campaign" label="Campaign" value={campaignId} onChange={setCampaign} />
        </>
      )}
    </FormDialog>
  );
}
