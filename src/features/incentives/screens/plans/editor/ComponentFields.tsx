import { ActionIcon, Button, Group, TextInput } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import type { Bonus, Mbo, Spif, Target } from '#engine/payout/plan.ts';
import type { Measured } from '../asking.ts';
import { CurveRows } from './CurveRows.tsx';
import { replaced, without } from './draft.ts';
import { MeasureFields } from './MeasureFields.tsx';
import { MetricFields } from './MetricFields.tsx';
import { MoneyField } from '#ui/kit/MoneyField.tsx';
import { unitOf } from './ValueField.tsx';

interface TargetFieldProps {
  currency: string;
  value: Target;
  onChange(value: Target): void;
}

const TargetField = ({ currency, value, onChange }: TargetFieldProps) =>
  'amount' in value ? (
    <MoneyField
      label="Target of a period"
      currency={currency}
      value={value.amount}
      onChange={(amount) => amount && onChange({ amount })}
      w={190}
    />
  ) : (
    <TextInput
      label="Percent of the target pay"
      value={value.percentOfTarget}
      onChange={(event) => onChange({ percentOfTarget: event.currentTarget.value })}
      w={190}
    />
  );

interface FieldsProps<T> {
  currency: string;
  value: T;
  onChange(value: T): void;
}

export function BonusFields({ measured, currency, value, onChange }: FieldsProps<Bonus> & { measured: Measured }) {
  return (
    <>
      <TargetField currency={currency} value={value.target} onChange={(target) => onChange({ ...value, target })} />
      <MetricFields label="By" measured={measured} value={value.metric} onChange={(metric) => onChange({ ...value, metric })} />
      <CurveRows
        unit={unitOf(value.metric, measured)}
        currency={currency}
        value={value.curve}
        onChange={(curve) => onChange({ ...value, curve })}
      />
    </>
  );
}

export function MboFields({ currency, value, onChange }: FieldsProps<Mbo>) {
  const { objectives } = value;
  return (
    <>
      <TargetField currency={currency} value={value.target} onChange={(target) => onChange({ ...value, target })} />
      {objectives.map((objective, at) => (
        <Group key={objective.id} gap="sm" align="flex-end">
          <TextInput
            label="Objective"
            value={objective.name}
            onChange={(event) =>
              onChange({ ...value, objectives: replaced(objectives, at, { ...objective, name: event.currentTarget.value }) })
            }
            miw={260}
          />
          <TextInput
            label="Weight %"
            value={objective.weightPercent}
            onChange={(event) =>
              onChange({ ...value, objectives: replaced(objectives, at, { ...objective, weightPercent: event.currentTarget.value }) })
            }
            w={110}
          />
          {objectives.length > 1 && (
            <ActionIcon
              variant="subtle"
              color="gray"
              aria-label={`Take out ${objective.name}`}
              onClick={() => onChange({ ...value, objectives: without(objectives, at) })}
            >
              <IconTrash size={18} />
            </ActionIcon>
          )}
        </Group>
      ))}
      <Button
        variant="default"
        size="compact-sm"
        w="fit-content"
        onClick={() => onChange({ ...value, objectives: [...objectives, nextObjective(value)] })}
      >
        Add an objective
      </Button>
    </>
  );
}

function nextObjective({ objectives }: Mbo): Mbo['objectives'][number] {
  const taken = new Set(objectives.map(({ id }) => id));
  let n = objectives.length + 1;
  while (taken.has(`objective-${n}`)) n++;
  return { id: `objective-${n}`, name: 'Another objective', weightPercent: '0' };
}

export function SpifFields({ measured, currency, value, onChange }: FieldsProps<Spif> & { measured: Measured }) {
  return (
    <>
      <MeasureFields label="Counts" measured={measured} value={value.measure} onChange={(measure) => onChange({ ...value, measure })} />
      <Group gap="sm" align="flex-end">
        <TextInput
          type="date"
          label="From"
          value={value.from}
          onChange={(event) => onChange({ ...value, from: event.currentTarget.value })}
        />
        <TextInput
          type="date"
          label="Until"
          value={value.until}
          onChange={(event) => onChange({ ...value, until: event.currentTarget.value })}
        />
        {'each' in value.pays ? (
          <MoneyField
            label="For each"
            currency={currency}
            value={value.pays.each}
            onChange={(each) => each && onChange({ ...value, pays: { each } })}
          />
        ) : (
          <TextInput
            label="Percent"
            value={value.pays.percent}
            onChange={(event) => onChange({ ...value, pays: { percent: event.currentTarget.value } })}
            w={110}
          />
        )}
        <MoneyField
          label="Budget"
          description="Empty: none"
          currency={currency}
          optional
          value={value.budget}
          onChange={(budget) => onChange({ ...value, budget })}
        />
      </Group>
    </>
  );
}
