import { Button, CloseButton, Group, Popover, Select, Stack, TextInput } from '@mantine/core';
import { IconFilter } from '@tabler/icons-react';
import { useState } from 'react';
import { useTeams } from '#ui/api/members.ts';
import { useRecord } from '#ui/api/records.ts';
import { nameOf } from '#ui/records.ts';
import { allCategories, sideOptions } from './ledgerWords.ts';
import { RecordPicker } from '#ui/kit/RecordPicker.tsx';
import { type CostScope, type FilterName, filterNames } from './scope.ts';
import { useKnownTexts } from './useKnownTexts.ts';

interface CostFiltersProps {
  scope: CostScope;
  change(changes: Record<string, string | null>): void;
}

const labels: Partial<Record<FilterName, string>> = {
  campaignId: 'Campaign',
  accountId: 'Account',
  teamId: 'Team',
  segment: 'Segment',
  channel: 'Channel',
  currency: 'Currency',
  supplier: 'Supplier',
};
/** Side and category stand open; these in a panel. */
const further = filterNames.filter((name) => labels[name]);

/** What else narrows the page: chosen in a panel, shown as chips that can be taken away. */
export function CostFilters({ scope, change }: CostFiltersProps) {
  const [open, setOpen] = useState(false);
  const active = further.filter((name) => scope.filters[name]);
  return (
    <Group gap={6} mt={8} role="search" aria-label="Which costs">
      <Select
        aria-label="Side"
        size="xs"
        w={124}
        data={[{ value: '', label: 'Both sides' }, ...sideOptions]}
        value={scope.filters.side ?? ''}
        allowDeselect={false}
        onChange={(side) => change({ side: side || null })}
      />
      <Select
        aria-label="Category"
        size="xs"
        w={144}
        data={[{ value: '', label: 'All categories' }, ...allCategories]}
        value={scope.filters.category ?? ''}
        allowDeselect={false}
        onChange={(category) => change({ category: category || null })}
      />
      <Popover opened={open} onChange={setOpen} position="bottom-start" width={300} trapFocus>
        <Popover.Target>
          <Button
            variant="default"
            size="xs"
            leftSection={<IconFilter size={14} aria-hidden />}
            aria-expanded={open}
            onClick={() => setOpen(!open)}
          >
            More
          </Button>
        </Popover.Target>
        <Popover.Dropdown>
          <Choices scope={scope} change={change} />
        </Popover.Dropdown>
      </Popover>
      {active.map((name) => (
        <Chip key={name} name={name} value={scope.filters[name]!} remove={() => change({ [name]: null })} />
      ))}
      {active.length > 1 && (
        <Button variant="subtle" size="compact-sm" onClick={() => change(Object.fromEntries(further.map((name) => [name, null])))}>
          Clear all
        </Button>
      )}
    </Group>
  );
}

function Choices({ scope: { filters }, change }: CostFiltersProps) {
  const teams = useTeams().data?.items ?? [];
  const known = useKnownTexts();
  const from = (name: 'segment' | 'channel') => (
    <Select
      label={labels[name]}
      data={known[name]}
      value={filters[name] ?? null}
      onChange={(value) => change({ [name]: value })}
      searchable
      clearable
      clearButtonProps={{ 'aria-label': 'Clear' }}
      comboboxProps={{ withinPortal: false }}
      nothingFoundMessage="None of that name"
    />
  );
  return (
    <Stack gap="xs">
      <Typed label="Supplier" value={filters.supplier} change={(supplier) => change({ supplier })} first />
      <RecordPicker kind="campaign" label="Campaign" value={filters.campaignId ?? null} onChange={(campaignId) => change({ campaignId })} />
      <RecordPicker kind="account" label="Account" value={filters.accountId ?? null} onChange={(accountId) => change({ accountId })} />
      <Select
        label="Team"
        data={teams.map(({ id, name }) => ({ value: id, label: name }))}
        value={filters.teamId ?? null}
        onChange={(teamId) => change({ teamId })}
        searchable
        clearable
        clearButtonProps={{ 'aria-label': 'Clear' }}
        comboboxProps={{ withinPortal: false }}
      />
      {from('channel')}
      {from('segment')}
      <Typed
        label="Currency"
        value={filters.currency}
        change={(currency) => change({ currency: currency?.toUpperCase() ?? null })}
        most={3}
      />
    </Stack>
  );
}

/** Told when it is left or sent, so that the page isn't asked for at every letter. */
function Typed({
  label,
  value,
  change,
  most = 300,
  first = false,
}: {
  label: string;
  value: string | undefined;
  change(value: string | null): void;
  most?: number;
  /** The keyboard begins here: a choice would open by itself. */
  first?: boolean;
}) {
  const [typed, setTyped] = useState(value ?? '');
  const tell = (): void => change(typed.trim() || null);
  return (
    <TextInput
      label={label}
      value={typed}
      maxLength={most}
      data-autofocus={first || undefined}
      onChange={(event) => setTyped(event.currentTarget.value)}
      onBlur={tell}
      onKeyDown={(event) => event.key === 'Enter' && tell()}
    />
  );
}

function Chip({ name, value, remove }: { name: FilterName; value: string; remove(): void }) {
  const shown = <Shown name={name} value={value} />;
  return (
    <span className="chip">
      <span className="cut">
        {labels[name]}: {shown}
      </span>
      <CloseButton size="sm" aria-label={`Remove the filter by ${labels[name]?.toLowerCase()}`} onClick={remove} />
    </span>
  );
}

function Shown({ name, value }: { name: FilterName; value: string }) {
  const teams = useTeams().data?.items ?? [];
  if (name === 'teamId') return teams.find(({ id }) => id === value)?.name ?? '…';
  if (name === 'campaignId') return <RecordName path="campaigns" id={value} />;
  if (name === 'accountId') return <RecordName path="accounts" id={value} />;
  return value;
}
function RecordName({ path, id }: { path: 'campaigns' | 'accounts'; id: string }) {
  const record = useRecord(path, id);
  return record.data ? nameOf(record.data) : '…';
}
