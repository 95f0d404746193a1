import { ActionIcon, Autocomplete, Button, Group, Select, TextInput } from '@mantine/core';
import { IconPlus, IconX } from '@tabler/icons-react';
import type { KeyTarget } from '#features/returns/contract/plans.ts';
import { useTeams } from '#ui/api/members.ts';
import { evenShares, type KeyDraft, leftOfHundred, type ShareDraft, weightsText } from './keyDraft.ts';
import { targetWords } from './keyWords.ts';
import { RecordPicker } from '#ui/kit/RecordPicker.tsx';
import { useKnownTexts } from './useKnownTexts.ts';

interface KeySharesProps {
  draft: KeyDraft;
  change(shares: ShareDraft[]): void;
  error: string | undefined;
}

/** A weight for each target: hours, or percents that sum to 100. */
export function KeyShares({ draft, change, error }: KeySharesProps) {
  const { shares, onto, by } = draft;
  const set = (at: number, changes: Partial<ShareDraft>): void =>
    change(shares.map((share, place) => (place === at ? { ...share, ...changes } : share)));
  const unit = by === 'fixed' ? '%' : 'h';
  return (
    <fieldset className="week">
      <legend>{by === 'fixed' ? 'Shares' : 'Hours'}</legend>
      {shares.map((share, at) => (
        <Group key={at} gap={6} wrap="nowrap" align="flex-end">
          <div className="key-target">
            <Target onto={onto} at={at} value={share.target} change={(target) => set(at, { target })} />
          </div>
          <TextInput
            aria-label={`${by === 'fixed' ? 'Percent' : 'Hours'} of target ${at + 1}`}
            inputMode="decimal"
            w={110}
            value={share.weight}
            rightSection={<span className="dim">{unit}</span>}
            onChange={(event) => set(at, { weight: event.currentTarget.value.replace(',', '.').replace('%', '').trim() })}
          />
          <ActionIcon
            color="gray"
            size={36}
            aria-label={`Take target ${at + 1} out`}
            onClick={() => change(shares.filter((_, place) => place !== at))}
          >
            <IconX size={16} />
          </ActionIcon>
        </Group>
      ))}
      <Group gap={8}>
        <Button
          size="compact-sm"
          variant="default"
          leftSection={<IconPlus size={14} aria-hidden />}
          onClick={() => change([...shares, { target: '', weight: '' }])}
        >
          Add
        </Button>
        {by === 'fixed' && shares.length > 1 && (
          <Button size="compact-sm" variant="default" onClick={() => change(evenShares(shares))}>
            Share evenly
          </Button>
        )}
        <span className={error ? 'bad' : 'dim'} role="status">
          {sumText(draft)}
        </span>
      </Group>
    </fieldset>
  );
}

function sumText({ shares, by }: KeyDraft): string {
  if (by === 'hours') return `${weightsText(shares)} h in all`;
  const left = leftOfHundred(shares);
  if (left === '0') return 'They sum to 100 %.';
  return `They sum to ${weightsText(shares)} %: ${left.startsWith('-') ? `${left.slice(1)} % too much` : `${left} % is left`}.`;
}

interface TargetProps {
  onto: KeyTarget;
  at: number;
  value: string;
  change(target: string): void;
}

function Target({ onto, at, value, change }: TargetProps) {
  const teams = useTeams().data?.items ?? [];
  const known = useKnownTexts();
  const label = `${targetWords[onto].slice(0, -1)} ${at + 1}`;
  if (onto === 'campaign') return <RecordPicker kind="campaign" label={label} value={value || null} onChange={(id) => change(id ?? '')} />;
  if (onto === 'team')
    return (
      <Select
        label={label}
        data={teams.map(({ id, name }) => ({ value: id, label: name }))}
        value={value || null}
        searchable
        onChange={(id) => change(id ?? '')}
      />
    );
  return <Autocomplete label={label} data={known[onto]} limit={30} maxLength={200} value={value} onChange={change} />;
}
