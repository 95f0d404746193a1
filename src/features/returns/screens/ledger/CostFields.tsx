import { Autocomplete, Group, SegmentedControl, Select, SimpleGrid, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { type CostCategory, type CostSide, isPay } from '#features/returns/contract/ledger.ts';
import type { Field } from '#features/records/contract.ts';
import { useTeams } from '#ui/api/members.ts';
import { useMe } from '#ui/api/session.ts';
import { FieldInput } from '#ui/kit/FieldInput.tsx';
import { WholeNumber } from '#ui/kit/WholeNumber.tsx';
import { useBasis } from './asking.ts';
import { type CostDraft, wrongAmount } from './costDraft.ts';
import { CurrencySelect } from '#ui/kit/CurrencySelect.tsx';
import type { Reasons } from '#ui/kit/FormDialog.tsx';
import { categoryOptions, sideOptions } from './ledgerWords.ts';
import { useKnownTexts } from './useKnownTexts.ts';

interface CostFieldsProps {
  draft: CostDraft;
  onChange(changes: Partial<CostDraft>): void;
  reasons: Reasons;
  /** When: a day, or how often. Stands beside the category. */
  when: ReactNode;
  /** What more there is to say of when. */
  days?: ReactNode;
}

/** What a cost is: of which side, how much, and what it was for, as far as that is known. */
export function CostFields({ draft, onChange, reasons, when, days }: CostFieldsProps) {
  const basis = useBasis();
  return (
    <Stack gap="sm">
      <SegmentedControl aria-label="Side" value={draft.side} onChange={(side) => onChange({ side: side as CostSide })} data={sideOptions} />
      <Group gap="sm" grow align="flex-start">
        <Select
          label="Category"
          data={categoryOptions(draft.side, basis)}
          value={draft.category}
          allowDeselect={false}
          error={reasons['category']}
          onChange={(category) => category && onChange({ category: category as CostCategory })}
        />
        {when}
      </Group>
      {days}
      <Money draft={draft} onChange={onChange} reasons={reasons} />
      {isPay(draft.category) && (
        <WholeNumber
          label="How many people’s pay is in it"
          description="Sums of few people’s pay are withheld from those who may not see it."
          value={draft.people}
          onChange={(people) => onChange({ people })}
          min={1}
          max={1_000_000}
          optional
          width="100%"
          error={reasons['people']}
        />
      )}
      <Aims draft={draft} onChange={onChange} reasons={reasons} />
    </Stack>
  );
}

type PartProps = Omit<CostFieldsProps, 'when' | 'days'>;

function Money({ draft, onChange, reasons }: PartProps) {
  const { currency } = useMe().workspace;
  const [left, setLeft] = useState(false);
  const wrong = left && draft.typed.trim() !== '' ? wrongAmount(draft) : null;
  return (
    <Group gap="sm" align="flex-start" wrap="nowrap">
      <TextInput
        label="Amount"
        description={draft.typed.trim().startsWith('-') ? 'Money that came back, such as a credit note.' : undefined}
        required
        inputMode="decimal"
        style={{ flex: 1 }}
        value={draft.typed}
        error={reasons['amount'] ?? wrong}
        onBlur={() => setLeft(true)}
        onChange={(event) => onChange({ typed: event.currentTarget.value })}
        data-autofocus
      />
      <CurrencySelect
        value={draft.currency}
        own={currency}
        width={104}
        error={reasons['currency']}
        onChange={(chosen) => onChange({ currency: chosen })}
      />
    </Group>
  );
}

const campaign: Field = { name: 'campaignId', type: 'campaign', label: 'Campaign' };
const account: Field = { name: 'accountId', type: 'account', label: 'Account' };
const member: Field = { name: 'memberId', type: 'member', label: 'By or for whom' };

/** All of it may stay blank; what has no campaign, segment, channel or team can be spread by a key. */
function Aims({ draft, onChange, reasons }: PartProps) {
  const { currency } = useMe().workspace;
  const teams = useTeams().data?.items ?? [];
  const known = useKnownTexts();
  const reference = (field: Field, name: 'campaignId' | 'accountId' | 'memberId') => (
    <FieldInput
      field={field}
      label={field.label}
      value={draft[name]}
      display={draft.names[name] ?? null}
      error={reasons[name]}
      currency={currency}
      onChange={(value) => onChange({ [name]: value })}
    />
  );
  const words = (name: 'supplier' | 'channel' | 'segment', label: string) => (
    <Autocomplete
      label={label}
      data={known[name]}
      limit={30}
      maxLength={name === 'supplier' ? 300 : 200}
      value={draft[name]}
      error={reasons[name]}
      onChange={(value) => onChange({ [name]: value })}
    />
  );
  return (
    <>
      <Text size="xs" c="dimmed">
        What it was for, as far as it is known. What stays blank can be spread by an allocation key.
      </Text>
      <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm" verticalSpacing="sm">
        {words('supplier', 'Supplier')}
        {reference(campaign, 'campaignId')}
        {words('channel', 'Channel')}
        {words('segment', 'Segment')}
        <Select
          label="Team"
          data={teams.map(({ id, name }) => ({ value: id, label: name }))}
          value={draft.teamId}
          error={reasons['teamId']}
          onChange={(teamId) => onChange({ teamId })}
          searchable
          clearable
          clearButtonProps={{ 'aria-label': 'Clear' }}
        />
        {reference(account, 'accountId')}
        {reference(member, 'memberId')}
      </SimpleGrid>
      <Textarea
        label="What it was"
        autosize
        minRows={1}
        maxRows={6}
        maxLength={2_000}
        value={draft.description}
        error={reasons['description']}
        onChange={(event) => onChange({ description: event.currentTarget.value })}
      />
    </>
  );
}
