import { TextInput } from '@mantine/core';
import { useState } from 'react';
import { useProblem } from './editing.tsx';
import { Field } from './fields.tsx';
import { readRamp, showRamp } from './typed.ts';

interface RampFieldProps {
  at: string;
  value: readonly string[];
  help: string;
  onChange(ramp: string[]): void;
}

/** Share of the quota month by month since the start, typed as a list. */
export function RampField({ at, value, help, onChange }: RampFieldProps) {
  const [text, setText] = useState(showRamp(value));
  const problem = useProblem(at, true);
  return (
    <Field at={at} width={340}>
      <TextInput
        label="Ramp: percent of the quota, month by month"
        description={help}
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        placeholder="25, 50, 75"
        value={text}
        error={readRamp(text) === null ? 'is no list of percents, such as 25, 50, 75' : problem}
        onChange={(event) => {
          const next = event.currentTarget.value;
          setText(next);
          const read = readRamp(next);
          if (read !== null) onChange(read);
        }}
      />
    </Field>
  );
}
