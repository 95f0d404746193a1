import { TextInput } from '@mantine/core';
import { useProblem } from './editing.tsx';
import { Field } from './fields.tsx';

interface TextFieldProps {
  at: string;
  label: string;
  value: string;
  width?: number;
  required?: boolean;
  onChange(value: string): void;
}

/** A name. */
export function TextField({ at, label, value, width = 320, required = false, onChange }: TextFieldProps) {
  const problem = useProblem(at);
  return (
    <Field at={at} width={width}>
      <TextInput
        label={label}
        required={required}
        maxLength={120}
        value={value}
        error={problem}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
    </Field>
  );
}
