import { useState } from 'react';
import type { Overlay, Rate } from '#engine/payout/plan.ts';
import { useEditing } from './editing.tsx';
import { creditToTry, workedRate } from './example.ts';
import { Fields, TypedField } from './fields.tsx';
import { typedMoney, typedNumber } from './typed.ts';

/** What a rate pays for so much, step by step, counted as a run would count it. */
export function WorkedExample({ at, component }: { at: string; component: Rate | Overlay }) {
  const { plan } = useEditing();
  const inMoney = component.measure.by === 'amount';
  const [asked, setAsked] = useState<{ inMoney: boolean; credit: string } | null>(null);
  const credit = asked?.inMoney === inMoney ? asked.credit : creditToTry(plan, component);
  const worked = workedRate(plan, component, credit);
  if (worked === null) return null;
  return (
    <div className="plan-example">
      <Fields>
        <TypedField
          key={asked === null ? credit : 'asked'}
          at={`example.${at}`}
          label="For example, somebody brings"
          typed={
            inMoney
              ? typedMoney(plan.currency)
              : { ...typedNumber, read: (typed) => (/^\d{1,6}$/.test(typed.trim()) ? typed.trim() : null) }
          }
          value={credit}
          onChange={(next) => setAsked({ inMoney, credit: next })}
          width={280}
        />
      </Fields>
      <ul className="tight">
        {worked.steps.map((step) => (
          <li key={step}>{step}</li>
        ))}
        {worked.steps.length !== 1 && <li>Together {worked.total}</li>}
      </ul>
    </div>
  );
}
