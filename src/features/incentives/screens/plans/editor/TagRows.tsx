import { ActionIcon, Button, MultiSelect, TagsInput } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import type { Measure } from '#engine/payout/plan.ts';
import { tagNames } from '#features/incentives/contract/measured.ts';
import type { Measured } from '../asking.ts';
import { capitalised } from '#ui/formats.ts';
import { withoutTag, withTag } from './draft.ts';
import { useEditing, useProblem } from './editing.tsx';
import { ChoiceField, Field, Fields } from './fields.tsx';

type Offered = Measured['kinds'][number]['tags'][number];

/** Tags by which what is counted can be told apart, with the values on record. */
export function tagsOffered({ kinds }: Measure, measured: Measured): Offered[] {
  const tags = measured.kinds.filter(({ kind }) => kinds.includes(kind)).flatMap((each) => each.tags);
  return [...new Map(tags.map((each) => [each.tag, each])).values()];
}

interface TagRowsProps {
  at: string;
  measure: Measure;
  value: Measure['tags'];
  onChange(tags: Measure['tags']): void;
}

export function TagRows({ at, measure, value, onChange }: TagRowsProps) {
  const offered = tagsOffered(measure, useEditing().measured);
  const free = offered.filter(({ tag }) => !(tag in value));
  return (
    <>
      {Object.entries(value).map(([tag, values]) => (
        <Fields key={tag}>
          <ChoiceField
            at={`${at}.${tag}.name`}
            label="By"
            choices={[tag, ...free.map((each) => each.tag)].map((each) => [each, capitalised(tagNames[each] ?? each)] as const)}
            value={tag}
            onChange={(next) => onChange(withTag(withoutTag(value, tag), next, []))}
            width={200}
          />
          <Values
            at={`${at}.${tag}`}
            known={offered.find((each) => each.tag === tag)?.values ?? []}
            value={values}
            onChange={(next) => onChange(withTag(value, tag, next))}
          />
          <Field at={`${at}.${tag}.remove`} width={34}>
            <ActionIcon
              className="plan-remove"
              variant="subtle"
              color="gray"
              aria-label={`Take out ${tagNames[tag] ?? tag}`}
              onClick={() => onChange(withoutTag(value, tag))}
            >
              <IconTrash size={18} />
            </ActionIcon>
          </Field>
        </Fields>
      ))}
      {free.length > 0 && (
        <Button variant="default" size="compact-sm" w="fit-content" onClick={() => onChange(withTag(value, free[0]!.tag, []))}>
          Add another
        </Button>
      )}
    </>
  );
}

interface ValuesProps {
  at: string;
  known: Offered['values'];
  value: readonly string[];
  onChange(values: string[]): void;
}

/** Of those on record; where none is yet, typed. */
function Values({ at, known, value, onChange }: ValuesProps) {
  const problem = useProblem(at);
  const all = [
    ...known,
    ...value.filter((each) => !known.some((other) => other.value === each)).map((each) => ({ value: each, label: each })),
  ];
  return (
    <Field at={at} width={360}>
      {known.length > 0 ? (
        <MultiSelect label="One of" data={all} value={[...value]} error={problem} onChange={onChange} searchable />
      ) : (
        <TagsInput
          label="One of"
          description="None is on record yet: type them."
          value={[...value]}
          error={problem}
          onChange={onChange}
          acceptValueOnBlur
        />
      )}
    </Field>
  );
}
