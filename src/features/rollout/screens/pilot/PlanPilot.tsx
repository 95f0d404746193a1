import { MultiSelect, Select, Text, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import { type MeasureName, measureNames, measures } from '#engine/rollout/measures.ts';
import type { PilotChoices, Split } from '#features/rollout/contract/pilots.ts';
import { post } from '#ui/api/client.ts';
import { addDays, plural, today } from '#ui/formats.ts';
import { FormDialog } from '#ui/kit/FormDialog.tsx';
import { tell } from '#ui/kit/toast.tsx';
import { doing, usePilotChoices } from '../asking.ts';

const splitWords: Readonly<Record<Split, string>> = {
  halves: 'Halves of the people, drawn by chance (fairest)',
  teams: 'Teams',
  regions: 'Regions',
  segments: 'Segments',
};

/** Groups, measure and start: settled for good, before anything is known. */
export function PlanPilot({ onClose }: { onClose(): void }) {
  const choices = usePilotChoices().data;
  const [draft, setDraft] = useState({
    name: '',
    split: 'halves' as Split,
    pilot: [] as string[],
    comparison: [] as string[],
    measure: 'accepted' as MeasureName,
    changes: '',
    startsOn: addDays(today(), 7),
  });
  const set = (changes: Partial<typeof draft>): void => setDraft((before) => ({ ...before, ...changes }));
  const chosen = draft.split === 'halves' || (draft.pilot.length > 0 && draft.comparison.length > 0);
  return (
    <FormDialog
      title="Plan a pilot"
      label="Settle it"
      ready={draft.name.trim() !== '' && draft.startsOn !== '' && chosen}
      missing="A name, two groups and a start."
      size="lg"
      onClose={onClose}
      send={async () => {
        await doing(post('/rollout/pilots', draft));
        tell('Settled. Groups and measure stay as they are.');
      }}
    >
      {(reasons) => (
        <>
          <Text size="sm" c="dimmed">
            Who is in which group, and by what it is judged, can’t be changed afterwards: whoever could choose after the fact would find
            what they hoped for.
          </Text>
          <TextInput
            label="What it is called"
            value={draft.name}
            maxLength={120}
            error={reasons['name']}
            onChange={(event) => set({ name: event.currentTarget.value })}
            data-autofocus
          />
          <Select
            label="Groups of"
            data={Object.entries(splitWords).map(([value, label]) => ({ value, label }))}
            value={draft.split}
            onChange={(split) => split && set({ split: split as Split, pilot: [], comparison: [] })}
            allowDeselect={false}
          />
          {draft.split === 'halves' ? (
            <Text size="sm" c="dimmed">
              {choices
                ? `${plural(choices.owners, 'person', 'people')} who own leads passed in the last twelve weeks are drawn into two halves.`
                : ''}
            </Text>
          ) : (
            <Groups of={draft.split} choices={choices} draft={draft} set={set} reasons={reasons} />
          )}
          <Select
            label="Judged by"
            description={measures[draft.measure].formula}
            data={measureNames.map((value) => ({ value, label: measures[value].label }))}
            value={draft.measure}
            onChange={(measure) => measure && set({ measure: measure as MeasureName })}
            allowDeselect={false}
          />
          <TextInput
            type="date"
            label="Begins"
            description={
              draft.startsOn < today() ? 'It lies in the past: that will be said beside every result.' : 'Weeks are counted from this day.'
            }
            value={draft.startsOn}
            w={240}
            error={reasons['startsOn']}
            onChange={(event) => set({ startsOn: event.currentTarget.value })}
          />
          <Textarea
            label="What the pilot group does differently"
            value={draft.changes}
            maxLength={2000}
            autosize
            minRows={2}
            onChange={(event) => set({ changes: event.currentTarget.value })}
          />
        </>
      )}
    </FormDialog>
  );
}

interface GroupsProps {
  of: Exclude<Split, 'halves'>;
  choices: PilotChoices | undefined;
  draft: { readonly pilot: string[]; readonly comparison: string[] };
  set(changes: { pilot?: string[]; comparison?: string[] }): void;
  reasons: Readonly<Record<string, string>>;
}

/** What is in one group is not offered for the other. */
function Groups({ of, choices, draft, set, reasons }: GroupsProps) {
  const data = (choices?.[of] ?? []).map(({ key, name, leads }) => ({
    value: key,
    label: `${name} (${plural(leads, 'lead')} in 12 weeks)`,
  }));
  const but = (taken: readonly string[]) => data.filter(({ value }) => !taken.includes(value));
  return (
    <>
      <MultiSelect
        label="Pilot group"
        data={but(draft.comparison)}
        value={draft.pilot}
        onChange={(pilot) => set({ pilot })}
        searchable
        error={reasons['pilot']}
      />
      <MultiSelect
        label="Comparison group"
        data={but(draft.pilot)}
        value={draft.comparison}
        onChange={(comparison) => set({ comparison })}
        searchable
        error={reasons['comparison']}
      />
    </>
  );
}
