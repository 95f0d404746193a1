import { ActionIcon, Button, MultiSelect, Select, TagsInput } from '@mantine/core';
import { IconPlus, IconX } from '@tabler/icons-react';
import type { FieldCondition, Scalar, TouchCondition } from '#engine/rules/rule.ts';
import { WholeNumber } from '#ui/kit/WholeNumber.tsx';
import { blankCondition } from './AddCondition.tsx';
import { useBuilding } from './building.tsx';
import { bounds, Within } from './FactRows.tsx';
import { FieldRow } from './FieldRow.tsx';
import { inherit, keyOf } from './tree.ts';
import { useKnownValues } from './useKnownValues.ts';
import { choiceLabel, fieldOf } from './vocabulary.ts';

const mostWhere = 10;
/** What is nearly always asked of touches has an input of its own; the rest is a condition like any other. */
const usual = { kind: 'in', side: 'eq', channel: 'in' } as const;
type Usual = keyof typeof usual;

/** How many touches of which kind, by whom, in which time. */
export function TouchesRow({ condition, onChange }: { condition: TouchCondition; onChange(next: TouchCondition): void }) {
  const { touches } = condition;
  const setWhere = (where: readonly FieldCondition[]): void => onChange({ ...condition, touches: { ...touches, where } });
  const others = touches.where.filter((each) => !isUsual(each));
  return (
    <div className="rule-touches">
      <div className="rule-row-line">
        <Select
          aria-label="At least or at most"
          data={bounds.map(({ value, label }) => ({ value, label: label.replace('at', 'At') }))}
          value={condition.is}
          allowDeselect={false}
          onChange={(is) => is && onChange({ ...condition, is: is as TouchCondition['is'] })}
          w={104}
        />
        <WholeNumber
          aria="How many touches"
          value={condition.value}
          onChange={(value) => value !== null && onChange({ ...condition, value })}
          max={100_000}
          width={64}
        />
        <span className="rule-words">{condition.value === 1 ? 'touch' : 'touches'}</span>
        <Within days={touches.withinDays} onChange={(withinDays) => onChange({ ...condition, touches: { ...touches, withinDays } })} />
      </div>
      <div className="rule-row-line">
        <UsualConditions where={touches.where} onChange={setWhere} />
      </div>
      {others.map((each) => (
        <div key={keyOf(each)} className="rule-row-line rule-where">
          <span className="rule-words">whose</span>
          <FieldRow
            condition={each}
            subjects={['touch']}
            onChange={(next) => setWhere(touches.where.map((known) => (known === each ? inherit(each, next) : known)))}
          />
          <ActionIcon
            color="gray"
            size={28}
            aria-label="Remove this condition on the touches"
            onClick={() => setWhere(touches.where.filter((known) => known !== each))}
          >
            <IconX size={16} />
          </ActionIcon>
        </div>
      ))}
      <Button
        size="compact-xs"
        variant="subtle"
        leftSection={<IconPlus size={12} />}
        disabled={touches.where.length >= mostWhere}
        onClick={() => setWhere([...touches.where, blankCondition('touch')])}
      >
        Say more of the touches
      </Button>
    </div>
  );
}

function UsualConditions({ where, onChange }: { where: readonly FieldCondition[]; onChange(where: readonly FieldCondition[]): void }) {
  const { vocabulary } = useBuilding();
  const valuesOf = (name: Usual): string[] => {
    const value = where.find((each) => isUsual(each) && each.field === name)?.value;
    return value === undefined ? [] : (Array.isArray(value) ? value : [value]).map(String);
  };
  const set = (name: Usual, value: Scalar | readonly Scalar[] | null): void => {
    const without = where.filter((each) => !(isUsual(each) && each.field === name));
    onChange(value === null ? without : [...without, { of: 'touch', field: name, is: usual[name], value }]);
  };
  const choices = (name: Usual): { value: string; label: string }[] =>
    (fieldOf(vocabulary, 'touch', name)?.choices ?? []).map((value) => ({ value, label: choiceLabel({ of: 'touch', name }, value) }));
  const channels = useKnownValues({ of: 'touch', name: 'channel', type: 'text' });
  return (
    <>
      <span className="rule-usual">
        <span className="rule-words">of</span>
        <MultiSelect
          aria-label="Kinds of touches"
          placeholder={valuesOf('kind').length ? '' : 'any kind'}
          data={choices('kind')}
          value={valuesOf('kind')}
          onChange={(kinds) => set('kind', kinds.length ? kinds : null)}
          searchable
          className="rule-grow"
        />
      </span>
      <span className="rule-usual">
        <span className="rule-words">by</span>
        <Select
          aria-label="Side of the touches"
          placeholder="any side"
          data={choices('side')}
          value={valuesOf('side')[0] ?? null}
          onChange={(side) => set('side', side)}
          clearable
          clearButtonProps={{ 'aria-label': 'Any side' }}
          className="rule-grow"
        />
      </span>
      <span className="rule-usual">
        <span className="rule-words">through</span>
        <TagsInput
          aria-label="Channels of the touches"
          placeholder={valuesOf('channel').length ? '' : 'any channel'}
          data={channels.map(({ value }) => value)}
          value={valuesOf('channel')}
          onChange={(all) => set('channel', all.length ? all : null)}
          className="rule-grow"
          acceptValueOnBlur
        />
      </span>
    </>
  );
}

const isUsual = ({ field, is }: FieldCondition): boolean => field in usual && usual[field as Usual] === is;
