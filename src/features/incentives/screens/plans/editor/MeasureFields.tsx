import { Group, MultiSelect, Select } from '@mantine/core';
import type { FactKind } from '#engine/payout/evidence.ts';
import type { Measure } from '#engine/payout/plan.ts';
import type { Measured } from '../asking.ts';

const roleWords: Readonly<Record<string, string>> = {
  owner: 'who owns it',
  qualifier: 'the SDR who qualified it',
  sourcer: 'the owner of the campaign it came from',
};

interface MeasureFieldsProps {
  label: string;
  measured: Measured;
  value: Measure;
  onChange(value: Measure): void;
}

/** What is counted: kinds of facts, as money or in number, credited to whom, narrowed by tags. */
export function MeasureFields({ label, measured, value, onChange }: MeasureFieldsProps) {
  const kinds = measured.kinds.filter(({ kind }) => value.kinds.includes(kind));
  const roles = [...new Set(kinds.flatMap((each) => each.roles))];
  const tags = [...new Map(kinds.flatMap((each) => each.tags).map((each) => [each.tag, each])).values()];
  return (
    <>
      <Group gap="sm" align="flex-end">
        <MultiSelect
          label={label}
          data={measured.kinds.map(({ kind, name }) => ({ value: kind, label: name }))}
          value={[...value.kinds]}
          onChange={(next) => next.length > 0 && onChange({ ...value, kinds: next as FactKind[] })}
          miw={220}
        />
        <Select
          label="Counted as"
          data={[
            { value: 'amount', label: 'money' },
            { value: 'count', label: 'a number' },
          ]}
          value={value.by}
          allowDeselect={false}
          onChange={(by) => onChange({ ...value, by: by as Measure['by'] })}
          w={130}
        />
        <Select
          label="Credited to"
          data={roles.map((role) => ({ value: role, label: roleWords[role] ?? role }))}
          value={value.split.length === 1 ? value.split[0]!.role : null}
          placeholder={value.split.length > 1 ? value.split.map(({ role, sharePercent }) => `${role} ${sharePercent} %`).join(', ') : ''}
          onChange={(role) => role && onChange({ ...value, split: [{ role, sharePercent: '100' }] })}
          miw={240}
        />
      </Group>
      <Group gap="sm" align="flex-end">
        {tags
          .filter(({ values }) => values.length > 0)
          .slice(0, 4)
          .map(({ tag, values }) => (
            <MultiSelect
              key={tag}
              label={`Only ${tag}`}
              placeholder="any"
              data={values}
              value={[...(value.tags[tag] ?? [])]}
              onChange={(next) => onChange({ ...value, tags: withTag(value.tags, tag, next) })}
              miw={160}
              searchable
            />
          ))}
      </Group>
    </>
  );
}

function withTag(tags: Measure['tags'], tag: string, values: readonly string[]): Measure['tags'] {
  const { [tag]: _, ...others } = tags;
  return values.length === 0 ? others : { ...others, [tag]: values };
}
