import { ActionIcon } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import type { Payee } from '#engine/payout/plan.ts';
import { periodWords } from '#features/incentives/contract/plan-words.ts';
import type { quotasIn } from '#features/incentives/contract/quotas.ts';
import { money } from '#ui/formats.ts';
import { SideMark } from '#ui/kit/Side.tsx';
import { useEditing } from './editing.tsx';
import { rampExample } from './example.ts';
import { DayField, Fields, TypedField } from './fields.tsx';
import { RampField } from './RampField.tsx';
import { typedMoney, typedNumber, typedWord } from './typed.ts';

type Quotas = ReturnType<typeof quotasIn>;

interface PayeeCardProps {
  at: string;
  payee: Payee;
  quotas: Quotas;
  onChange(payee: Payee): void;
  onRemove(): void;
}

/** One person: what the plan's parts ask of them; start, end and ramp are folded away. */
export function PayeeCard({ at, payee, quotas, onChange, onRemove }: PayeeCardProps) {
  const { plan, names } = useEditing();
  const name = names.get(payee.id) ?? 'Somebody';
  return (
    <div className="plan-payee" role="group" aria-label={name}>
      <div className="plan-payee-name">
        <strong>{name}</strong> <SideMark side={payee.side} />
      </div>
      <ActionIcon className="plan-payee-out" variant="subtle" color="gray" aria-label={`Take out ${name}`} onClick={onRemove}>
        <IconTrash size={18} />
      </ActionIcon>
      <div className="plan-payee-fields">
        <Fields>
          <TypedField
            at={`${at}.role`}
            label="Role"
            placeholder="ae, sdr…"
            typed={typedWord}
            value={payee.role}
            onChange={(role) => onChange({ ...payee, role })}
            onEmpty={() => onChange({ ...payee, role: null })}
            width={120}
          />
          <TypedField
            at={`${at}.target`}
            label="Target pay"
            typed={typedMoney(plan.currency)}
            value={payee.target}
            onChange={(target) => onChange({ ...payee, target })}
            onEmpty={() => onChange({ ...payee, target: null })}
            width={150}
          />
          {[...quotas].map(([quota, known]) => (
            <QuotaOf key={`${quota} ${known.by}`} at={at} payee={payee} quota={quota} known={known} onChange={onChange} />
          ))}
          {(payee.poolWeight !== null || plan.pool?.key.by === 'weight') && (
            <TypedField
              at={`${at}.poolWeight`}
              label="Weight in the pool"
              typed={typedNumber}
              value={payee.poolWeight}
              onChange={(poolWeight) => onChange({ ...payee, poolWeight })}
              onEmpty={() => onChange({ ...payee, poolWeight: null })}
              width={150}
            />
          )}
        </Fields>
        <Stay at={at} payee={payee} quotas={quotas} onChange={onChange} name={name} />
      </div>
    </div>
  );
}

interface QuotaOfProps extends Pick<PayeeCardProps, 'at' | 'payee' | 'onChange'> {
  quota: string;
  known: Quotas extends ReadonlyMap<string, infer Known> ? Known : never;
}

function QuotaOf({ at, payee, quota, known, onChange }: QuotaOfProps) {
  const { plan } = useEditing();
  const { [quota]: own, ...others } = payee.quotas;
  return (
    <TypedField
      at={`${at}.quotas.${quota}`}
      label={`Quota “${quota}”`}
      help={known.over && known.over !== plan.period ? `Of a ${periodWords[known.over]}` : undefined}
      typed={known.by === 'amount' ? typedMoney(plan.currency) : typedNumber}
      value={own ?? null}
      onChange={(next) => onChange({ ...payee, quotas: { ...payee.quotas, [quota]: next } })}
      onEmpty={() => onChange({ ...payee, quotas: others })}
      width={190}
    />
  );
}

function Stay({ at, payee, quotas, onChange, name }: Pick<PayeeCardProps, 'at' | 'payee' | 'quotas' | 'onChange'> & { name: string }) {
  const { plan } = useEditing();
  const has = payee.startedOn !== null || payee.endedOn !== null || payee.ramp.length > 0;
  const [open, setOpen] = useState(has);
  const [first] = quotas;
  const quota = first ? (payee.quotas[first[0]] ?? null) : null;
  const say = (value: string): string => (first?.[1].by === 'amount' ? money(value, plan.currency) : value);
  return (
    <details className="plan-more" open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>
        More<span className="visually-hidden"> for {name}</span>: first and last day, ramp
      </summary>
      <Fields>
        <DayField
          at={`${at}.startedOn`}
          label="First day"
          value={payee.startedOn}
          onChange={(startedOn) => onChange({ ...payee, startedOn })}
          onEmpty={() => onChange({ ...payee, startedOn: null })}
        />
        <DayField
          at={`${at}.endedOn`}
          label="Last day"
          value={payee.endedOn}
          onChange={(endedOn) => onChange({ ...payee, endedOn })}
          onEmpty={() => onChange({ ...payee, endedOn: null })}
        />
        <RampField
          at={`${at}.ramp`}
          value={payee.ramp}
          help={rampExample(payee.ramp, quota, say)}
          onChange={(ramp) => onChange({ ...payee, ramp })}
        />
      </Fields>
    </details>
  );
}
