import { ActionIcon, Button, Group, Select } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import type { Condition } from '#engine/payout/plan.ts';
import type { Measured } from '../asking.ts';
import { replaced, without } from './draft.ts';
import { MetricFields } from './MetricFields.tsx';
import { unitOf, ValueField } from './ValueField.tsx';

interface ConditionRowsProps<C extends Condition> {
  label: string;
  measured: Measured;
  currency: string;
  value: readonly C[];
  onChange(value: C[]): void;
  make(): C;
  jointOnly?: boolean;
}

/** Conditions that all must hold: a number, and what it must be at least or at most. */
export function ConditionRows<C extends Condition>({
  label,
  measured,
  currency,
  value,
  onChange,
  make,
  jointOnly = false,
}: ConditionRowsProps<C>) {
  return (
    <div className="stack">
      {value.map((condition, at) => (
        <Group key={at} gap="sm" align="flex-end">
          <MetricFields
            label={label}
            measured={measured}
            value={condition.metric}
            jointOnly={jointOnly}
            onChange={(metric) => onChange(replaced(value, at, { ...condition, metric }))}
          />
          <Select
            label="Is"
            data={[
              { value: 'atLeast', label: 'at least' },
              { value: 'atMost', label: 'at most' },
            ]}
            value={condition.is}
            allowDeselect={false}
            onChange={(is) => onChange(replaced(value, at, { ...condition, is: is as Condition['is'] }))}
            w={110}
          />
          <ValueField
            label="Value"
            unit={unitOf(condition.metric, measured)}
            currency={currency}
            value={condition.value}
            onChange={(next) => onChange(replaced(value, at, { ...condition, value: next }))}
          />
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-label={`Take out condition ${at + 1}`}
            onClick={() => onChange(without(value, at))}
          >
            <IconTrash size={18} />
          </ActionIcon>
        </Group>
      ))}
      <Button variant="default" size="compact-sm" w="fit-content" onClick={() => onChange([...value, make()])}>
        {label}: add
      </Button>
    </div>
  );
}
