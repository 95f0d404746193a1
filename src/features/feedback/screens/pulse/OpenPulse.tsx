import { Checkbox, Text, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import { usualQuestions } from '#features/feedback/contract/pulse.ts';
import { post } from '#ui/api/client.ts';
import { addDays, month, today } from '#ui/formats.ts';
import { FormDialog } from '#ui/kit/FormDialog.tsx';
import { tell } from '#ui/kit/toast.tsx';
import { doing } from '../asking.ts';

const mostQuestions = 10;

/** Asks everybody until a day. */
export function OpenPulse({ onClose }: { onClose(): void }) {
  const [title, setTitle] = useState(`Pulse ${month(today())}`);
  const [closesOn, setClosesOn] = useState(addDays(today(), 6));
  const [asksText, setAsksText] = useState(true);
  const [text, setText] = useState(usualQuestions.map((question) => question.text).join('\n'));
  const questions = questionsOf(text);
  const fits =
    questions.length >= 1 && questions.length <= mostQuestions && closesOn >= addDays(today(), 2) && closesOn <= addDays(today(), 30);
  return (
    <FormDialog
      title="Open a pulse"
      label="Open it"
      ready={title.trim() !== '' && fits}
      missing="A title, one to ten questions, and 3 to 31 days."
      size="lg"
      onClose={onClose}
      send={async () => {
        await doing(post('/pulses', { title, closesOn, questions, asksText }));
        tell('Open. Everybody who can write is asked on Today.');
      }}
    >
      {(reasons) => (
        <>
          <Text size="sm" c="dimmed">
            Everybody is asked, once. It ends on its day and can’t be ended before: whoever could end it could end it right after somebody’s
            answer.
          </Text>
          <TextInput
            label="Title"
            value={title}
            maxLength={120}
            error={reasons['title']}
            onChange={(event) => setTitle(event.currentTarget.value)}
            data-autofocus
          />
          <TextInput
            type="date"
            label="Last day"
            value={closesOn}
            min={addDays(today(), 2)}
            max={addDays(today(), 30)}
            error={reasons['closesOn']}
            onChange={(event) => setClosesOn(event.currentTarget.value)}
            w={200}
          />
          <Textarea
            label="Questions, one a line"
            description="Each is answered from 1, not at all, to 5, fully. Keep the wording from pulse to pulse, so that they can be compared."
            value={text}
            autosize
            minRows={6}
            maxRows={14}
            onChange={(event) => setText(event.currentTarget.value)}
          />
          <Checkbox
            label="Ask for a sentence in one’s own words, too"
            checked={asksText}
            onChange={(event) => setAsksText(event.currentTarget.checked)}
          />
        </>
      )}
    </FormDialog>
  );
}

/** The usual ones keep their key, so that pulses can be compared; own ones get one by their place. */
function questionsOf(text: string): { key: string; text: string }[] {
  const lines = text
    .split('\n')
    .map((line) => line.trim().slice(0, 300))
    .filter((line) => line !== '');
  return lines.map((line, at) => ({ key: usualQuestions.find((question) => question.text === line)?.key ?? `own-${at + 1}`, text: line }));
}
