import { ActionIcon, Button } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { Condition } from '#engine/payout/plan.ts';
import { metricUnit } from '#features/incentives/contract/condition-words.ts';
import { replaced, withMetric, without } from './draft.ts';
import { useEditing } from './editing.tsx';
import { ChoiceField, Fields, TypedField } from './fields.tsx';
import { MetricFields } from './MetricFields.tsx';
import { typedIn } from './typed.ts';

interface ConditionFieldsProps<C extends Condition> {
  at: string;
  label: string;
  of: string;
  value: C;
  onChange(value: C): void;
  only?: 'joint' | undefined;
  /** What stands beside the value, such as what is paid then. */
  beside?: ReactNode;
}

/** A number, and what it must be at least or at most. */
export function ConditionFields<C extends Condition>({ at, label, of, value, onChange, only, beside }: ConditionFieldsProps<C>) {
  const { currency } = useEditing().plan;
  return (
    <>
      <MetricFields
        at={`${at}.metric`}
        label={label}
        of={of}
        value={value.metric}
        only={only}
        onChange={(metric) => onChange(withMetric(value, metric, currency))}
      />
      <Fields>
        <ChoiceField
          at={`${at}.is`}
          label="Is"
          choices={[
            ['atLeast', 'at least'],
            ['atMost', 'at most'],
          ]}
          value={value.is}
          onChange={(is) => onChange({ ...value, is })}
          width={120}
        />
        <TypedField
          at={`${at}.value`}
          label="Value"
          typed={typedIn(metricUnit(value.metric), currency)}
          value={value.value}
          onChange={(next) => onChange({ ...value, value: next })}
        />
        {beside}
      </Fields>
    </>
  );
}

interface ConditionRowsProps<C extends Condition> {
  at: string;
  /** Before each, such as “While”. */
  label: string;
  of: string;
  add: string;
  value: readonly C[];
  onChange(value: C[]): void;
  make(): C;
  only?: 'joint' | undefined;
  beside?: (value: C, at: string, onChange: (value: C) => void) => ReactNode;
}

/** Conditions one below the other. */
export function ConditionRows<C extends Condition>({ at, label, of, add, value, onChange, make, only, beside }: ConditionRowsProps<C>) {
  return (
    <div className="plan-conditions">
      {value.map((condition, place) => {
        const set = (next: C): void => onChange(replaced(value, place, next));
        const own = `${at}.${place}`;
        return (
          <div key={place} className="plan-condition" role="group" aria-label={`${label}, condition ${place + 1} of ${of}`}>
            <div className="plan-condition-fields">
              <ConditionFields
                at={own}
                label={label}
                of={`condition ${place + 1} of ${of}`}
                value={condition}
                only={only}
                onChange={set}
                beside={beside?.(condition, own, set)}
              />
            </div>
            <ActionIcon
              variant="subtle"
              color="gray"
              aria-label={`Take out condition ${place + 1} of ${of}`}
              onClick={() => onChange(without(value, place))}
            >
              <IconTrash size={18} />
            </ActionIcon>
          </div>
        );
      })}
      <Button variant="default" size="compact-sm" w="fit-content" onClick={() => onChange([...value, make()])}>
        {add}
      </Button>
    </div>
  );
}
