import { MultiSelect } from '@mantine/core';
import type { Measure } from '#engine/payout/plan.ts';
import { measuredKinds, roleNames } from '#features/incentives/contract/measured.ts';
import { capitalised } from '#ui/formats.ts';
import { withKinds, withRole, withTag } from './draft.ts';
import { useEditing, useProblem } from './editing.tsx';
import { splitExample } from './example.ts';
import { ChoiceField, Field, Fields } from './fields.tsx';
import { type OptionalPart, Parts } from './Parts.tsx';
import { SplitRows } from './SplitRows.tsx';
import { TagRows, tagsOffered } from './TagRows.tsx';

interface MeasureFieldsProps {
  at: string;
  label: string;
  /** What it is counted for, such as “Commission”: told to who hears the page. */
  of: string;
  value: Measure;
  onChange(value: Measure): void;
}

/** What is counted: kinds of facts, as money or in number, credited to whom, and, where it is asked for, narrowed by tags. */
export function MeasureFields({ at, label, of, value, onChange }: MeasureFieldsProps) {
  const { measured } = useEditing();
  const problem = useProblem(`${at}.kinds`);
  const counted = measured.kinds.filter(({ kind }) => kind !== 'objective');
  const kinds = [...counted.map(({ kind, name }) => ({ value: kind, label: name })), ...unknownKinds(value)];
  const about = value.kinds.length === 1 ? counted.find(({ kind }) => kind === value.kinds[0])?.about : undefined;
  return (
    <>
      <Fields>
        <Field at={`${at}.kinds`} width={340}>
          <MultiSelect
            label={label}
            description={about}
            inputWrapperOrder={['label', 'input', 'description', 'error']}
            data={kinds}
            value={[...value.kinds]}
            error={problem}
            onChange={(next) => onChange(withKinds(value, next as Measure['kinds'][number][]))}
          />
        </Field>
        <ChoiceField
          at={`${at}.by`}
          label="Counted as"
          choices={[
            ['amount', 'money'],
            ['count', 'a number'],
          ]}
          value={value.by}
          onChange={(by) => onChange({ ...value, by })}
          width={130}
        />
        {value.split.length === 1 && (
          <ChoiceField
            at={`${at}.split.0.role`}
            label="Credited to"
            choices={rolesOf(value).map((role) => [role, roleNames[role] ?? role] as const)}
            value={value.split[0]!.role}
            onChange={(role) => onChange({ ...value, split: [{ role, sharePercent: '100' }] })}
            width={300}
          />
        )}
      </Fields>
      <Parts of={`${label.toLowerCase()} of ${of}`} parts={partsOf(at, value, onChange, useEditing())} />
    </>
  );
}

const unknownKinds = ({ kinds }: Measure) =>
  kinds.filter((kind) => measuredKinds[kind] === undefined).map((kind) => ({ value: kind, label: `${capitalised(kind)} (not on record)` }));

/** Whom the kinds credit, and whoever is named already. */
export const rolesOf = ({ kinds, split }: Measure): string[] => [
  ...new Set([...kinds.flatMap((kind) => measuredKinds[kind]?.roles ?? []), ...split.map(({ role }) => role)]),
];

function partsOf(at: string, value: Measure, onChange: (value: Measure) => void, editing: ReturnType<typeof useEditing>): OptionalPart[] {
  const [other] = rolesOf(value).filter((role) => !value.split.some((each) => each.role === role));
  const offered = tagsOffered(value, editing.measured);
  const isSplit = value.split.length > 1;
  const named = (field: 'tags' | 'except', title: string, about: string): OptionalPart[] => {
    const [free] = offered.filter(({ tag }) => !(tag in value[field]));
    const on = Object.keys(value[field]).length > 0;
    if (!on && !free) return [];
    return [
      {
        ...{ key: field, title, about, on },
        add: () => onChange({ ...value, [field]: withTag(value[field], free!.tag, []) }),
        remove: () => onChange({ ...value, [field]: {} }),
        fields: () => (
          <TagRows at={`${at}.${field}`} measure={value} value={value[field]} onChange={(next) => onChange({ ...value, [field]: next })} />
        ),
      },
    ];
  };
  return [
    ...(isSplit || other
      ? [
          {
            key: 'split',
            title: 'Shared between roles',
            about: splitExample(isSplit ? value.split : withRole(value, other ?? ''), value.by, editing.plan.currency, roleNames),
            on: isSplit,
            add: () => onChange({ ...value, split: withRole(value, other ?? '') }),
            remove: () => onChange({ ...value, split: [{ ...value.split[0]!, sharePercent: '100' }] }),
            fields: () => <SplitRows at={`${at}.split`} value={value} onChange={(split) => onChange({ ...value, split })} />,
          },
        ]
      : []),
    ...named('tags', 'Only some', 'Only these count, such as deals of the segment Enterprise.'),
    ...named('except', 'All but some', 'These don’t count, such as deals of the type pilot.'),
  ];
}
