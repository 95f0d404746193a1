import type { Pool } from '#engine/payout/plan.ts';
import { metricUnit } from '#features/incentives/contract/condition-words.ts';
import type { PlanContent } from '#features/incentives/contract/plan-content.ts';
import { CurveRows } from './CurveRows.tsx';
import { curveOver } from './draft.ts';
import { Fields, TypedField } from './fields.tsx';
import { MetricFields } from './MetricFields.tsx';
import { newFundCurve, newFundShare } from './new-parts.ts';
import type { OptionalPart } from './Parts.tsx';
import { typedIn, typedMoney, typedShare } from './typed.ts';

/** What makes the pool larger or smaller than its base. */
export function fundParts(plan: PlanContent, pool: Pool, onChange: (pool: Pool) => void): OptionalPart[] {
  const { currency } = plan;
  const { fund } = pool;
  const set = (changes: Partial<Pool['fund']>): void => onChange({ ...pool, fund: { ...fund, ...changes } });
  return [byPart(pool, currency, set), sharePart(pool, currency, set), limitsPart(pool, currency, set)];
}

type Set = (changes: Partial<Pool['fund']>) => void;

function byPart({ name, fund: { by } }: Pool, currency: string, set: Set): OptionalPart {
  return {
    key: 'by',
    title: 'More or less of the base, by a result',
    about: 'A joint result decides how many percent of the base there are, by points with straight lines between them.',
    on: by !== null,
    add: () => set({ by: newFundCurve(currency) }),
    remove: () => set({ by: null }),
    fields: () =>
      by && (
        <>
          <MetricFields
            at="pool.fund.by.metric"
            label="By"
            of={name}
            only="joint"
            value={by.metric}
            onChange={(metric) => set({ by: { metric, curve: curveOver(by.curve, by.metric, metric, currency) } })}
          />
          <CurveRows
            at="pool.fund.by.curve"
            unit={metricUnit(by.metric)}
            value={by.curve}
            onChange={(curve) => set({ by: { ...by, curve } })}
          />
        </>
      ),
  };
}

function sharePart({ name, fund: { share } }: Pool, currency: string, set: Set): OptionalPart {
  return {
    key: 'share',
    title: 'A share of a result',
    about: 'So many percent of what a joint result brings beyond an amount come on top of the base.',
    on: share !== null,
    add: () => set({ share: newFundShare(currency) }),
    remove: () => set({ share: null }),
    fields: () =>
      share && (
        <>
          <MetricFields
            at="pool.fund.share.metric"
            label="Of"
            of={name}
            only="joint"
            value={share.metric}
            onChange={(metric) => set({ share: { ...share, metric } })}
          />
          <Fields>
            <TypedField
              at="pool.fund.share.beyond"
              label="Beyond"
              typed={typedIn(metricUnit(share.metric), currency)}
              value={share.beyond}
              onChange={(beyond) => /^\d+$/.test(beyond) && set({ share: { ...share, beyond } })}
              width={200}
            />
            <TypedField
              at="pool.fund.share.percent"
              label="Share"
              typed={typedShare}
              value={share.percent}
              onChange={(percent) => set({ share: { ...share, percent } })}
              width={120}
            />
          </Fields>
        </>
      ),
  };
}

function limitsPart({ fund: { base, min, max } }: Pool, currency: string, set: Set): OptionalPart {
  return {
    key: 'limits',
    title: 'At least and at most',
    about: 'However the results come out, the pool is not smaller or larger than this. Either may stay empty.',
    on: min !== null || max !== null,
    add: () => set({ max: `${BigInt(base) * 4n}` }),
    remove: () => set({ min: null, max: null }),
    fields: () => (
      <Fields>
        <TypedField
          at="pool.fund.min"
          label="At least"
          typed={typedMoney(currency)}
          value={min}
          onChange={(next) => set({ min: next })}
          onEmpty={() => set({ min: null })}
        />
        <TypedField
          at="pool.fund.max"
          label="At most"
          typed={typedMoney(currency)}
          value={max}
          onChange={(next) => set({ max: next })}
          onEmpty={() => set({ max: null })}
        />
      </Fields>
    ),
  };
}
