import { Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { z } from 'zod';
import type { Form, trial } from '#features/tracking/contract/forms.ts';
import { post } from '#ui/api/client.ts';
import { FormDialog } from '#ui/kit/FormDialog.tsx';
import { Go } from '#ui/kit/Go.tsx';
import { paths } from '#ui/paths.ts';

type Trial = z.output<typeof trial>;

/** What would become of these values: whom they reach, what they make. Nothing is stored. */
export function FormTrial({ form, onClose }: { form: Form; onClose(): void }) {
  const [values, setValues] = useState<Record<string, string>>({});
  const [answer, setAnswer] = useState<Trial | null>(null);
  return (
    <FormDialog
      title={`Try ${form.name}`}
      label="Try"
      ready
      onClose={onClose}
      onSent={() => {}}
      send={async () => setAnswer(await post<Trial>(`/tracking/forms/${form.id}/trial`, { values }))}
    >
      {form.content.fields.map(({ name, label, required }) => (
        <TextInput
          key={name}
          label={label}
          required={required}
          maxLength={5000}
          value={values[name] ?? ''}
          error={answer?.problems.find(({ at }) => at === name)?.reason}
          onChange={(event) => setValues({ ...values, [name]: event.currentTarget.value })}
        />
      ))}
      {answer && (
        <div className="notice" role="status">
          <Text size="sm">{answer.outcome}</Text>
          {answer.lead && (
            <Text size="sm">
              <Go href={paths.record('leads', answer.lead.id)}>{answer.lead.name}</Go>
            </Text>
          )}
        </div>
      )}
    </FormDialog>
  );
}
