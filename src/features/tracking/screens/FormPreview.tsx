import { Button, Checkbox, NativeSelect, Textarea, TextInput } from '@mantine/core';
import type { FormContent, FormField } from '#features/tracking/contract/forms.ts';
import './tracking.css';

/** The page as visitors will meet it, near enough; nothing here can be sent. */
export function FormPreview({ content }: { content: FormContent }) {
  return (
    <div className="form-preview" role="group" aria-label="Preview" inert>
      <h3>{content.title || 'Title of the page'}</h3>
      {content.intro && <p>{content.intro}</p>}
      <div className="form-rows">
        {content.fields.map((field) => (
          <Control key={field.name} field={field} />
        ))}
        {content.consent && (
          <Checkbox readOnly label={`${content.consent.text}${content.consent.required ? ' (needed)' : ' (optional)'}`} />
        )}
        <div>
          <Button>{content.button}</Button>
        </div>
      </div>
      {content.privacyUrl && <p className="dim small-print">Privacy notice</p>}
    </div>
  );
}

function Control({ field }: { field: FormField }) {
  const named = { label: `${field.label} (${field.required ? 'needed' : 'optional'})`, description: field.help || undefined };
  if (field.choices.length > 0) return <NativeSelect {...named} data={['Please choose', ...field.choices]} />;
  return field.name === 'message' ? <Textarea {...named} rows={3} readOnly /> : <TextInput {...named} readOnly />;
}
