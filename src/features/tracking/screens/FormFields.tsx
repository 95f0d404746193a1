import { ActionIcon, Checkbox, Group, Select, TagsInput, TextInput } from '@mantine/core';
import { IconArrowDown, IconArrowUp, IconTrash } from '@tabler/icons-react';
import type { FormField } from '#features/tracking/contract/forms.ts';
import { personFieldLabels } from '#features/tracking/contract/person-fields.ts';
import { movedField, unaskedFields, withField, withNewField, withoutField, type FormDraft } from './formDraft.ts';
import { useOwnFields } from './useTracking.ts';
import './tracking.css';

interface FormFieldsProps {
  draft: FormDraft;
  reasons: Readonly<Record<string, string>>;
  onChange(draft: FormDraft): void;
}

/** The fields in their order; each fills a field of the lead. */
export function FormFields({ draft, reasons, onChange }: FormFieldsProps) {
  const own = useOwnFields().data?.items ?? [];
  const { fields } = draft.content;
  const unasked = unaskedFields(draft, own);
  const nameOf = (name: string): string =>
    (personFieldLabels as Record<string, string>)[name] ?? own.find(({ key }) => name === `custom.${key}`)?.label ?? name;
  return (
    <div className="form-rows">
      {reasons['content.fields'] && (
        <div className="notice bad" role="alert">
          {reasons['content.fields']}
        </div>
      )}
      {fields.map((field, place) => (
        <Row
          key={field.name}
          field={field}
          fills={nameOf(field.name)}
          error={reasons[`content.fields.${place}.label`] ?? reasons[`content.fields.${place}.name`]}
          isFirst={place === 0}
          isLast={place === fields.length - 1}
          change={(changes) => onChange(withField(draft, place, changes))}
          move={(by) => onChange(movedField(draft, place, by))}
          remove={() => onChange(withoutField(draft, place))}
        />
      ))}
      {unasked.length > 0 && fields.length < 20 && (
        <Select
          label="Ask for something more"
          placeholder="Choose a field of the lead"
          searchable
          data={unasked}
          value={null}
          onChange={(name) => name && onChange(withNewField(draft, name, nameOf(name)))}
        />
      )}
    </div>
  );
}

interface RowProps {
  field: FormField;
  fills: string;
  error: string | undefined;
  isFirst: boolean;
  isLast: boolean;
  change(changes: Partial<FormField>): void;
  move(by: -1 | 1): void;
  remove(): void;
}

function Row({ field, fills, error, isFirst, isLast, change, move, remove }: RowProps) {
  const isText = field.name !== 'email' && field.name !== 'phone' && field.name !== 'message';
  return (
    <div className="form-row" role="group" aria-label={fills}>
      <div className="form-row-head">
        <span className="dim small-print">Fills: {fills}</span>
        <Group gap={4} wrap="nowrap">
          <ActionIcon variant="default" size={28} aria-label={`Move ${fills} up`} disabled={isFirst} onClick={() => move(-1)}>
            <IconArrowUp size={16} aria-hidden />
          </ActionIcon>
          <ActionIcon variant="default" size={28} aria-label={`Move ${fills} down`} disabled={isLast} onClick={() => move(1)}>
            <IconArrowDown size={16} aria-hidden />
          </ActionIcon>
          <ActionIcon variant="default" size={28} aria-label={`Don’t ask for ${fills}`} onClick={remove}>
            <IconTrash size={16} aria-hidden />
          </ActionIcon>
        </Group>
      </div>
      <div className="form-row-fields">
        <TextInput
          label="Label"
          required
          maxLength={200}
          value={field.label}
          error={error}
          onChange={(event) => change({ label: event.currentTarget.value })}
        />
        <TextInput label="Hint" maxLength={300} value={field.help} onChange={(event) => change({ help: event.currentTarget.value })} />
        {isText && (
          <TagsInput
            label="Choices"
            placeholder="None: free text"
            acceptValueOnBlur
            value={field.choices}
            onChange={(choices) => change({ choices })}
          />
        )}
        <Checkbox label="Needed" mt={26} checked={field.required} onChange={(event) => change({ required: event.currentTarget.checked })} />
      </div>
    </div>
  );
}
