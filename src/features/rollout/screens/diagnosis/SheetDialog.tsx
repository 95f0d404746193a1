import { Text, Textarea } from '@mantine/core';
import { useState } from 'react';
import { diagnosisQuestions } from '#features/rollout/contract/diagnosis.ts';
import type { Side } from '#features/rollout/contract/pieces.ts';
import { post } from '#ui/api/client.ts';
import { FormDialog } from '#ui/kit/FormDialog.tsx';
import { tell } from '#ui/kit/toast.tsx';
import { doing } from '../asking.ts';

const scale = [1, 2, 3, 4, 5] as const;

/** One sheet for a side, filled in together, openly. */
export function SheetDialog({ side, onClose }: { side: Side; onClose(): void }) {
  const [scores, setScores] = useState<Readonly<Record<string, number>>>({});
  const [note, setNote] = useState('');
  const missing = diagnosisQuestions.filter(({ key }) => scores[key] === undefined).length;
  return (
    <FormDialog
      title={`Sheet of ${side}`}
      label="Keep the sheet"
      ready={missing === 0}
      missing={missing === 1 ? 'One sentence is not answered.' : `${missing} sentences are not answered.`}
      size="lg"
      onClose={onClose}
      send={async () => {
        await doing(post('/rollout/diagnosis/sheets', { side, scores, note }));
        tell(`Kept. ${side === 'leadership' ? 'Leadership’s' : `The ${side} side’s`} view stands beside the others.`);
      }}
    >
      <Text size="sm" c="dimmed">
        Answer as one, for how it is. Everybody here reads it, with your name as the one who wrote it down. 1 is “not at all”, 5 “fully”.
      </Text>
      {diagnosisQuestions.map(({ key, text }) => (
        <fieldset key={key} className="rollout-question">
          <legend>{text}</legend>
          {scale.map((each) => (
            <label key={each}>
              <input
                type="radio"
                name={key}
                value={each}
                checked={scores[key] === each}
                onChange={() => setScores({ ...scores, [key]: each })}
              />
              {each}
            </label>
          ))}
        </fieldset>
      ))}
      <Textarea
        label="What should be read beside it"
        description="Optional."
        value={note}
        maxLength={2000}
        autosize
        minRows={2}
        onChange={(event) => setNote(event.currentTarget.value)}
      />
    </FormDialog>
  );
}
