import { Group, MultiSelect, Select, TextInput } from '@mantine/core';
import type { Metric } from '#engine/payout/plan.ts';
import type { Measured } from '../asking.ts';
import { wonMoney } from './draft.ts';

interface MetricFieldsProps {
  label: string;
  measured: Measured;
  value: Metric;
  onChange(value: Metric): void;
  /** Of the whole, as a pool asks; a person's own isn't offered. */
  jointOnly?: boolean;
}

type From = Metric['from'];
const fromWords: Readonly<Record<From, string>> = {
  result: 'a result of the company',
  clauses: 'what a side agreed to',
  attainment: 'one’s own quota',
  credit: 'one’s own credit',
  ratio: 'a share of one’s own',
};

const begin: Readonly<Record<From, () => Metric>> = {
  result: () => ({ from: 'result', name: 'wonValue', whose: 'joint', over: null }),
  clauses: () => ({ from: 'clauses', side: 'sales', clauses: 'all', over: null }),
  attainment: () => ({ from: 'attainment', measure: wonMoney, quota: 'quota' }),
  credit: () => ({ from: 'credit', measure: wonMoney }),
  ratio: () => ({ from: 'ratio', of: { ...wonMoney, kinds: ['sql'], by: 'count' }, to: { ...wonMoney, kinds: ['mql'], by: 'count' } }),
};

/** The number that a gate, a bonus or the pool asks for. */
export function MetricFields({ label, measured, value, onChange, jointOnly = false }: MetricFieldsProps) {
  const offered = (Object.keys(fromWords) as From[]).filter((from) => !jointOnly || from === 'result' || from === 'clauses');
  return (
    <Group gap="sm" align="flex-end">
      <Select
        label={label}
        data={offered.map((from) => ({ value: from, label: fromWords[from] }))}
        value={value.from}
        allowDeselect={false}
        onChange={(from) => onChange(begin[from as From]())}
      />
      {value.from === 'result' && (
        <Select
          label="Which"
          data={measured.results.map(({ name, label: shown }) => ({ value: name, label: shown }))}
          value={value.name}
          allowDeselect={false}
          onChange={(name) => name && onChange({ ...value, name })}
        />
      )}
      {value.from === 'clauses' && (
        <>
          <Select
            label="Side"
            data={[
              { value: 'marketing', label: 'Marketing' },
              { value: 'sales', label: 'Sales' },
            ]}
            value={value.side}
            allowDeselect={false}
            onChange={(side) => onChange({ ...value, side: side as 'marketing' | 'sales', clauses: 'all' })}
            w={140}
          />
          <MultiSelect
            label="Clauses"
            placeholder={value.clauses === 'all' ? 'all of them' : ''}
            data={measured.clauses.filter(({ side }) => side === value.side).map(({ key, title }) => ({ value: key, label: title }))}
            value={value.clauses === 'all' ? [] : [...value.clauses]}
            onChange={(clauses) => onChange({ ...value, clauses: clauses.length === 0 ? 'all' : clauses })}
            miw={220}
          />
        </>
      )}
      {value.from === 'attainment' && (
        <TextInput
          label="Quota"
          value={value.quota}
          onChange={(event) => onChange({ ...value, quota: event.currentTarget.value })}
          w={150}
        />
      )}
    </Group>
  );
}
