import { ActionIcon, Group, Select, TextInput } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { channelRuleFields } from '#features/returns/contract/channel-groups.ts';
import { touchSides } from '#features/returns/contract/attribution-pieces.ts';
import { type DraftCondition, fieldWords, testChoices } from './groupRulesDraft.ts';
import { sideLabels } from './settingWords.ts';

interface GroupConditionProps {
  condition: DraftCondition;
  no: number;
  onChange(changes: Partial<DraftCondition>): void;
  /** Null: the only one stays. */
  onRemove: (() => void) | null;
}

const sides = touchSides.map((value) => ({ value, label: sideLabels[value] }));

export function GroupCondition({ condition, no, onChange, onRemove }: GroupConditionProps) {
  const { field, is, value } = condition;
  const bySide = field === 'side' && is === 'eq';
  return (
    <Group gap={6} align="flex-start">
      <Select
        aria-label={`Condition ${no}: field`}
        w={150}
        allowDeselect={false}
        value={field}
        data={channelRuleFields.map((each) => ({ value: each, label: fieldWords[each] }))}
        onChange={(next) =>
          next && onChange({ field: next as DraftCondition['field'], ...(next === 'side' && { is: 'eq', value: 'marketing' }) })
        }
      />
      <Select
        aria-label={`Condition ${no}: test`}
        w={130}
        allowDeselect={false}
        value={is}
        data={testChoices}
        onChange={(next) => next && onChange({ is: next as DraftCondition['is'] })}
      />
      {bySide ? (
        <Select
          aria-label={`Condition ${no}: value`}
          style={{ flex: '1 1 140px' }}
          allowDeselect={false}
          value={value}
          data={sides}
          onChange={(side) => onChange({ value: side ?? '' })}
        />
      ) : (
        is !== 'blank' && (
          <TextInput
            aria-label={`Condition ${no}: value`}
            style={{ flex: '1 1 140px' }}
            maxLength={200}
            placeholder="upper and lower case are the same"
            value={value}
            onChange={(event) => onChange({ value: event.currentTarget.value })}
          />
        )
      )}
      {onRemove && (
        <ActionIcon color="gray" size={36} aria-label={`Remove condition ${no}`} onClick={onRemove}>
          <IconX size={16} />
        </ActionIcon>
      )}
    </Group>
  );
}
