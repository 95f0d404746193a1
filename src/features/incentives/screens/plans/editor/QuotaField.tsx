import { Autocomplete } from '@mantine/core';
import { useState } from 'react';
import { quotasIn } from '#features/incentives/contract/quotas.ts';
import { useEditing, useProblem } from './editing.tsx';
import { Field } from './fields.tsx';
import { typedWord } from './typed.ts';

interface QuotaFieldProps {
  at: string;
  value: string;
  onChange(quota: string): void;
}

/** A quota by name: one that there is, or a new one, which everybody then has a field for. */
export function QuotaField({ at, value, onChange }: QuotaFieldProps) {
  const { plan } = useEditing();
  const [text, setText] = useState(value);
  const problem = useProblem(at);
  const known = [...quotasIn(plan).keys()];
  return (
    <Field at={at} width={190}>
      <Autocomplete
        label="Name of the quota"
        description="Its numbers stand with the people above."
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        data={known}
        value={text}
        error={typedWord.read(text) === null ? typedWord.wrong : problem}
        onChange={(next) => {
          setText(next);
          const read = typedWord.read(next);
          if (read !== null) onChange(read);
        }}
      />
    </Field>
  );
}
