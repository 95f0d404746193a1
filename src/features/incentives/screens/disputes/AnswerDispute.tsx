import { Radio, Stack, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { Dispute } from '#features/incentives/contract/disputes.ts';
import { post } from '#ui/api/client.ts';
import { minorUnits } from '#ui/formats.ts';
import { FormDialog } from '#ui/kit/FormDialog.tsx';
import { tell } from '#ui/kit/toast.tsx';
import { askAgain } from '../asking.ts';

/** Explains the line, or agrees to a correction that is a line of the next run. */
export function AnswerDispute({ dispute, onClose }: { dispute: Dispute; onClose(): void }) {
  const [outcome, setOutcome] = useState<'explained' | 'corrected'>('explained');
  const [answer, setAnswer] = useState('');
  const [typed, setTyped] = useState('');
  const { currency } = dispute.line;
  const amount = minorUnits(typed, currency);
  const isAmount = amount !== null && !/^-?0*$/.test(amount);
  const ready = answer.trim() !== '' && (outcome === 'explained' || isAmount);
  const send = async (): Promise<void> => {
    await post(`/disputes/${dispute.id}/answer`, { outcome, answer, ...(outcome === 'corrected' && { amount }) });
    await askAgain();
    tell(outcome === 'corrected' ? 'Agreed. The next run has the correction.' : 'Answered.');
  };
  return (
    <FormDialog
      title={`Answer ${dispute.payee.name}`}
      label="Answer"
      ready={ready}
      missing="Say why, and by how much."
      onClose={onClose}
      send={send}
    >
      {(reasons) => (
        <>
          <blockquote className="notice">{dispute.reason}</blockquote>
          <Radio.Group label="The line" value={outcome} onChange={(value) => setOutcome(value as typeof outcome)}>
            <Stack gap={6} mt={4}>
              <Radio value="explained" label="is right: explain it" />
              <Radio value="corrected" label="is wrong: correct it in the next run" />
            </Stack>
          </Radio.Group>
          {outcome === 'corrected' && (
            <TextInput
              label={`By how much more, in ${currency}`}
              description="Less with a minus sign."
              value={typed}
              error={reasons['amount'] ?? (typed !== '' && !isAmount ? 'is no amount other than nothing' : undefined)}
              onChange={(event) => setTyped(event.currentTarget.value)}
            />
          )}
          <Textarea
            label="Answer"
            required
            autosize
            minRows={3}
            maxLength={5_000}
            value={answer}
            onChange={(event) => setAnswer(event.currentTarget.value)}
          />
        </>
      )}
    </FormDialog>
  );
}
