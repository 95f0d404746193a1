import { ActionIcon, Button } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import type { Bonus, Mbo, Spif, Target } from '#engine/payout/plan.ts';
import { metricUnit } from '#features/incentives/contract/condition-words.ts';
import { periodWords } from '#features/incentives/contract/plan-words.ts';
import { CurveRows } from './CurveRows.tsx';
import { major, replaced, withBonusMetric, without, withSpifMeasure } from './draft.ts';
import { ProblemNote, useEditing } from './editing.tsx';
import { ChoiceField, DayField, Field, Fields, TypedField } from './fields.tsx';
import { MeasureFields } from './MeasureFields.tsx';
import { MetricFields } from './MetricFields.tsx';
import { newObjective } from './new-parts.ts';
import { TextField } from './TextField.tsx';
import { typedMoney, typedPercent, typedShare } from './typed.ts';

interface FieldsProps<T> {
  at: string;
  value: T;
  onChange(value: T): void;
}

function TargetFields({ at, value, onChange }: FieldsProps<Target>) {
  const { plan } = useEditing();
  return (
    <Fields>
      <ChoiceField
        at={`${at}.kind`}
        label="Target"
        choices={[
          ['amount', 'an amount'],
          ['percentOfTarget', 'a percent of target pay'],
        ]}
        value={'amount' in value ? 'amount' : 'percentOfTarget'}
        onChange={(kind) => onChange(kind === 'amount' ? { amount: major(1000, plan.currency) } : { percentOfTarget: '40' })}
        width={220}
      />
      {'amount' in value ? (
        <TypedField
          at={`${at}.amount`}
          label={`Of a ${periodWords[plan.period]}`}
          typed={typedMoney(plan.currency)}
          value={value.amount}
          onChange={(amount) => onChange({ amount })}
        />
      ) : (
        <TypedField
          at={`${at}.percentOfTarget`}
          label="Of target pay"
          typed={typedPercent}
          value={value.percentOfTarget}
          onChange={(percentOfTarget) => onChange({ percentOfTarget })}
        />
      )}
    </Fields>
  );
}

export function BonusFields({ at, value, onChange }: FieldsProps<Bonus>) {
  const { currency } = useEditing().plan;
  return (
    <>
      <TargetFields at={`${at}.target`} value={value.target} onChange={(target) => onChange({ ...value, target })} />
      <MetricFields
        at={`${at}.metric`}
        label="Paid by"
        of={value.name}
        only="percent"
        value={value.metric}
        onChange={(metric) => onChange(withBonusMetric(value, metric, currency))}
      />
      <CurveRows
        at={`${at}.curve`}
        unit={metricUnit(value.metric)}
        value={value.curve}
        onChange={(curve) => onChange({ ...value, curve })}
      />
    </>
  );
}

export function MboFields({ at, value, onChange }: FieldsProps<Mbo>) {
  const { objectives } = value;
  const set = (place: number, changes: Partial<Mbo['objectives'][number]>): void =>
    onChange({ ...value, objectives: replaced(objectives, place, { ...objectives[place]!, ...changes }) });
  return (
    <>
      <TargetFields at={`${at}.target`} value={value.target} onChange={(target) => onChange({ ...value, target })} />
      <p className="dim small-print">
        After the period somebody’s manager, or a head of their side, records how far each was reached, with what shows it; nobody records
        their own.
      </p>
      {objectives.map((objective, place) => (
        <Fields key={objective.id}>
          <TextField
            at={`${at}.objectives.${place}.name`}
            label="Objective"
            value={objective.name}
            onChange={(name) => set(place, { name })}
            width={300}
          />
          <TypedField
            at={`${at}.objectives.${place}.weightPercent`}
            label="Weight"
            typed={typedShare}
            value={objective.weightPercent}
            onChange={(weightPercent) => set(place, { weightPercent })}
            width={120}
          />
          {objectives.length > 1 && (
            <Field at={`${at}.objectives.${place}.remove`} width={34}>
              <ActionIcon
                className="plan-remove"
                variant="subtle"
                color="gray"
                aria-label={`Take out ${objective.name}`}
                onClick={() => onChange({ ...value, objectives: without(objectives, place) })}
              >
                <IconTrash size={18} />
              </ActionIcon>
            </Field>
          )}
        </Fields>
      ))}
      <ProblemNote at={`${at}.objectives`} />
      <Button
        variant="default"
        size="compact-sm"
        w="fit-content"
        onClick={() => onChange({ ...value, objectives: [...objectives, newObjective(value)] })}
      >
        Add an objective
      </Button>
    </>
  );
}

export function SpifFields({ at, value, onChange }: FieldsProps<Spif>) {
  const { currency } = useEditing().plan;
  return (
    <>
      <MeasureFields
        at={`${at}.measure`}
        label="Counts"
        of={value.name}
        value={value.measure}
        onChange={(measure) => onChange(withSpifMeasure(value, measure, currency))}
      />
      <Fields>
        <DayField at={`${at}.from`} label="From" value={value.from} onChange={(from) => onChange({ ...value, from })} />
        <DayField at={`${at}.until`} label="Until" value={value.until} onChange={(until) => onChange({ ...value, until })} />
        {'each' in value.pays ? (
          <TypedField
            at={`${at}.pays.each`}
            label="For each"
            typed={typedMoney(currency)}
            value={value.pays.each}
            onChange={(each) => onChange({ ...value, pays: { each } })}
          />
        ) : (
          <TypedField
            at={`${at}.pays.percent`}
            label="Pays"
            typed={typedPercent}
            value={value.pays.percent}
            onChange={(percent) => onChange({ ...value, pays: { percent } })}
            width={120}
          />
        )}
        <TypedField
          at={`${at}.budget`}
          label="Budget"
          help="First come, first served. Empty: none."
          typed={typedMoney(currency)}
          value={value.budget}
          onChange={(budget) => onChange({ ...value, budget })}
          onEmpty={() => onChange({ ...value, budget: null })}
        />
      </Fields>
      <ProblemNote at={`${at}.pays`} />
    </>
  );
}
