import { Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { post } from '#ui/api/client.ts';
import { addDays, today } from '#ui/formats.ts';
import { FormDialog } from '#ui/kit/FormDialog.tsx';
import { tell } from '#ui/kit/toast.tsx';
import { doing } from '../asking.ts';

/** Asks both sides and leadership until a day. */
export function OpenDiagnosis({ onClose }: { onClose(): void }) {
  const [closesOn, setClosesOn] = useState(addDays(today(), 6));
  return (
    <FormDialog
      title="Ask everybody the ten sentences"
      label="Ask them"
      ready={closesOn >= addDays(today(), 2) && closesOn <= addDays(today(), 30)}
      missing="3 to 31 days."
      onClose={onClose}
      send={async () => {
        await doing(post('/rollout/diagnosis', { closesOn }));
        tell('Open. Everybody who can write is asked on Today.');
      }}
    >
      {(reasons) => (
        <>
          <Text size="sm" c="dimmed">
            Everybody is asked once, without names. What a side says is told when it has closed, and only of five people and more. It ends
            on its day and not before.
          </Text>
          <TextInput
            type="date"
            label="Last day"
            value={closesOn}
            min={addDays(today(), 2)}
            max={addDays(today(), 30)}
            error={reasons['closesOn']}
            onChange={(event) => setClosesOn(event.currentTarget.value)}
            w={200}
            data-autofocus
          />
        </>
      )}
    </FormDialog>
  );
}
