import type { Pool, PoolKey } from '#engine/payout/plan.ts';
import { periodWords } from '#features/incentives/contract/plan-words.ts';
import { ConditionRows } from './ConditionRows.tsx';
import { ProblemNote, useEditing } from './editing.tsx';
import { ChoiceField, Fields, SwitchField, TypedField } from './fields.tsx';
import { fundParts } from './FundFields.tsx';
import { newCondition } from './new-parts.ts';
import { PartCard } from './PartCard.tsx';
import { type OptionalPart, Parts } from './Parts.tsx';
import { typedMoney, typedShare } from './typed.ts';
import { WhomFields } from './WhomFields.tsx';

interface PoolCardProps {
  pool: Pool;
  onChange(pool: Pool): void;
  onRemove(): void;
}

const keys = [
  ['equal', 'in equal parts'],
  ['weight', 'by the weights of the people'],
  ['target', 'by target pay'],
] as const satisfies readonly (readonly [PoolKey['by'], string])[];

/** An amount funded by a joint result, opened by what both sides kept, shared by a key. */
export function PoolCard({ pool, onChange, onRemove }: PoolCardProps) {
  const { plan } = useEditing();
  const { fund, key } = pool;
  return (
    <PartCard
      at="pool"
      name="The pool"
      about="earned together, opened by both sides"
      title={pool.name}
      onName={(name) => onChange({ ...pool, name })}
      onRemove={onRemove}
    >
      <WhomFields at="pool.members" label="Shared among" value={pool.members} onChange={(members) => onChange({ ...pool, members })} />
      <Fields>
        <TypedField
          at="pool.fund.base"
          label={`Base of a ${periodWords[plan.period]}`}
          typed={typedMoney(plan.currency)}
          value={fund.base}
          onChange={(base) => onChange({ ...pool, fund: { ...fund, base } })}
          width={200}
        />
        <ChoiceField
          at="pool.key.by"
          label="Shared"
          choices={keys}
          value={key.by}
          onChange={(by) => onChange({ ...pool, key: { ...key, by } })}
          width={240}
        />
      </Fields>
      <ProblemNote at="pool.key" />
      <SwitchField
        at="pool.key.byDays"
        label="By the days somebody was there"
        help="Off: who was there on any day has a whole share."
        value={key.byDays}
        onChange={(byDays) => onChange({ ...pool, key: { ...key, byDays } })}
      />
      <Opens pool={pool} onChange={onChange} />
      <Parts of={pool.name} parts={[...fundParts(plan, pool, onChange), sidesPart(pool, onChange)]} />
    </PartCard>
  );
}

function Opens({ pool, onChange }: Pick<PoolCardProps, 'pool' | 'onChange'>) {
  const { opens } = pool;
  const only = opens.onlyMarketingPercent !== '0' || opens.onlySalesPercent !== '0';
  const set = (changes: Partial<Pool['opens']>): void => onChange({ ...pool, opens: { ...opens, ...changes } });
  return (
    <>
      <h3>It opens while all of this holds, on both sides</h3>
      {(['marketing', 'sales'] as const).map((side) => (
        <ConditionRows
          key={side}
          at={`pool.opens.${side}`}
          label={side === 'marketing' ? 'Marketing’s part' : 'Sales’ part'}
          of={pool.name}
          add={side === 'marketing' ? 'Add a condition of marketing' : 'Add a condition of sales'}
          only="joint"
          value={opens[side]}
          onChange={(next) => set({ [side]: next })}
          make={() => newCondition(side)}
        />
      ))}
      <details className="plan-more" open={only}>
        <summary>More: when only one side kept its part</summary>
        <p className="dim small-print">What is paid of the pool when one side kept all of its part and the other didn’t. 0 for nothing.</p>
        <Fields>
          <TypedField
            at="pool.opens.onlyMarketingPercent"
            label="Only marketing kept it"
            typed={typedShare}
            value={opens.onlyMarketingPercent}
            onChange={(onlyMarketingPercent) => set({ onlyMarketingPercent })}
            width={220}
          />
          <TypedField
            at="pool.opens.onlySalesPercent"
            label="Only sales kept it"
            typed={typedShare}
            value={opens.onlySalesPercent}
            onChange={(onlySalesPercent) => set({ onlySalesPercent })}
            width={220}
          />
        </Fields>
      </details>
    </>
  );
}

function sidesPart(pool: Pool, onChange: (pool: Pool) => void): OptionalPart {
  const { sides } = pool;
  return {
    key: 'sides',
    title: 'A share for each side',
    about: 'The pool is divided between the sides first, and then among the people of each. Without it, all share one pool.',
    on: sides !== null,
    add: () => onChange({ ...pool, sides: { marketing: '50', sales: '50' } }),
    remove: () => onChange({ ...pool, sides: null }),
    fields: () =>
      sides && (
        <>
          <Fields>
            {(['marketing', 'sales'] as const).map((side) => (
              <TypedField
                key={side}
                at={`pool.sides.${side}`}
                label={side === 'marketing' ? 'To marketing' : 'To sales'}
                typed={typedShare}
                value={sides[side]}
                onChange={(share) => onChange({ ...pool, sides: { ...sides, [side]: share } })}
              />
            ))}
          </Fields>
          <ProblemNote at="pool.sides" />
        </>
      ),
  };
}
