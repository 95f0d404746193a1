import { Button, Group, Select, TextInput } from '@mantine/core';
import { useState } from 'react';
import { addDays, today } from '#ui/formats.ts';
import { groupings } from './backTestWords.ts';

export interface BackTestAsk {
  start?: string;
  end?: string;
  by: string;
}

/** Of which days, and by what it is broken down. */
export function BackTestForm({ busy, onRun }: { busy: boolean; onRun(asked: BackTestAsk): void }) {
  const [start, setStart] = useState(addDays(today(), -364));
  const [end, setEnd] = useState(today());
  const [by, setBy] = useState('segment');
  const backwards = start !== '' && end !== '' && end < start;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (!backwards) onRun({ by, ...(start && { start }), ...(end && { end }) });
      }}
    >
      <Group gap="xs" align="flex-end" mb="sm">
        <TextInput type="date" label="Leads opened from" value={start} onChange={(event) => setStart(event.currentTarget.value)} />
        <TextInput
          type="date"
          label="to"
          value={end}
          onChange={(event) => setEnd(event.currentTarget.value)}
          error={backwards ? 'ends before it begins' : undefined}
        />
        <Select label="By" data={groupings} value={by} allowDeselect={false} onChange={(chosen) => setBy(chosen ?? 'segment')} w={140} />
        <Button type="submit" loading={busy}>
          Run
        </Button>
      </Group>
    </form>
  );
}
