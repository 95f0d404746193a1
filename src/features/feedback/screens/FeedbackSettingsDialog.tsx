import { Checkbox, NumberInput, Select, Text } from '@mantine/core';
import { useState } from 'react';
import type { FeedbackSettings } from '#features/feedback/contract/overview.ts';
import { patch } from '#ui/api/client.ts';
import { instant } from '#ui/formats.ts';
import { FormDialog } from '#ui/kit/FormDialog.tsx';
import { tell } from '#ui/kit/toast.tsx';
import { doing, useFeedbackSettings } from './asking.ts';

/** By when feedback is answered, whether it may be anonymous, how often a pulse opens. */
export function FeedbackSettingsDialog({ onClose }: { onClose(): void }) {
  const settings = useFeedbackSettings().data;
  return settings ? <Known settings={settings} onClose={onClose} /> : null;
}

const rhythms = [
  { value: 'none', label: 'Opened by hand' },
  { value: 'month', label: 'Every month' },
  { value: 'quarter', label: 'Every quarter' },
];

function Known({ settings, onClose }: { settings: FeedbackSettings; onClose(): void }) {
  const [answerDays, setAnswerDays] = useState<number | string>(settings.answerDays);
  const [anonymous, setAnonymous] = useState(settings.anonymous);
  const [every, setEvery] = useState<string>(settings.pulse?.every ?? 'none');
  const [openDays, setOpenDays] = useState<number | string>(settings.pulse?.openDays ?? 7);
  const locked = settings.whyNotSet !== null;
  const isWhole = (value: number | string, low: number, high: number): boolean =>
    typeof value === 'number' && Number.isInteger(value) && value >= low && value <= high;
  return (
    <FormDialog
      title="What is agreed about feedback"
      label="Agree"
      ready={!locked && isWhole(answerDays, 1, 30) && isWhole(openDays, 3, 21)}
      missing={settings.whyNotSet ?? 'Whole days.'}
      onClose={onClose}
      send={async () => {
        await doing(patch('/feedback/settings', { answerDays, anonymous, pulse: every === 'none' ? null : { every, openDays } }));
        tell('Agreed, for feedback from now on.');
      }}
    >
      <NumberInput
        label="Working days for an answer"
        min={1}
        max={30}
        value={answerDays}
        onChange={setAnswerDays}
        disabled={locked}
        w={220}
      />
      <Checkbox
        label="Feedback may be given anonymously"
        description="Nothing that is kept says who gave it. It is shown together with others, and only where five others could have written it."
        checked={anonymous}
        onChange={(event) => setAnonymous(event.currentTarget.checked)}
        disabled={locked}
      />
      <Select
        label="Pulse"
        data={rhythms}
        value={every}
        onChange={(value) => setEvery(value ?? 'none')}
        allowDeselect={false}
        disabled={locked}
        w={220}
      />
      {every !== 'none' && (
        <NumberInput label="Days a pulse is open" min={3} max={21} value={openDays} onChange={setOpenDays} disabled={locked} w={220} />
      )}
      {settings.setBy && (
        <Text size="sm" c="dimmed">
          Agreed by {settings.setBy.name}, {instant(settings.setAt)}.
        </Text>
      )}
    </FormDialog>
  );
}
