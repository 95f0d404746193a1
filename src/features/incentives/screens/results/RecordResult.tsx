import { Text, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import { post } from '#ui/api/client.ts';
import { day } from '#ui/formats.ts';
import { FormDialog } from '#ui/kit/FormDialog.tsx';
import { tell } from '#ui/kit/toast.tsx';
import { askAgain, type MissingResult } from '../asking.ts';

/** How far somebody reached an objective, with what shows it, under the name of who says so. */
export function RecordResult({ missing, onClose }: { missing: MissingResult; onClose(): void }) {
  const { planId, component, objective, payee, periodStart } = missing;
  const [percent, setPercent] = useState('');
  const [evidence, setEvidence] = useState('');
  const isPercent = /^(100(\.0{1,2})?|\d{1,2}(\.\d{1,2})?)$/.test(percent.trim());
  const send = async (): Promise<void> => {
    await post('/mbo-results', {
      ...{ planId, component, objective, periodStart, memberId: payee.id },
      resultPercent: percent.trim(),
      evidence,
    });
    await askAgain();
    tell('Recorded. The next run pays by it.');
  };
  return (
    <FormDialog
      title={`“${missing.says}”: how far did ${payee.name} get?`}
      label="Record"
      ready={isPercent && evidence.trim() !== ''}
      missing={isPercent ? 'Say what shows it.' : 'Say how far, in percent.'}
      onClose={onClose}
      send={send}
    >
      {(reasons) => (
        <>
          <Text size="sm">
            {missing.planName}, period from {day(periodStart)}. {payee.name} sees it with your name, and may dispute the line it pays.
          </Text>
          <TextInput
            label="Reached (%)"
            inputMode="decimal"
            required
            value={percent}
            error={reasons['resultPercent'] ?? (percent !== '' && !isPercent ? 'is no percent from 0 to 100, such as 87.5' : undefined)}
            onChange={(event) => setPercent(event.currentTarget.value)}
            w={160}
            data-autofocus
          />
          <Textarea
            label="What shows it"
            description="What was done, and where it can be seen."
            required
            autosize
            minRows={3}
            maxLength={5_000}
            value={evidence}
            error={reasons['evidence']}
            onChange={(event) => setEvidence(event.currentTarget.value)}
          />
        </>
      )}
    </FormDialog>
  );
}
