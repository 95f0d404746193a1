import { MultiSelect, Select, SimpleGrid, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { z } from 'zod';
import { categoriesOf, type CostCategory, categoryLabels, type CostSide } from '#features/returns/contract/ledger.ts';
import { type keyMade, keyMeasures, type KeyMeasure, keyTargets, type KeyTarget } from '#features/returns/contract/plans.ts';
import { post } from '#ui/api/client.ts';
import { useTeams } from '#ui/api/members.ts';
import { month } from '#ui/formats.ts';
import { tell } from '#ui/kit/toast.tsx';
import { askLedgerAgain } from './asking.ts';
import { FormDialog, type Reasons } from '#ui/kit/FormDialog.tsx';
import { contentOfKey, gapsOfKey, isStated, type KeyDraft } from './keyDraft.ts';
import { KeyShares } from './KeyShares.tsx';
import { measureWords, targetWords } from './keyWords.ts';
import { allCategories, sideOptions } from './ledgerWords.ts';
import { MonthSelect } from './MonthSelect.tsx';

interface KeyEditorProps {
  start: KeyDraft;
  /** Null: a new key; else another version of this one. */
  keyId: string | null;
  onClose(): void;
}

/** Which costs are spread, onto what, by what, and from which month on. */
export function KeyEditor({ start, keyId, onClose }: KeyEditorProps) {
  const [draft, setDraft] = useState(start);
  const change = (changes: Partial<KeyDraft>): void => setDraft((before) => fitting({ ...before, ...changes }, before));
  const gaps = gapsOfKey(draft);
  const send = async (): Promise<void> => {
    const body = { name: draft.name.trim(), content: contentOfKey(draft), effectiveFrom: draft.effectiveFrom };
    const path = keyId === null ? '/allocation-keys' : `/allocation-keys/${keyId}/versions`;
    const { number } = await post<z.output<typeof keyMade>>(path, body);
    await askLedgerAgain();
    tell(`“${body.name}” is saved as version ${number}. It counts from ${month(draft.effectiveFrom)} on.`);
  };
  return (
    <FormDialog
      title={keyId === null ? 'Add an allocation key' : `New version of “${start.name}”`}
      label="Save"
      size="lg"
      ready={Object.keys(gaps).length === 0}
      missing={Object.values(gaps)[0] ?? null}
      onClose={onClose}
      send={send}
    >
      {(reasons) => (
        <>
          <TextInput
            label="Name"
            placeholder="Salaries of marketing by leads"
            required
            maxLength={200}
            value={draft.name}
            error={reasons['name']}
            onChange={(event) => change({ name: event.currentTarget.value })}
            data-autofocus
          />
          <Which draft={draft} change={change} reasons={reasons} />
          <How draft={draft} change={change} reasons={reasons} />
          {isStated(draft.by) && (
            <KeyShares draft={draft} change={(shares) => change({ shares })} error={reasons['content.shares'] ?? gaps['shares']} />
          )}
        </>
      )}
    </FormDialog>
  );
}

/** A side has its own categories; another kind of target knows none of the former ones. */
function fitting(next: KeyDraft, before: KeyDraft): KeyDraft {
  const has = next.side ? categoriesOf[next.side] : null;
  return {
    ...next,
    categories: has ? next.categories.filter((category) => has.includes(category)) : next.categories,
    teamId: next.onto === 'team' ? null : next.teamId,
    shares: next.onto === before.onto ? withRow(next) : withRow({ ...next, shares: [] }),
  };
}
const withRow = ({ by, shares }: KeyDraft): KeyDraft['shares'] =>
  isStated(by) && shares.length === 0 ? [{ target: '', weight: '' }] : shares;

interface PartProps {
  draft: KeyDraft;
  change(changes: Partial<KeyDraft>): void;
  reasons: Reasons;
}

function Which({ draft, change, reasons }: PartProps) {
  const teams = useTeams().data?.items ?? [];
  const categories = draft.side ? categoriesOf[draft.side].map((value) => ({ value, label: categoryLabels[value] })) : [...allCategories];
  return (
    <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
      <Select
        label="Costs of"
        data={[{ value: '', label: 'Both sides' }, ...sideOptions]}
        value={draft.side ?? ''}
        allowDeselect={false}
        onChange={(side) => change({ side: (side || null) as CostSide | null })}
      />
      <MultiSelect
        label="Categories"
        placeholder={draft.categories.length === 0 ? 'All' : undefined}
        data={categories}
        value={draft.categories}
        clearable
        clearButtonProps={{ 'aria-label': 'All categories' }}
        error={reasons['content.applies.categories']}
        onChange={(chosen) => change({ categories: chosen as CostCategory[] })}
      />
      <Select
        label="Of one team only"
        placeholder="Any, or none"
        data={teams.map(({ id, name }) => ({ value: id, label: name }))}
        value={draft.teamId}
        disabled={draft.onto === 'team'}
        searchable
        clearable
        clearButtonProps={{ 'aria-label': 'Any team' }}
        error={reasons['content.applies.teamId']}
        onChange={(teamId) => change({ teamId })}
      />
    </SimpleGrid>
  );
}

function How({ draft, change, reasons }: PartProps) {
  const one = targetWords[draft.onto].slice(0, -1).toLowerCase();
  return (
    <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
      <Select
        label="Spread onto"
        description={`What has a ${one} already stays with it.`}
        data={keyTargets.map((value) => ({ value, label: targetWords[value] }))}
        value={draft.onto}
        allowDeselect={false}
        onChange={(onto) => change({ onto: onto as KeyTarget })}
      />
      <Select
        label="By"
        description={isStated(draft.by) ? 'You state the weights below.' : 'Found anew for each month.'}
        data={keyMeasures.map((value) => ({ value, label: measureWords[value] }))}
        value={draft.by}
        allowDeselect={false}
        onChange={(by) => change({ by: by as KeyMeasure })}
      />
      <MonthSelect
        label="Counts from"
        description="Earlier months stay as they are."
        value={draft.effectiveFrom}
        error={reasons['effectiveFrom']}
        onChange={(effectiveFrom) => change({ effectiveFrom })}
      />
    </SimpleGrid>
  );
}
