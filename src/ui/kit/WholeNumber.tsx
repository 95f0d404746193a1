import { NumberInput } from '@mantine/core';
import { useEffect, useState } from 'react';

interface WholeNumberProps {
  /** Visible; without it, `aria` names the field. */
  label?: string;
  aria?: string;
  value: number | null;
  /** Null only where `optional`. */
  onChange(value: number | null): void;
  min?: number;
  max?: number;
  optional?: boolean;
  decimals?: number;
  placeholder?: string;
  suffix?: string;
  description?: string;
  error?: string | undefined;
  width?: number | string;
  size?: 'xs' | 'sm';
}

/** A number that may be typed in peace: what is half typed is not told, and left empty it comes back where one is needed. */
export function WholeNumber(props: WholeNumberProps) {
  const { value, onChange, min = 0, max = 1_000_000_000, optional = false, decimals = 0 } = props;
  const [typed, setTyped] = useState<string | number>(value ?? '');
  useEffect(() => setTyped((now) => (now !== '' && Number(now) === value ? now : (value ?? ''))), [value]);
  const take = (next: string | number): void => {
    setTyped(next);
    if (next === '') return optional ? onChange(null) : undefined;
    const number = Number(next);
    if (Number.isFinite(number) && number >= min && number <= max) onChange(number);
  };
  return (
    <NumberInput
      label={props.label}
      aria-label={props.label ? undefined : props.aria}
      description={props.description}
      placeholder={props.placeholder}
      suffix={props.suffix}
      error={props.error}
      size={props.size ?? 'sm'}
      w={props.width ?? 96}
      value={typed}
      onChange={take}
      onBlur={() => setTyped(value ?? '')}
      min={min}
      max={max}
      clampBehavior="strict"
      allowDecimal={decimals > 0}
      decimalScale={decimals}
      allowNegative={min < 0}
      thousandSeparator=","
      hideControls
    />
  );
}
