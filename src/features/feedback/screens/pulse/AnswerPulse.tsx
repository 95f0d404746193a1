import { Button, Textarea } from '@mantine/core';
import { useState } from 'react';
import type { Pulse, PulseQuestion } from '#features/feedback/contract/pulse.ts';
import { post } from '#ui/api/client.ts';
import { Sheet } from '#ui/kit/Page.tsx';
import { tell, tellProblem } from '#ui/kit/toast.tsx';
import { Unsaved } from '#ui/kit/Unsaved.tsx';
import { doing } from '../asking.ts';

const scale = [1, 2, 3, 4, 5] as const;

/** The open pulse: answered once, and not to be found again. */
export function AnswerPulse({ pulse }: { pulse: Pulse }) {
  const [scores, setScores] = useState<Readonly<Record<string, number>>>({});
  const [text, setText] = useState('');
  const [busy, setBusy] = useState(false);
  if (pulse.can.answer !== null)
    return (
      <Sheet title={pulse.title} padded>
        {pulse.can.answer}
      </Sheet>
    );
  const missing = pulse.questions.filter(({ key }) => scores[key] === undefined).length;
  const send = async (): Promise<void> => {
    setBusy(true);
    try {
      const { counted } = await doing(post<{ counted: boolean }>(`/pulses/${pulse.id}/answers`, { scores, text }));
      setScores({});
      setText('');
      tell(counted ? 'Thank you. Results come when it has closed.' : 'You had answered before; that answer counts.');
    } catch (error) {
      tellProblem(error);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Sheet title={pulse.title} padded>
      <p className="dim" style={{ marginTop: 0 }}>
        Nothing that is kept says who answered what, not even in the database. Nobody is told how many or who has answered while it is open.
      </p>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (missing === 0 && !busy) void send();
        }}
      >
        {pulse.questions.map((question) => (
          <Question
            key={question.key}
            question={question}
            value={scores[question.key]}
            choose={(value) => setScores({ ...scores, [question.key]: value })}
          />
        ))}
        {pulse.asksText && (
          <Textarea
            label="In your own words"
            description="Optional. It is shown among all others’, in random order and never by group. How one writes can give one away."
            value={text}
            maxLength={2000}
            autosize
            minRows={2}
            maxRows={8}
            onChange={(event) => setText(event.currentTarget.value)}
            mb="sm"
          />
        )}
        <Button type="submit" loading={busy} disabled={missing > 0}>
          Answer
        </Button>{' '}
        {missing > 0 && (
          <span className="dim small-print">
            {missing === 1 ? 'One question is not answered.' : `${missing} questions are not answered.`}
          </span>
        )}
      </form>
      <Unsaved when={Object.keys(scores).length > 0 && !busy} what="Your answer" />
    </Sheet>
  );
}

function Question({ question, value, choose }: { question: PulseQuestion; value: number | undefined; choose(value: number): void }) {
  return (
    <fieldset className="pulse-question">
      <legend>{question.text}</legend>
      <div className="pulse-scale">
        <span className="dim small-print">not at all</span>
        {scale.map((each) => (
          <label key={each}>
            <input type="radio" name={question.key} value={each} checked={value === each} onChange={() => choose(each)} />
            {each}
          </label>
        ))}
        <span className="dim small-print">fully</span>
      </div>
    </fieldset>
  );
}
