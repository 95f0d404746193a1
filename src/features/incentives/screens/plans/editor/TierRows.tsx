import { ActionIcon, Button } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import type { RateTerms, Tier } from '#engine/payout/plan.ts';
import { replaced, withTier, withTiersBy, without } from './draft.ts';
import { ProblemNote, useEditing } from './editing.tsx';
import { ChoiceField, Field, Fields, SwitchField, TypedField } from './fields.tsx';
import { QuotaField } from './QuotaField.tsx';
import { typedMoney, typedNumber, typedPercent, typedReached } from './typed.ts';

interface TierRowsProps<T extends RateTerms> {
  at: string;
  value: T;
  onChange(value: T): void;
}

/** Rates by tier: each for what lies within it, or for all once it is reached. */
export function TierRows<T extends RateTerms>({ at, value, onChange }: TierRowsProps<T>) {
  const { currency } = useEditing().plan;
  const { tiers, tiersBy } = value;
  return (
    <>
      <Fields>
        <ChoiceField
          at={`${at}.tiersBy`}
          label="Tiers by"
          choices={[
            ['credit', 'what was brought'],
            ['attainment', 'percent of the quota'],
          ]}
          value={tiersBy}
          onChange={(next) => onChange(withTiersBy(value, next, currency))}
          width={220}
        />
        {tiersBy === 'attainment' && (
          <QuotaField at={`${at}.quota`} value={value.quota ?? ''} onChange={(quota) => onChange({ ...value, quota })} />
        )}
      </Fields>
      <ProblemNote at={`${at}.tiers`} />
      {tiers.map((tier, place) => (
        <TierRow
          key={place}
          at={`${at}.tiers.${place}`}
          value={value}
          place={place}
          onChange={(next) => onChange({ ...value, tiers: replaced(tiers, place, next) })}
          onRemove={() => onChange({ ...value, tiers: without(tiers, place) })}
        />
      ))}
      <Button variant="default" size="compact-sm" w="fit-content" onClick={() => onChange({ ...value, tiers: withTier(value, currency) })}>
        Add a tier
      </Button>
      {tiers.length > 1 && (
        <SwitchField
          at={`${at}.marginal`}
          label="Each rate only for what lies within its tier"
          help="Off: the tier that is reached counts for everything from the first, which makes a jump where it begins."
          value={value.marginal}
          onChange={(marginal) => onChange({ ...value, marginal })}
        />
      )}
    </>
  );
}

interface TierRowProps {
  at: string;
  value: RateTerms;
  place: number;
  onChange(tier: Tier): void;
  onRemove(): void;
}

function TierRow({ at, value, place, onChange, onRemove }: TierRowProps) {
  const { currency } = useEditing().plan;
  const tier = value.tiers[place]!;
  return (
    <>
      <Fields>
        <TypedField
          at={`${at}.from`}
          label={value.tiersBy === 'attainment' ? 'From, of quota' : 'From'}
          typed={placeTyped(value, currency)}
          value={tier.from}
          disabled={place === 0}
          onChange={(from) => onChange({ ...tier, from })}
          width={160}
        />
        {value.measure.by === 'amount' ? (
          <TypedField
            at={`${at}.percent`}
            label="Pays"
            typed={typedPercent}
            value={tier.percent}
            onChange={(percent) => onChange({ ...tier, percent, each: null })}
            width={110}
          />
        ) : (
          <TypedField
            at={`${at}.each`}
            label="For each"
            typed={typedMoney(currency)}
            value={tier.each}
            onChange={(each) => onChange({ ...tier, each, percent: null })}
          />
        )}
        {place > 0 && (
          <Field at={`${at}.remove`} width={34}>
            <ActionIcon className="plan-remove" variant="subtle" color="gray" aria-label={`Take out tier ${place + 1}`} onClick={onRemove}>
              <IconTrash size={18} />
            </ActionIcon>
          </Field>
        )}
      </Fields>
      <ProblemNote at={at} />
    </>
  );
}

/** In what tiers and a threshold begin. */
export const placeTyped = ({ tiersBy, measure }: RateTerms, currency: string) =>
  tiersBy === 'attainment' ? typedReached : measure.by === 'amount' ? typedMoney(currency) : typedNumber;
