import type { Component, Condition } from '#engine/payout/plan.ts';
import type { PlanContent } from '#features/incentives/contract/plan-content.ts';
import { periodWords } from '#features/incentives/contract/plan-words.ts';
import { ConditionRows } from './ConditionRows.tsx';
import { major } from './draft.ts';
import { gateExample, kickerExample } from './example.ts';
import { ChoiceField, Fields, TypedField, WholeField } from './fields.tsx';
import { newGate, newKicker } from './new-parts.ts';
import type { OptionalPart } from './Parts.tsx';
import { typedMoney, typedPercent, typedShare } from './typed.ts';

interface Given {
  readonly plan: PlanContent;
  readonly at: string;
  readonly component: Component;
  onChange(component: Component): void;
}

/** What every component may have besides: conditions, kickers, limits, a clawback of its own. */
export const commonParts = (given: Given): OptionalPart[] => [gates(given), kickers(given), floor(given), cap(given), clawback(given)];

function gates({ plan, at, component, onChange }: Given): OptionalPart {
  const set = (next: Component['gates']): void => onChange({ ...component, gates: next });
  return {
    key: 'gates',
    title: 'Gate',
    about: `Paid in full only while something holds. ${gateExample(component.gates[0]?.otherwisePercent ?? '0', plan.currency)}`,
    on: component.gates.length > 0,
    add: () => set([newGate()]),
    remove: () => set([]),
    fields: () => (
      <ConditionRows
        at={`${at}.gates`}
        label="Only while"
        of={component.name}
        add="Add a gate"
        value={component.gates}
        onChange={set}
        make={newGate}
        beside={(gate, own, change) => (
          <TypedField
            at={`${own}.otherwisePercent`}
            label="Otherwise pays"
            typed={typedShare}
            value={gate.otherwisePercent}
            onChange={(otherwisePercent) => change({ ...gate, otherwisePercent })}
          />
        )}
      />
    ),
  };
}

function kickers({ plan, at, component, onChange }: Given): OptionalPart {
  const set = (next: Component['kickers']): void => onChange({ ...component, kickers: next });
  return {
    key: 'kickers',
    title: 'Kicker',
    about: `More of it while something is reached. ${kickerExample(component.kickers[0]?.percent ?? '110', plan.currency)}`,
    on: component.kickers.length > 0,
    add: () => set([newKicker()]),
    remove: () => set([]),
    fields: () => (
      <ConditionRows
        at={`${at}.kickers`}
        label="While"
        of={component.name}
        add="Add a kicker"
        value={component.kickers}
        onChange={set}
        make={newKicker}
        beside={(kicker: Condition & { percent: string }, own, change) => (
          <TypedField
            at={`${own}.percent`}
            label="Pays, of what was earned"
            typed={typedPercent}
            value={kicker.percent}
            onChange={(percent) => change({ ...kicker, percent })}
            width={250}
          />
        )}
      />
    ),
  };
}

function floor({ plan, at, component, onChange }: Given): OptionalPart {
  return {
    key: 'floor',
    title: 'Floor of its own',
    about: `At least so much a ${periodWords[plan.period]} for this part, whatever was brought.`,
    on: component.floor !== null,
    add: () => onChange({ ...component, floor: major(100, plan.currency) }),
    remove: () => onChange({ ...component, floor: null }),
    fields: () => (
      <Fields>
        <TypedField
          at={`${at}.floor`}
          label={`At least a ${periodWords[plan.period]}`}
          typed={typedMoney(plan.currency)}
          value={component.floor}
          onChange={(amount) => onChange({ ...component, floor: amount })}
          width={220}
        />
      </Fields>
    ),
  };
}

function cap({ plan, at, component, onChange }: Given): OptionalPart {
  const { cap: limit } = component;
  return {
    key: 'cap',
    title: 'Cap',
    about: 'At most so much for this part. Who reaches it early has nothing more to win: many plans do without.',
    on: limit !== null,
    add: () => onChange({ ...component, cap: { amount: major(10_000, plan.currency), per: 'period' } }),
    remove: () => onChange({ ...component, cap: null }),
    fields: () =>
      limit && <LimitFields plan={plan} at={`${at}.cap`} value={limit} onChange={(next) => onChange({ ...component, cap: next })} />,
  };
}

interface LimitFieldsProps {
  plan: PlanContent;
  at: string;
  value: NonNullable<Component['cap']>;
  onChange(value: NonNullable<Component['cap']>): void;
}

export const LimitFields = ({ plan, at, value, onChange }: LimitFieldsProps) => (
  <Fields>
    <TypedField
      at={`${at}.amount`}
      label="At most"
      typed={typedMoney(plan.currency)}
      value={value.amount}
      onChange={(amount) => onChange({ ...value, amount })}
    />
    <ChoiceField
      at={`${at}.per`}
      label="In"
      choices={[
        ['period', `a ${periodWords[plan.period]}`],
        ['year', 'a calendar year'],
      ]}
      value={value.per}
      onChange={(per) => onChange({ ...value, per })}
      width={180}
    />
  </Fields>
);

function clawback({ plan, at, component, onChange }: Given): OptionalPart {
  const own = component.clawback;
  const usual =
    plan.clawback === null
      ? 'Without it, nothing is taken back, as the plan says.'
      : `Without it, ${plan.clawback.withinDays} days, as the plan says.`;
  return {
    key: 'clawback',
    title: 'Clawback of its own',
    about: `Within how many days what is cancelled takes back its pay. ${usual}`,
    on: own !== null,
    add: () => onChange({ ...component, clawback: { withinDays: 90 } }),
    remove: () => onChange({ ...component, clawback: null }),
    fields: () => (
      <Fields>
        <ChoiceField
          at={`${at}.clawback`}
          label="Taken back"
          choices={[
            ['days', 'when cancelled within days'],
            ['never', 'never'],
          ]}
          value={own === 'never' ? 'never' : 'days'}
          onChange={(kind) => onChange({ ...component, clawback: kind === 'never' ? 'never' : { withinDays: 90 } })}
          width={240}
        />
        {own !== 'never' && own !== null && (
          <WholeField
            at={`${at}.clawback.withinDays`}
            label="Days"
            value={own.withinDays}
            onChange={(withinDays) => onChange({ ...component, clawback: { withinDays } })}
            width={110}
          />
        )}
      </Fields>
    ),
  };
}
