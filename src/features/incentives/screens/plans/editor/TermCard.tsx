import type { Draw, Holdback, Term } from '#engine/payout/plan.ts';
import { periodWords } from '#features/incentives/contract/plan-words.ts';
import { LimitFields } from './component-parts.tsx';
import { ConditionFields } from './ConditionRows.tsx';
import { useEditing } from './editing.tsx';
import { drawExample, holdbackExample } from './example.ts';
import { Fields, SwitchField, TypedField, WholeField } from './fields.tsx';
import { newCondition, termNames } from './new-parts.ts';
import { PartCard } from './PartCard.tsx';
import { Parts } from './Parts.tsx';
import { typedMoney, typedShare } from './typed.ts';
import { WhomFields } from './WhomFields.tsx';

interface TermProps<T> {
  at: string;
  term: T;
  onChange(term: T): void;
}

/** What is done to the sum of somebody's parts: at least, at most, an advance, a part withheld. */
export function TermCard({ at, term, onChange, onRemove }: TermProps<Term> & { onRemove(): void }) {
  return (
    <PartCard at={at} {...termNames[term.kind]} title={term.name} onName={(name) => onChange({ ...term, name })} onRemove={onRemove}>
      <WhomFields at={`${at}.for`} label="For" value={term.for} onChange={(next) => onChange({ ...term, for: next })} />
      <OwnFields at={at} term={term} onChange={onChange} />
    </PartCard>
  );
}

function OwnFields({ at, term, onChange }: TermProps<Term>) {
  const { plan } = useEditing();
  switch (term.kind) {
    case 'floor':
      return (
        <Fields>
          <TypedField
            at={`${at}.amount`}
            label={`At least a ${periodWords[plan.period]}, in all`}
            typed={typedMoney(plan.currency)}
            value={term.amount}
            onChange={(amount) => onChange({ ...term, amount })}
            width={260}
          />
        </Fields>
      );
    case 'cap':
      return <LimitFields plan={plan} at={`${at}.limit`} value={term.limit} onChange={(limit) => onChange({ ...term, limit })} />;
    case 'draw':
      return <DrawFields at={at} term={term} onChange={onChange} />;
    case 'holdback':
      return <HoldbackFields at={at} term={term} onChange={onChange} />;
  }
}

function DrawFields({ at, term, onChange }: TermProps<Draw>) {
  const { plan } = useEditing();
  return (
    <>
      <Fields>
        <TypedField
          at={`${at}.amount`}
          label={`At least paid a ${periodWords[plan.period]}`}
          typed={typedMoney(plan.currency)}
          value={term.amount}
          onChange={(amount) => onChange({ ...term, amount })}
          width={240}
        />
        <WholeField
          at={`${at}.periods`}
          label={`For the first ${periodWords[plan.period]}s`}
          help="Since the start. Empty: always."
          min={1}
          max={120}
          value={term.periods}
          onChange={(periods) => onChange({ ...term, periods })}
          onEmpty={() => onChange({ ...term, periods: null })}
          width={220}
        />
      </Fields>
      <SwitchField
        at={`${at}.recoverable`}
        label="Paid back from later earnings"
        value={term.recoverable}
        onChange={(recoverable) => onChange({ ...term, recoverable })}
      />
      <p className="dim small-print">{drawExample(term.amount, term.recoverable, plan.currency)}</p>
    </>
  );
}

function HoldbackFields({ at, term, onChange }: TermProps<Holdback>) {
  const { plan } = useEditing();
  const parts = [
    {
      key: 'when',
      title: 'Condition of the release',
      about: 'Released only in a period in which something holds, such as what was earned being paid by the customer.',
      on: term.when !== null,
      add: () => onChange({ ...term, when: newCondition('sales') }),
      remove: () => onChange({ ...term, when: null }),
      fields: () =>
        term.when && (
          <ConditionFields
            at={`${at}.when`}
            label="While"
            of={term.name}
            value={term.when}
            onChange={(when) => onChange({ ...term, when })}
          />
        ),
    },
    {
      key: 'lost',
      title: 'Lost after',
      about: 'What was not released within so many days is lost. Without it, it waits for as long as it takes.',
      on: term.lostAfterDays !== null,
      add: () => onChange({ ...term, lostAfterDays: term.afterDays + 180 }),
      remove: () => onChange({ ...term, lostAfterDays: null }),
      fields: () => (
        <Fields>
          <WholeField
            at={`${at}.lostAfterDays`}
            label="Days"
            value={term.lostAfterDays}
            onChange={(lostAfterDays) => onChange({ ...term, lostAfterDays })}
            width={110}
          />
        </Fields>
      ),
    },
  ];
  return (
    <>
      <Fields>
        <TypedField
          at={`${at}.sharePercent`}
          label="Withheld"
          typed={typedShare}
          value={term.sharePercent}
          onChange={(sharePercent) => onChange({ ...term, sharePercent })}
          width={130}
        />
        <WholeField
          at={`${at}.afterDays`}
          label="Released after days"
          value={term.afterDays}
          onChange={(afterDays) => onChange({ ...term, afterDays })}
        />
      </Fields>
      <p className="dim small-print">{holdbackExample(term.sharePercent, plan.currency)}</p>
      <Parts of={term.name} parts={parts} />
    </>
  );
}
