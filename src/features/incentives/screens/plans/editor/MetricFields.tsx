import { MultiSelect } from '@mantine/core';
import type { Metric } from '#engine/payout/plan.ts';
import { quotasIn } from '#features/incentives/contract/quotas.ts';
import { ProblemNote, useEditing, useProblem } from './editing.tsx';
import { ChoiceField, Field, Fields } from './fields.tsx';
import { MeasureFields } from './MeasureFields.tsx';
import { newMetric } from './new-parts.ts';
import { QuotaField } from './QuotaField.tsx';
import { OverField } from './OverField.tsx';

interface MetricFieldsProps {
  at: string;
  label: string;
  /** What it is asked for, such as “Commission”. */
  of: string;
  value: Metric;
  onChange(value: Metric): void;
  /** Of the whole, as a pool asks: a person's own isn't offered. Or only what is told in percent, as a bonus asks. */
  only?: 'joint' | 'percent' | undefined;
}

type From = Metric['from'];
const fromWords: Readonly<Record<From, string>> = {
  result: 'a result',
  clauses: 'what a side agreed to',
  attainment: 'one’s own quota',
  credit: 'one’s own credit',
  ratio: 'a share of one’s own',
};
const offeredTo: Readonly<Record<'any' | 'joint' | 'percent', readonly From[]>> = {
  any: ['result', 'clauses', 'attainment', 'credit', 'ratio'],
  joint: ['result', 'clauses'],
  percent: ['result', 'clauses', 'attainment', 'ratio'],
};

/** The number that a condition, a bonus or the pool asks for. */
export function MetricFields({ at, label, of, value, onChange, only }: MetricFieldsProps) {
  const { plan } = useEditing();
  const offered = offeredTo[only ?? 'any'];
  const choices = offered.includes(value.from) ? offered : [...offered, value.from];
  const [quota = 'quota'] = quotasIn(plan).keys();
  return (
    <>
      <Fields>
        <ChoiceField
          at={`${at}.from`}
          label={label}
          choices={choices.map((from) => [from, fromWords[from]] as const)}
          value={value.from}
          onChange={(from) => from !== value.from && onChange(newMetric[from](quota))}
          width={200}
        />
        {value.from === 'result' && <ResultFields at={at} value={value} onChange={onChange} jointOnly={only === 'joint'} />}
        {value.from === 'clauses' && <ClausesFields at={at} value={value} onChange={onChange} />}
        {value.from === 'attainment' && (
          <QuotaField at={`${at}.quota`} value={value.quota} onChange={(next) => onChange({ ...value, quota: next })} />
        )}
        {'over' in value && <OverField at={`${at}.over`} value={value.over} onChange={(over) => onChange({ ...value, over })} />}
      </Fields>
      <ProblemNote at={at} />
      {'measure' in value && (
        <MeasureFields
          at={`${at}.measure`}
          label="Of"
          of={of}
          value={value.measure}
          onChange={(measure) => onChange({ ...value, measure })}
        />
      )}
      {value.from === 'ratio' && (
        <>
          <MeasureFields
            at={`${at}.of`}
            label="How many of"
            of={of}
            value={value.of}
            onChange={(next) => onChange({ ...value, of: next })}
          />
          <MeasureFields at={`${at}.to`} label="Divided by" of={of} value={value.to} onChange={(to) => onChange({ ...value, to })} />
        </>
      )}
    </>
  );
}

interface OneOf<F extends From> {
  at: string;
  value: Extract<Metric, { from: F }>;
  onChange(value: Metric): void;
}

function ResultFields({ at, value, onChange, jointOnly }: OneOf<'result'> & { jointOnly: boolean }) {
  const { results } = useEditing().measured;
  const known = results.find(({ name }) => name === value.name);
  const names = results.map(({ name, label }) => [name, label] as const);
  return (
    <>
      <ChoiceField
        at={`${at}.name`}
        label="Which"
        help={known?.about}
        choices={known ? names : [...names, [value.name, value.name] as const]}
        value={value.name}
        onChange={(name) => onChange({ ...value, name, whose: results.find((each) => each.name === name)?.own ? value.whose : 'joint' })}
        width={230}
      />
      {((known?.own && !jointOnly) || value.whose === 'own') && (
        <ChoiceField
          at={`${at}.whose`}
          label="Whose"
          choices={[
            ['joint', 'of all together'],
            ['own', 'one’s own'],
          ]}
          value={value.whose}
          onChange={(whose) => onChange({ ...value, whose })}
          width={150}
        />
      )}
    </>
  );
}

function ClausesFields({ at, value, onChange }: OneOf<'clauses'>) {
  const { clauses } = useEditing().measured;
  const problem = useProblem(`${at}.clauses`);
  const named = value.clauses === 'all' ? [] : value.clauses;
  const known = clauses.filter(({ side }) => side === value.side).map(({ key, title }) => ({ value: key, label: title }));
  return (
    <>
      <ChoiceField
        at={`${at}.side`}
        label="Side"
        choices={[
          ['marketing', 'Marketing'],
          ['sales', 'Sales'],
        ]}
        value={value.side}
        onChange={(side) => onChange({ ...value, side, clauses: 'all' })}
        width={140}
      />
      <Field at={`${at}.clauses`} width={260}>
        <MultiSelect
          label="Clauses"
          description="The lowest attainment among them counts."
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          placeholder={named.length === 0 ? 'all of them' : ''}
          data={[...known, ...named.filter((key) => !known.some((each) => each.value === key)).map((key) => ({ value: key, label: key }))]}
          value={[...named]}
          error={problem}
          onChange={(next) => onChange({ ...value, clauses: next.length === 0 ? 'all' : next })}
        />
      </Field>
    </>
  );
}
