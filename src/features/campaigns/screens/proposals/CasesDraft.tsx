import { Button, CloseButton, Group, SegmentedControl, Text, TextInput } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { RecordPicker } from '#ui/kit/RecordPicker.tsx';

export interface CaseDraft {
  readonly key: string;
  readonly kind: 'lead' | 'deal';
  readonly id: string | null;
  readonly note: string;
}

export const blankCase = (): CaseDraft => ({ key: crypto.randomUUID(), kind: 'deal', id: null, note: '' });
/** Those that name a record. */
export const casesOf = (cases: readonly CaseDraft[]) =>
  cases.flatMap(({ kind, id, note }) => (id === null ? [] : [{ kind, id, note: note.trim() }]));

/** Real leads and deals that would be helped: what a proposal weighs. */
export function CasesDraft({ cases, onChange }: { cases: readonly CaseDraft[]; onChange(cases: readonly CaseDraft[]): void }) {
  const change = (key: string, changes: Partial<CaseDraft>): void =>
    onChange(cases.map((each) => (each.key === key ? { ...each, ...changes } : each)));
  return (
    <fieldset className="cases-draft">
      <legend>Leads and deals it would help</legend>
      <Text size="xs" c="dimmed" mb={6}>
        Real cases make the difference: the open amounts behind a proposal are added up and shown.
      </Text>
      {cases.map((each, at) => (
        <CaseFields
          key={each.key}
          draft={each}
          name={`Case ${at + 1}`}
          change={(changes) => change(each.key, changes)}
          remove={() => onChange(cases.filter(({ key }) => key !== each.key))}
        />
      ))}
      <Button
        variant="default"
        size="compact-sm"
        leftSection={<IconPlus size={14} aria-hidden />}
        onClick={() => onChange([...cases, blankCase()])}
      >
        Add a case
      </Button>
    </fieldset>
  );
}

interface CaseFieldsProps {
  draft: CaseDraft;
  name: string;
  change(changes: Partial<CaseDraft>): void;
  remove?: () => void;
}

export function CaseFields({ draft, name, change, remove }: CaseFieldsProps) {
  return (
    <div className="case-draft" role="group" aria-label={name}>
      <Group gap="xs" wrap="nowrap" align="flex-end">
        <SegmentedControl
          size="xs"
          aria-label={`${name}: lead or deal`}
          data={[
            { value: 'deal', label: 'Deal' },
            { value: 'lead', label: 'Lead' },
          ]}
          value={draft.kind}
          onChange={(kind) => change({ kind: kind as 'lead' | 'deal', id: null })}
        />
        <div style={{ flex: 1, minWidth: 0 }}>
          <RecordPicker
            key={draft.kind}
            kind={draft.kind}
            label={draft.kind === 'deal' ? 'Which deal' : 'Which lead'}
            value={draft.id}
            onChange={(id) => change({ id })}
          />
        </div>
        {remove && <CloseButton aria-label={`Take ${name.toLowerCase()} out`} onClick={remove} mb={4} />}
      </Group>
      <TextInput
        label="What happened"
        placeholder="They asked for it twice"
        maxLength={2_000}
        value={draft.note}
        onChange={(event) => change({ note: event.currentTarget.value })}
      />
    </div>
  );
}
