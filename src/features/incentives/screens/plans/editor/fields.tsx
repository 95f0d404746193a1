import { Select, Switch, TextInput } from '@mantine/core';
import { useEffect, useState, type ReactNode } from 'react';
import { WholeNumber } from '#ui/kit/WholeNumber.tsx';
import { useProblem } from './editing.tsx';
import type { Typed } from './typed.ts';

interface FieldProps {
  /** Place in the content: where problems are said, and by which the field is found. */
  at: string;
  label: string;
  help?: string | undefined;
  /** In pixels, where there is room. */
  width?: number;
}

const below = ['label', 'input', 'description', 'error'] as ('label' | 'input' | 'description' | 'error')[];

/** Fields of one line of a part. */
export const Fields = ({ children }: { children: ReactNode }) => <div className="plan-fields">{children}</div>;

export const Field = ({ at, width = 160, children }: { at: string; width?: number; children: ReactNode }) => (
  <div className="plan-field" data-at={at} style={{ flexBasis: width }}>
    {children}
  </div>
);

interface TypedFieldProps extends FieldProps {
  typed: Typed;
  value: string | null;
  onChange(value: string): void;
  /** May be left empty; told as null. */
  onEmpty?: (() => void) | undefined;
  disabled?: boolean;
  placeholder?: string;
}

/** A value typed in peace: what can't be read is said, and what was there before stays. */
export function TypedField({ at, label, help, width, typed, value, onChange, onEmpty, disabled, placeholder }: TypedFieldProps) {
  const shown = value === null ? '' : typed.show(value);
  const [text, setText] = useState(shown);
  const problem = useProblem(at);
  useEffect(() => setText((now) => ((now.trim() === '' ? null : typed.read(now)) === value ? now : shown)), [value, typed.unit]);
  const empty = text.trim() === '';
  const unread = empty ? !onEmpty && value === null : typed.read(text) === null;
  return (
    <Field at={at} {...(width !== undefined && { width })}>
      <TextInput
        label={typed.unit === '' ? label : `${label} (${typed.unit})`}
        description={help}
        inputWrapperOrder={below}
        inputMode={typed.unit === '' ? undefined : 'decimal'}
        value={text}
        disabled={disabled}
        placeholder={placeholder}
        error={unread || (empty && !onEmpty) ? (empty ? 'is missing' : typed.wrong) : problem}
        onChange={(event) => {
          const next = event.currentTarget.value;
          setText(next);
          const read = typed.read(next);
          if (next.trim() === '') onEmpty?.();
          else if (read !== null) onChange(read);
        }}
      />
    </Field>
  );
}

interface ChoiceFieldProps<T extends string> extends FieldProps {
  choices: readonly (readonly [T, string])[];
  value: T;
  onChange(value: T): void;
}

export function ChoiceField<T extends string>({ at, label, help, width, choices, value, onChange }: ChoiceFieldProps<T>) {
  const problem = useProblem(at);
  return (
    <Field at={at} {...(width !== undefined && { width })}>
      <Select
        label={label}
        description={help}
        inputWrapperOrder={below}
        data={choices.map(([given, words]) => ({ value: given, label: words }))}
        value={value}
        allowDeselect={false}
        error={problem}
        onChange={(next) => next !== null && onChange(next as T)}
      />
    </Field>
  );
}

interface DayFieldProps extends FieldProps {
  value: string | null;
  onChange(day: string): void;
  onEmpty?: () => void;
}

export function DayField({ at, label, help, width = 170, value, onChange, onEmpty }: DayFieldProps) {
  const problem = useProblem(at);
  return (
    <Field at={at} width={width}>
      <TextInput
        type="date"
        label={label}
        description={help}
        inputWrapperOrder={below}
        value={value ?? ''}
        error={problem}
        onChange={(event) => (event.currentTarget.value === '' ? onEmpty?.() : onChange(event.currentTarget.value))}
      />
    </Field>
  );
}

interface WholeFieldProps extends FieldProps {
  value: number | null;
  min?: number;
  max?: number;
  onChange(value: number): void;
  onEmpty?: () => void;
}

export function WholeField({ at, label, help, width = 160, value, min = 0, max = 3660, onChange, onEmpty }: WholeFieldProps) {
  const problem = useProblem(at);
  return (
    <Field at={at} width={width}>
      <WholeNumber
        label={label}
        {...(help !== undefined && { description: help })}
        value={value}
        min={min}
        max={max}
        optional={onEmpty !== undefined}
        error={problem ?? undefined}
        width="100%"
        onChange={(next) => (next === null ? onEmpty?.() : onChange(next))}
      />
    </Field>
  );
}

interface SwitchFieldProps extends FieldProps {
  value: boolean;
  onChange(value: boolean): void;
}

export const SwitchField = ({ at, label, help, value, onChange }: SwitchFieldProps) => (
  <Field at={at} width={420}>
    <Switch label={label} description={help} checked={value} onChange={(event) => onChange(event.currentTarget.checked)} />
  </Field>
);
