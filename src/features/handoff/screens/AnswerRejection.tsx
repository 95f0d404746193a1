import { Button, Text, Textarea } from '@mantine/core';
import { useState } from 'react';
import type { Rejection } from '#features/handoff/contract.ts';
import { post } from '#ui/api/client.ts';
import { VerbDialog } from './Dialogs.tsx';
import { type Mended, MendedFields } from './MendedFields.tsx';
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
  const [mended, setMended] = useState<Mended>({});
  const sets = Object.keys(mended).length > 0 ? { sets: mended } : {};
  const send = async (): Promise<void> => {
    try {
      await post(`/rejections/${rejection.id}/answer`, { answer: choice, comment, ...sets });
    } finally {
      refreshHandoff();
    }
  };
  return (
    <VerbDialog
      title={`${title}: ${rejection.lead.name}`}
      label={label}
      said={said}
      ready={comment.trim() !== ''}
      onClose={onClose}
      send={send}
    >
      <Text size="sm" c="dimmed">
        {help}
      </Text>
      {choice === 'mended' && <MendedFields leadId={rejection.lead.id} value={mended} onChange={setMended} />}
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
