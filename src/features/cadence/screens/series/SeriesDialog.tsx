import { Accordion, Checkbox, Group, Select, SimpleGrid, TextInput } from '@mantine/core';
import { useState } from 'react';
import { itemKinds } from '#engine/cadence/agenda.ts';
import type { Recurrence } from '#engine/cadence/recurrence.ts';
import type { SeriesDraft } from '#features/cadence/contract/series.ts';
import { post, put } from '#ui/api/client.ts';
import { FormDialog } from '#ui/kit/FormDialog.tsx';
import { tell } from '#ui/kit/toast.tsx';
import { WholeNumber } from '#ui/kit/WholeNumber.tsx';
import { doing } from '../asking.ts';
import { AttendeesField, isNobody } from '../people/AttendeesField.tsx';
import { kindWords } from '../words.ts';
import { draftOf, type SeriesStart } from './draft.ts';
import { RuleFields } from './RuleFields.tsx';
import { SeriesPreview } from './SeriesPreview.tsx';

/** When a series meets, who comes, and what its agenda takes: with the days it would meet on. */
export function SeriesDialog({ start, onClose }: { start: SeriesStart; onClose(): void }) {
  const [draft, setDraft] = useState(() => draftOf(start));
  const set = (changes: Partial<SeriesDraft>): void => setDraft((before) => ({ ...before, ...changes }));
  const setTimes = (changes: Partial<SeriesDraft['times']>): void => set({ times: { ...draft.times, ...changes } });
  const missing = draft.name.trim() === '' ? 'Give it a name.' : isNobody(draft.attendees) ? 'Say who comes.' : null;
  const { series } = start;
  return (
    <FormDialog
      title={series ? `Change ${series.name}` : 'New series'}
      label={series ? 'Keep' : 'Set up'}
      size="lg"
      ready={missing === null}
      missing={missing}
      onClose={onClose}
      send={async () => {
        if (series) await doing(put(`/meeting-series/${series.id}`, { ...draft, after: series.number }));
        else await doing(post('/meeting-series', draft));
        tell(series ? 'Kept. Its planned meetings follow.' : `${draft.name} is set up.`);
      }}
    >
      {(reasons) => (
        <>
          <TextInput
            label="Name"
            value={draft.name}
            maxLength={120}
            error={reasons['name']}
            onChange={(event) => set({ name: event.currentTarget.value })}
            data-autofocus
          />
          <RuleFields
            rule={draft.times.recurrence as Recurrence}
            change={(rule) => setTimes({ recurrence: rule as SeriesDraft['times']['recurrence'] })}
          />
          <Group gap="sm" align="flex-start">
            <TextInput
              type="time"
              label="At"
              w={120}
              value={draft.times.at}
              onChange={(event) => setTimes({ at: event.currentTarget.value.slice(0, 5) })}
            />
            <WholeNumber label="Minutes" value={draft.minutes} min={5} max={480} onChange={(minutes) => minutes && set({ minutes })} />
            <TextInput
              type="date"
              label="From"
              value={draft.times.startsOn}
              onChange={(event) => setTimes({ startsOn: event.currentTarget.value })}
            />
            <TextInput
              type="date"
              label="Until"
              value={draft.times.endsOn ?? ''}
              onChange={(event) => setTimes({ endsOn: event.currentTarget.value || null })}
            />
          </Group>
          <Select
            label="A day on which nobody works"
            allowDeselect={false}
            w={260}
            value={draft.times.onDayOff}
            data={[
              { value: 'nextWorkingDay', label: 'moves to the next working day' },
              { value: 'skip', label: 'is left out' },
              { value: 'keep', label: 'is kept' },
            ]}
            onChange={(value) => value && setTimes({ onDayOff: value as SeriesDraft['times']['onDayOff'] })}
          />
          <TextInput
            label="Where"
            placeholder="A room, or the address of a call"
            value={draft.location}
            maxLength={300}
            onChange={(event) => set({ location: event.currentTarget.value })}
          />
          <AttendeesField value={draft.attendees} change={(attendees) => set({ attendees })} error={reasons['attendees']} />
          <Kinds kinds={draft.kinds} change={(kinds) => set({ kinds })} />
          {missing === null && <SeriesPreview draft={draft} />}
        </>
      )}
    </FormDialog>
  );
}

function Kinds({ kinds, change }: { kinds: SeriesDraft['kinds']; change(kinds: SeriesDraft['kinds']): void }) {
  return (
    <Accordion variant="separated" chevronPosition="left">
      <Accordion.Item value="kinds">
        <Accordion.Control>
          What its agenda takes from the data: {kinds.length === itemKinds.length ? 'everything' : `${kinds.length} of ${itemKinds.length}`}
        </Accordion.Control>
        <Accordion.Panel>
          <Checkbox.Group value={[...kinds]} onChange={(next) => change(itemKinds.filter((kind) => next.includes(kind)))}>
            <SimpleGrid cols={{ base: 1, xs: 2 }} spacing={8} role="group" aria-label="What its agenda takes">
              {itemKinds.map((kind) => (
                <Checkbox key={kind} value={kind} label={kindWords[kind]} />
              ))}
            </SimpleGrid>
          </Checkbox.Group>
        </Accordion.Panel>
      </Accordion.Item>
    </Accordion>
  );
}
