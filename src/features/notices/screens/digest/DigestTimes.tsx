import { SegmentedControl, Select, TextInput } from '@mantine/core';
import { useState } from 'react';
import { type DigestChoice, type OwnDigest, type Rhythm, rhythms } from '#features/notices/contract/digest.ts';
import { put } from '#ui/api/client.ts';
import { Sheet } from '#ui/kit/Page.tsx';
import { tellProblem } from '#ui/kit/toast.tsx';
import { doing } from '../asking.ts';

const rhythmLabels: Readonly<Record<Rhythm, string>> = { daily: 'Every working day', weekly: 'Every week', never: 'Never' };
const dayLabels: Readonly<Record<DigestChoice['weekday'], string>> = {
  mon: 'Monday',
  tue: 'Tuesday',
  wed: 'Wednesday',
  thu: 'Thursday',
  fri: 'Friday',
  sat: 'Saturday',
  sun: 'Sunday',
};
const isTime = (text: string): boolean => /^([01]\d|2[0-3]):[0-5]\d$/.test(text);

/** Each change is kept at once; a time when it is whole. */
export function DigestTimes({ own: { choice, timeZone } }: { own: OwnDigest }) {
  const [at, setAt] = useState(choice.at);
  const [saved, setSaved] = useState(false);
  const keep = (change: Partial<DigestChoice>): void =>
    void doing('notices', put('/notices/digest', { ...choice, at: isTime(at) ? at : choice.at, ...change })).then(
      () => setSaved(true),
      tellProblem,
    );
  return (
    <Sheet
      title="When it comes"
      padded
      actions={
        <span role="status" className="good small-print">
          {saved ? 'Kept.' : ''}
        </span>
      }
    >
      <div style={{ display: 'flex', flexWrap: 'wrap', gap: 16, alignItems: 'flex-end' }}>
        <SegmentedControl
          aria-label="How often"
          value={choice.rhythm}
          onChange={(value) => keep({ rhythm: value as Rhythm })}
          data={rhythms.map((value) => ({ value, label: rhythmLabels[value] }))}
        />
        {choice.rhythm === 'weekly' && (
          <Select
            label="Day"
            value={choice.weekday}
            allowDeselect={false}
            onChange={(value) => value && keep({ weekday: value as DigestChoice['weekday'] })}
            data={Object.entries(dayLabels).map(([value, label]) => ({ value, label }))}
            w={150}
          />
        )}
        {choice.rhythm !== 'never' && (
          <TextInput
            type="time"
            label={`Time (${timeZone})`}
            value={at}
            onChange={(event) => setAt(event.currentTarget.value)}
            onBlur={() => isTime(at) && at !== choice.at && keep({ at })}
            error={isTime(at) ? null : 'A time like 07:30.'}
            w={180}
          />
        )}
      </div>
    </Sheet>
  );
}
