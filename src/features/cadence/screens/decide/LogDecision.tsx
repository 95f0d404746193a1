import { Textarea } from '@mantine/core';
import { useState } from 'react';
import { FormDialog } from '#ui/kit/FormDialog.tsx';
import { tell } from '#ui/kit/toast.tsx';
import { type AtItem, decide } from './deciding.ts';

/** A decision in words, for the record. */
export function LogDecision({ meetingId, itemId, onClose }: AtItem) {
  const [text, setText] = useState('');
  return (
    <FormDialog
      title="Log a decision"
      label="Log it"
      ready={text.trim() !== ''}
      missing="Say what was decided."
      onClose={onClose}
      send={async () => {
        await decide(meetingId, { kind: 'logged', itemId, text });
        tell('Logged. It stands in the minutes.');
      }}
    >
      {(reasons) => (
        <Textarea
          label="What was decided"
          value={text}
          maxLength={2000}
          autosize
          minRows={2}
          error={reasons['text']}
          onChange={(event) => setText(event.currentTarget.value)}
          data-autofocus
        />
      )}
    </FormDialog>
  );
}
