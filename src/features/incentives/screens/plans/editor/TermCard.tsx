import { NumberInput, Switch, TextInput } from '@mantine/core';
import type { Term } from '#engine/payout/plan.ts';
import type { PlanContent } from '#features/incentives/contract/plan-content.ts';
import { MoneyField } from '#ui/kit/MoneyField.tsx';
import { PartCard } from './PartCard.tsx';
import { WhomFields } from './WhomFields.tsx';

const names: Readonly<Record<Term['kind'], string>> = { floor: 'Floor', cap: 'Cap', draw: 'Draw', holdback: 'Holdback' };

interface TermCardProps {
  plan: PlanContent;
  term: Term;
  onChange(term: Term): void;
  onRemove(): void;
}

/** What is done to the sum of somebody's parts: at least, at most, an advance, a part withheld. */
export function TermCard({ plan, term, onChange, onRemove }: TermCardProps) {
  return (
    <PartCard kind={names[term.kind]} name={term.name} onName={(name) => onChange({ ...term, name })} onRemove={onRemove}>
      <WhomFields plan={plan} value={term.for} onChange={(next) => onChange({ ...term, for: next })} />
      <Fields currency={plan.currency} term={term} onChange={onChange} />
    </PartCard>
  );
}

function Fields({ currency, term, onChange }: { currency: string; term: Term; onChange(term: Term): void }) {
  switch (term.kind) {
    case 'floor':
      return (
        <MoneyField
          label="At least in a period"
          currency={currency}
          value={term.amount}
          onChange={(amount) => amount && onChange({ ...term, amount })}
        />
      );
    case 'cap':
      return (
        <MoneyField
          label={`At most in a ${term.limit.per}`}
          currency={currency}
          value={term.limit.amount}
          onChange={(amount) => amount && onChange({ ...term, limit: { ...term.limit, amount } })}
        />
      );
    case 'draw':
      return (
        <>
          <MoneyField
            label="At least paid in a period"
            currency={currency}
            value={term.amount}
            onChange={(amount) => amount && onChange({ ...term, amount })}
            w={220}
          />
          <Switch
            label="Paid back from later earnings"
            checked={term.recoverable}
            onChange={(event) => onChange({ ...term, recoverable: event.currentTarget.checked })}
          />
          <NumberInput
            label="For the first so many periods"
            description="Empty: always"
            min={1}
            max={120}
            value={term.periods ?? ''}
            onChange={(value) => onChange({ ...term, periods: value === '' ? null : Number(value) })}
            w={240}
          />
        </>
      );
    case 'holdback':
      return (
        <>
          <TextInput
            label="Percent withheld"
            value={term.sharePercent}
            onChange={(event) => onChange({ ...term, sharePercent: event.currentTarget.value })}
            w={150}
          />
          <NumberInput
            label="Released after days"
            min={0}
            max={3660}
            value={term.afterDays}
            onChange={(value) => onChange({ ...term, afterDays: Number(value) || 0 })}
            w={180}
          />
        </>
      );
  }
}
