import { Text, Textarea } from '@mantine/core';
import { useState } from 'react';
import type { Pilot } from '#features/rollout/contract/pilots.ts';
import { post } from '#ui/api/client.ts';
import { FormDialog } from '#ui/kit/FormDialog.tsx';
import { doing } from '../asking.ts';

export function EndPilot({ pilot: { id, name, state }, onClose }: { pilot: Pilot; onClose(): void }) {
  const [because, setBecause] = useState('');
  return (
    <FormDialog
      title={`End “${name}”`}
      label="End it"
      ready={because.trim() !== ''}
      missing="Say why."
      danger
      onClose={onClose}
      send={async () => void (await doing(post(`/rollout/pilots/${id}/end`, { because })))}
    >
      <Text size="sm" c="dimmed">
        {state === 'planned'
          ? 'It has not begun: it is withdrawn, and counts as none.'
          : 'Weeks from today on no longer count. What is on record so far stays, and is still told.'}
      </Text>
      <Textarea
        label="Why"
        value={because}
        maxLength={1000}
        autosize
        minRows={2}
        onChange={(event) => setBecause(event.currentTarget.value)}
        data-autofocus
      />
    </FormDialog>
  );
}
