import { Group, Select, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { z } from 'zod';
import { dueDays, type Rhythm } from '#engine/returns/recurrence.ts';
import { recurrences, type recurringMade } from '#features/returns/contract/ledger.ts';
import { post } from '#ui/api/client.ts';
import { useMe } from '#ui/api/session.ts';
import { capitalised, plural, today } from '#ui/formats.ts';
import { tell } from '#ui/kit/toast.tsx';
import { askLedgerAgain } from './asking.ts';
import { blankDraft, changedDraft, contentOf, type CostDraft, wrongAmount } from './costDraft.ts';
import { CostFields } from './CostFields.tsx';
import { FormDialog, type Reasons } from '#ui/kit/FormDialog.tsx';
import { everyWords } from './ledgerWords.ts';

const rhythms = recurrences.map((value) => ({ value, label: capitalised(everyWords[value]) }));

/** Once entered, it falls due by itself. What is due by today is posted at once, and said so before. */
export function AddRecurring({ onClose }: { onClose(): void }) {
  const { workspace, member } = useMe();
  const [draft, setDraft] = useState(() => blankDraft(member.side === 'sales' ? 'sales' : 'marketing', workspace.currency, today()));
  const [every, setEvery] = useState<Rhythm>('month');
  const [endsOn, setEndsOn] = useState('');
  const change = (changes: Partial<CostDraft>): void => setDraft((before) => changedDraft(before, changes));
  const backwards = endsOn !== '' && endsOn < draft.occurredOn;
  const send = async (): Promise<void> => {
    const body = { every, startsOn: draft.occurredOn, endsOn: endsOn || null, ...contentOf(draft) };
    const { posted } = await post<z.output<typeof recurringMade>>('/costs/recurring', body);
    await askLedgerAgain();
    tell(posted > 0 ? `Recorded. ${plural(posted, 'entry', 'entries')} due by today ${posted === 1 ? 'is' : 'are'} posted.` : 'Recorded.');
  };
  return (
    <FormDialog
      title="Add a recurring cost"
      label="Record"
      size="lg"
      ready={draft.occurredOn !== '' && !backwards && wrongAmount(draft) === null}
      missing={wrongAmount(draft) ?? (draft.occurredOn === '' ? 'Say the first day.' : null)}
      onClose={onClose}
      send={send}
    >
      {(reasons) => (
        <CostFields
          draft={draft}
          onChange={change}
          reasons={reasons}
          when={
            <Select label="How often" data={rhythms} value={every} allowDeselect={false} onChange={(value) => setEvery(value as Rhythm)} />
          }
          days={
            <>
              <Days
                draft={draft}
                endsOn={endsOn}
                backwards={backwards}
                reasons={reasons}
                setFirst={(occurredOn) => change({ occurredOn })}
                setLast={setEndsOn}
              />
              <Due every={every} from={draft.occurredOn} endsOn={endsOn} />
            </>
          }
        />
      )}
    </FormDialog>
  );
}

interface DaysProps {
  draft: CostDraft;
  endsOn: string;
  backwards: boolean;
  reasons: Reasons;
  setFirst(day: string): void;
  setLast(day: string): void;
}

function Days({ draft, endsOn, backwards, reasons, setFirst, setLast }: DaysProps) {
  return (
    <Group gap="sm" grow align="flex-start">
      <TextInput
        type="date"
        label="First on"
        required
        value={draft.occurredOn}
        error={reasons['startsOn']}
        onChange={(event) => setFirst(event.currentTarget.value)}
      />
      <TextInput
        type="date"
        label="No entry after"
        value={endsOn}
        min={draft.occurredOn}
        error={backwards ? 'It ends before it starts.' : reasons['endsOn']}
        onChange={(event) => setLast(event.currentTarget.value)}
      />
    </Group>
  );
}

/** What sending it will post, before it is sent. */
function Due({ every, from, endsOn }: { every: Rhythm; from: string; endsOn: string }) {
  const to = endsOn && endsOn < today() ? endsOn : today();
  const known = /^\d{4}-\d\d-\d\d$/.test(from) && from > '1990';
  const due = known && from <= to ? dueDays({ every, dayOfMonth: Number(from.slice(8)), from, to }).length : 0;
  return (
    <Text size="xs" c="dimmed" role="status">
      {due === 0 ? 'Nothing is due by today.' : `${plural(due, 'entry is', 'entries are')} due by today and posted at once.`} Later ones
      stand on the same day of the month, or its last where it has none.
    </Text>
  );
}
