import { Button, Select, Text, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { Rejection } from '#features/handoff/contract.ts';
import { fieldsOf } from '#features/records/contract.ts';
import { post } from '#ui/api/client.ts';
import { VerbDialog } from './Dialogs.tsx';
import { refreshHandoff } from './useHandoff.ts';

type Choice = 'agreed' | 'mended' | 'contested';
const dialogs: Record<Choice, { title: string; label: string; said: string; help: string; ask: string }> = {
  mended: {
    title: 'Mend and return',
    label: 'Return to sales',
    said: 'Returned to sales, with a fresh clock.',
    help: 'Put right what was missing; the lead goes back to the rep and the clock starts anew.',
    ask: 'What you mended',
  },
  agreed: {
    title: 'Agree',
    label: 'Agree',
    said: 'Agreed.',
    help: 'The rep was right: the lead did not meet the definition.',
    ask: 'What you take from it',
  },
  contested: {
    title: 'Contest',
    label: 'Contest',
    said: 'Contested; one from each side judges.',
    help: 'The lead met the definition. One person from each side who is not involved decides.',
    ask: 'Why the definition was met',
  },
};
/** What marketing can put right on a lead. */
const mendable = ['name', 'company', 'email', 'phone', 'title', 'country', 'city', 'segment', 'origin'];

export function AnswerRejection({ rejection }: { rejection: Rejection }) {
  const [choice, setChoice] = useState<Choice | null>(null);
  return (
    <>
      <Button size="compact-md" onClick={() => setChoice('mended')}>
        Mend and return
      </Button>
      <Button size="compact-md" variant="default" onClick={() => setChoice('agreed')}>
        Agree
      </Button>
      <Button size="compact-md" variant="default" onClick={() => setChoice('contested')}>
        Contest
      </Button>
      {choice && <AnswerDialog rejection={rejection} choice={choice} onClose={() => setChoice(null)} />}
    </>
  );
}

function AnswerDialog({ rejection, choice, onClose }: { rejection: Rejection; choice: Choice; onClose(): void }) {
  const { title, label, said, help, ask } = dialogs[choice];
  const [comment, setComment] = useState('');
  const [field, setField] = useState<string | null>(null);
  const [value, setValue] = useState('');
  const sets = choice === 'mended' && field && value.trim() ? { sets: { [field]: value.trim() } } : {};
  const send = async (): Promise<void> => {
    try {
      await post(`/rejections/${rejection.id}/answer`, { answer: choice, comment, ...sets });
    } finally {
      refreshHandoff();
    }
  };
  const fields = fieldsOf.lead
    .filter(({ name }) => mendable.includes(name))
    .map(({ name, label: fieldLabel }) => ({ value: name, label: fieldLabel }));
  return (
    <VerbDialog title={title} label={label} said={said} ready={comment.trim() !== ''} onClose={onClose} send={send}>
      <Text size="sm" c="dimmed">
        {help}
      </Text>
      {choice === 'mended' && (
        <>
          <Select
            label="Field to put right"
            data={fields}
            value={field}
            onChange={setField}
            clearable
            placeholder="None: it was mended already"
          />
          {field && <TextInput label="New value" value={value} onChange={(event) => setValue(event.currentTarget.value)} />}
        </>
      )}
      <Textarea
        label={ask}
        value={comment}
        onChange={(event) => setComment(event.currentTarget.value)}
        data-autofocus
        autosize
        minRows={2}
      />
    </VerbDialog>
  );
}
