import { ActionIcon, Button, Group, Select, Switch, TextInput } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import type { RateTerms, Tier } from '#engine/payout/plan.ts';
import { majorUnits, minorUnits } from '#ui/formats.ts';
import { MoneyField } from '#ui/kit/MoneyField.tsx';
import { replaced, without } from './draft.ts';

interface TierRowsProps {
  value: RateTerms;
  currency: string;
  onChange(value: Partial<RateTerms>): void;
}

/** Rates by tier: each for what lies within it, or for all once it is reached. */
export function TierRows({ value, currency, onChange }: TierRowsProps) {
  const { tiers, tiersBy, measure, marginal } = value;
  const set = (at: number, changes: Partial<Tier>): void => onChange({ tiers: replaced(tiers, at, { ...tiers[at]!, ...changes }) });
  const inMoney = tiersBy === 'credit' && measure.by === 'amount';
  return (
    <>
      <Group gap="sm" align="flex-end">
        <Select
          label="Tiers by"
          data={[
            { value: 'credit', label: 'what was brought' },
            { value: 'attainment', label: 'percent of the quota' },
          ]}
          value={tiersBy}
          allowDeselect={false}
          onChange={(next) =>
            onChange({ tiersBy: next as RateTerms['tiersBy'], quota: next === 'attainment' ? (value.quota ?? 'quota') : null })
          }
        />
        {tiersBy === 'attainment' && (
          <TextInput
            label="Name of the quota"
            value={value.quota ?? ''}
            onChange={(event) => onChange({ quota: event.currentTarget.value })}
            w={150}
          />
        )}
        <Switch
          label="Each rate only for what lies within its tier"
          checked={marginal}
          onChange={(event) => onChange({ marginal: event.currentTarget.checked })}
        />
      </Group>
      {tiers.map((tier, at) => (
        <Group key={at} gap="sm" align="flex-end">
          <TextInput
            label={tiersBy === 'attainment' ? 'From % of quota' : inMoney ? `From (${currency})` : 'From number'}
            value={inMoney ? majorUnits(tier.from, currency) : tier.from}
            disabled={at === 0}
            onChange={(event) => {
              const typed = event.currentTarget.value;
              const read = inMoney ? minorUnits(typed, currency) : typed;
              if (read !== null) set(at, { from: read });
            }}
            w={150}
          />
          {measure.by === 'amount' ? (
            <TextInput
              label="Percent"
              value={tier.percent ?? ''}
              onChange={(event) => set(at, { percent: event.currentTarget.value, each: null })}
              w={110}
            />
          ) : (
            <MoneyField label="For each" currency={currency} value={tier.each} onChange={(each) => set(at, { each, percent: null })} />
          )}
          {at > 0 && (
            <ActionIcon
              variant="subtle"
              color="gray"
              aria-label={`Take out tier ${at + 1}`}
              onClick={() => onChange({ tiers: without(tiers, at) })}
            >
              <IconTrash size={18} />
            </ActionIcon>
          )}
        </Group>
      ))}
      <Button variant="default" size="compact-sm" w="fit-content" onClick={() => onChange({ tiers: [...tiers, nextTier(value)] })}>
        Add a tier
      </Button>
    </>
  );
}

function nextTier({ tiers, tiersBy, measure }: RateTerms): Tier {
  const last = tiers.at(-1)!;
  const from =
    tiersBy === 'attainment'
      ? last.from === '0'
        ? '100'
        : String(Number(last.from) + 25)
      : last.from === '0'
        ? measure.by === 'amount'
          ? '10000000'
          : '10'
        : `${last.from}0`;
  return { ...last, from };
}
