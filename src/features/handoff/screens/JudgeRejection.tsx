import { Button, Radio, Stack, Textarea } from '@mantine/core';
import { useState } from 'react';
import type { Rejection } from '#features/handoff/contract.ts';
import { post } from '#ui/api/client.ts';
import { VerbDialog } from './Dialogs.tsx';
import { refreshHandoff } from './useHandoff.ts';

export function JudgeRejection({ rejection }: { rejection: Rejection }) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button size="compact-md" onClick={() => setOpen(true)}>
        Judge
      </Button>
      {open && <JudgeDialog rejection={rejection} onClose={() => setOpen(false)} />}
    </>
  );
}

function JudgeDialog({ rejection, onClose }: { rejection: Rejection; onClose(): void }) {
  const [verdict, setVerdict] = useState('');
  const [reason, setReason] = useState('');
  const send = async (): Promise<void> => {
    try {
      await post(`/rejections/${rejection.id}/rulings`, { verdict, reason });
    } finally {
      refreshHandoff();
    }
  };
  return (
    <VerbDialog
      title={`Judge the rejection of ${rejection.lead.name}`}
      label="Give the verdict"
      said="Your verdict is on record."
      ready={verdict !== '' && reason.trim() !== ''}
      onClose={onClose}
      send={send}
    >
      <Radio.Group label="Did the lead meet the definition?" value={verdict} onChange={setVerdict}>
        <Stack gap={8} mt={6}>
          <Radio value="upheld" label="No: the rejection is upheld" data-autofocus />
          <Radio value="overturned" label="Yes: the rejection is overturned, sales works the lead" />
        </Stack>
      </Radio.Group>
      <Textarea label="Why" value={reason} onChange={(event) => setReason(event.currentTarget.value)} autosize minRows={2} />
    </VerbDialog>
  );
}
