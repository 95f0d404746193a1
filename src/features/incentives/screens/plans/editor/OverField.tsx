import { isAtLeast } from '#engine/payout/periods.ts';
import { type PeriodKind, periodKinds } from '#engine/payout/plan.ts';
import { periodWords } from '#features/incentives/contract/plan-words.ts';
import { useEditing } from './editing.tsx';
import { ChoiceField } from './fields.tsx';

interface OverFieldProps {
  at: string;
  value: PeriodKind | null;
  onChange(over: PeriodKind | null): void;
}

/** The period that pays, or a longer one around it. */
export function OverField({ at, value, onChange }: OverFieldProps) {
  const { period } = useEditing().plan;
  const longer = periodKinds.filter((kind) => kind !== period && (isAtLeast(kind, period) || kind === value));
  return (
    <ChoiceField
      at={at}
      label="Over"
      choices={[['', `the ${periodWords[period]}`], ...longer.map((kind) => [kind, `the whole ${periodWords[kind]}`] as const)]}
      value={value === period ? '' : (value ?? '')}
      onChange={(over) => onChange(over === '' ? null : (over as PeriodKind))}
      width={180}
    />
  );
}
