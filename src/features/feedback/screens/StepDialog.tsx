import { Text, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import { feedbackCan, type FeedbackVerb } from '#engine/feedback/states.ts';
import { post } from '#ui/api/client.ts';
import { addDays, today } from '#ui/formats.ts';
import { FormDialog } from '#ui/kit/FormDialog.tsx';
import { tell } from '#ui/kit/toast.tsx';
import { doing } from './asking.ts';

interface Meaning {
  readonly noun: string;
  readonly says: string;
  readonly label: string;
  readonly needsWords: boolean;
  readonly said: string;
}

const meanings: Readonly<Record<Exclude<FeedbackVerb, 'say'>, Meaning>> = {
  accept: {
    noun: 'acceptance',
    says: 'You see it the same way, and say what will be different. Whoever gave it says whether that settled it.',
    label: 'What you want to add',
    needsWords: false,
    said: 'Accepted. Whoever gave it decides whether that settles it.',
  },
  explain: {
    noun: 'explanation',
    says: 'It stays as it is, and you say why it was so.',
    label: 'Why it was so',
    needsWords: true,
    said: 'Explained.',
  },
  disagree: {
    noun: 'disagreement',
    says: 'You see it differently: it goes onto the next agenda, and both sides decide there.',
    label: 'How you see it',
    needsWords: true,
    said: 'It goes onto the next agenda.',
  },
  thank: { noun: 'thanks', says: 'Whoever gave it reads it.', label: 'What you want to say', needsWords: false, said: 'Thanks are sent.' },
  confirm: {
    noun: 'confirmation',
    says: 'The answer settles it for you. That closes it.',
    label: 'What you want to add',
    needsWords: false,
    said: 'Settled.',
  },
  reopen: {
    noun: 'reopening',
    says: 'The answer does not settle it for you. A new one falls due.',
    label: 'What is still open',
    needsWords: true,
    said: 'Reopened.',
  },
  withdraw: {
    noun: 'withdrawal',
    says: 'Nobody but you will read it any more. It can’t be given back; you can write it anew.',
    label: 'What you want to add',
    needsWords: false,
    said: 'Taken back.',
  },
};

/** Words for one step, and of an acceptance what will be done by when. */
export function StepDialog({ id, verb, about, onClose }: { id: string; verb: FeedbackVerb; about: string; onClose(): void }) {
  const [text, setText] = useState('');
  const [action, setAction] = useState('');
  const [dueOn, setDueOn] = useState(addDays(today(), 7));
  const meaning = meanings[verb as keyof typeof meanings];
  const accepts = verb === 'accept';
  const ready = (!meaning.needsWords || text.trim() !== '') && (!accepts || (action.trim() !== '' && dueOn >= today()));
  return (
    <FormDialog
      title={feedbackCan[verb].label}
      label={feedbackCan[verb].label}
      ready={ready}
      missing={accepts ? 'Say what will be done, and by when.' : 'Say it in a sentence.'}
      danger={verb === 'withdraw'}
      onClose={onClose}
      send={async () => {
        await doing(post(`/feedback/${id}/${meaning.noun}`, { text, ...(accepts && { action, dueOn }) }));
        tell(meaning.said);
      }}
    >
      {(reasons) => (
        <>
          <Text size="sm" c="dimmed">
            {about}. {meaning.says}
          </Text>
          {accepts && (
            <>
              <TextInput
                label="What will be done"
                value={action}
                maxLength={500}
                error={reasons['action']}
                onChange={(event) => setAction(event.currentTarget.value)}
                data-autofocus
              />
              <TextInput
                type="date"
                label="By"
                value={dueOn}
                min={today()}
                error={reasons['dueOn']}
                onChange={(event) => setDueOn(event.currentTarget.value)}
                w={180}
              />
            </>
          )}
          <Textarea
            label={meaning.label}
            value={text}
            maxLength={2000}
            autosize
            minRows={2}
            maxRows={10}
            error={reasons['text']}
            onChange={(event) => setText(event.currentTarget.value)}
            {...(!accepts && { 'data-autofocus': true })}
          />
        </>
      )}
    </FormDialog>
  );
}
