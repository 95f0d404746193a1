import { ActionIcon, Button, Group, NumberInput, Select, Text, TextInput } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { useState } from 'react';
import type { Holiday } from '#features/agreement/contract/calendars.ts';
import { day, plural, today } from '#ui/formats.ts';
import { Wrong } from '#ui/kit/States.tsx';
import { useHolidays } from './useCalendars.ts';

export interface HolidayDraft {
  country: string | null;
  region: string | null;
  holidays: Holiday[];
}

/** Days off: those of a country and region, for some years, and the company's own. */
export function HolidayEditor({ draft, onChange }: { draft: HolidayDraft; onChange(draft: HolidayDraft): void }) {
  const { holidays } = draft;
  const add = (days: readonly Holiday[]): void => onChange({ ...draft, holidays: merged(holidays, days) });
  return (
    <fieldset className="week">
      <legend>Days off</legend>
      <PublicHolidays draft={draft} onChange={onChange} onAdd={add} />
      <OwnDay onAdd={(own) => add([own])} />
      {holidays.length === 0 ? (
        <Text size="sm" c="dimmed">
          None yet: every weekday with hours is worked.
        </Text>
      ) : (
        <>
          <Group justify="space-between">
            <Text size="sm">{plural(holidays.length, 'day')}</Text>
            <Button size="compact-sm" variant="subtle" onClick={() => onChange({ ...draft, holidays: [] })}>
              Remove all
            </Button>
          </Group>
          <ul className="days-off" tabIndex={0} aria-label="Days off">
            {holidays.map(({ on, name }) => (
              <li key={on}>
                <span>{day(on)}</span>
                <span className="cut">{name}</span>
                <ActionIcon
                  aria-label={`Remove ${name}, ${day(on)}`}
                  color="gray"
                  size={24}
                  onClick={() => onChange({ ...draft, holidays: holidays.filter((other) => other.on !== on) })}
                >
                  <IconX size={14} />
                </ActionIcon>
              </li>
            ))}
          </ul>
        </>
      )}
    </fieldset>
  );
}

const merged = (holidays: readonly Holiday[], more: readonly Holiday[]): Holiday[] =>
  [...new Map([...more, ...holidays].map((each) => [each.on, each])).values()].sort((one, other) => (one.on < other.on ? -1 : 1));

interface PublicProps {
  draft: HolidayDraft;
  onChange(draft: HolidayDraft): void;
  onAdd(days: readonly Holiday[]): void;
}

function PublicHolidays({ draft, onChange, onAdd }: PublicProps) {
  const year = Number(today().slice(0, 4));
  const [from, setFrom] = useState<number | string>(year - 1);
  const [to, setTo] = useState<number | string>(year + 3);
  const answer = useHolidays({ country: draft.country, region: draft.region, from: Number(from), to: Number(to) });
  if (answer.error) return <Wrong error={answer.error} retry={() => void answer.refetch()} what="The public holidays" />;
  const choices = (places: readonly { code: string; name: string }[] = []) =>
    places.map(({ code, name }) => ({ value: code, label: name }));
  const known = new Set(draft.holidays.map(({ on }) => on));
  const fresh = (answer.data?.items ?? []).filter(({ on }) => !known.has(on));
  return (
    <Group align="flex-end" gap="sm">
      <Select
        label="Country"
        placeholder="Choose"
        searchable
        clearable
        limit={300}
        w={190}
        data={choices(answer.data?.countries)}
        value={draft.country}
        onChange={(country) => onChange({ ...draft, country, region: null })}
      />
      {(answer.data?.regions.length ?? 0) > 0 && (
        <Select
          label="Region"
          placeholder="Whole country"
          searchable
          clearable
          w={190}
          data={choices(answer.data?.regions)}
          value={draft.region}
          onChange={(region) => onChange({ ...draft, region })}
        />
      )}
      <NumberInput label="From year" w={96} min={1970} max={2100} value={from} onChange={setFrom} allowDecimal={false} />
      <NumberInput label="To year" w={96} min={1970} max={2100} value={to} onChange={setTo} allowDecimal={false} />
      <Button
        variant="default"
        disabled={draft.country === null || fresh.length === 0}
        loading={answer.isFetching}
        onClick={() => onAdd(fresh)}
      >
        {draft.country !== null && answer.data && fresh.length === 0
          ? 'All added'
          : `Add ${draft.country === null ? 'holidays' : plural(fresh.length, 'day')}`}
      </Button>
    </Group>
  );
}

function OwnDay({ onAdd }: { onAdd(holiday: Holiday): void }) {
  const [on, setOn] = useState('');
  const [name, setName] = useState('');
  const add = (): void => {
    onAdd({ on, name: name.trim() });
    setOn('');
    setName('');
  };
  return (
    <Group align="flex-end" gap="sm">
      <TextInput type="date" label="A day of your own" w={190} value={on} onChange={(event) => setOn(event.currentTarget.value)} />
      <TextInput
        label="What it is"
        placeholder="Company outing"
        maxLength={200}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || !on || !name.trim()) return;
          event.preventDefault();
          add();
        }}
      />
      <Button variant="default" disabled={!on || !name.trim()} onClick={add}>
        Add day
      </Button>
    </Group>
  );
}
