import { Button, Group, Select, TextInput } from '@mantine/core';
import type { GoalChoices } from '#features/goals/contract/goals.ts';
import type { MetricName } from '#features/goals/contract/metrics.ts';
import type { Goal, PlanContent } from '#features/goals/contract/plans.ts';
import { day } from '#ui/formats.ts';
import { WholeNumber } from '#ui/kit/WholeNumber.tsx';
import { depthOf } from '../goalOrder.ts';
import { familyOf, newGoal, type PlanProblem, withGoal, withMetric, withoutGoal } from './draft.ts';
import { MetricFields } from './MetricFields.tsx';
import { TargetField } from './TargetField.tsx';

interface GoalCardProps {
  goal: Goal;
  plan: PlanContent;
  choices: GoalChoices;
  problems: readonly PlanProblem[];
  onChange(plan: PlanContent): void;
}

/** One goal while it is written. */
export function GoalCard({ goal, plan, choices, problems, onChange }: GoalCardProps) {
  const replace = (next: Goal): void => onChange({ ...plan, goals: plan.goals.map((each) => (each.id === goal.id ? next : each)) });
  const set = (changes: Partial<Goal>): void => replace({ ...goal, ...changes });
  const named = goal.title.trim() || 'this goal';
  const family = familyOf(plan.goals, goal.id);
  const titleWrong = problems.find(({ at }) => at.endsWith('.title'))?.reason;
  const others = problems.filter(({ at }) => !at.endsWith('.title'));
  return (
    <section
      className="goal-card"
      aria-label={named}
      style={{ '--depth': depthOf(plan.goals, goal) } as React.CSSProperties}
      {...(problems.length > 0 && { 'data-wrong': true })}
    >
      <div className="goal-card-fields">
        <TextInput
          label="Goal"
          required
          w={240}
          maxLength={200}
          value={goal.title}
          error={titleWrong}
          onChange={(event) => set({ title: event.currentTarget.value })}
        />
        <Select
          label="Counted by"
          w={190}
          searchable
          allowDeselect={false}
          value={goal.metric.name}
          data={choices.metrics.map(({ name, label }) => ({ value: name, label }))}
          onChange={(name) => name && replace(withMetric(goal, name as MetricName, choices))}
        />
        <MetricFields goal={goal} choices={choices} onChange={set} />
        <Select
          label="Is"
          w={110}
          allowDeselect={false}
          value={goal.direction}
          data={[
            { value: 'atLeast', label: 'at least' },
            { value: 'atMost', label: 'at most' },
          ]}
          onChange={(value) => set({ direction: value as Goal['direction'] })}
        />
        <TargetField key={goal.metric.name} goal={goal} currency={choices.currency} onChange={(target) => set({ target })} />
      </div>
      <div className="goal-card-fields">
        {(['marketing', 'sales'] as const).map((side) => (
          <Select
            key={side}
            label={`Owner in ${side}`}
            required
            searchable
            w={190}
            allowDeselect={false}
            value={goal.owners[side] || null}
            data={choices.owners[side].map(({ id, name }) => ({ value: id, label: name }))}
            onChange={(id) => id && set({ owners: { ...goal.owners, [side]: id } })}
          />
        ))}
        <Select
          label="Serves"
          w={200}
          allowDeselect={false}
          value={goal.parentId ?? ''}
          data={[
            { value: '', label: 'no other goal' },
            ...plan.goals
              .filter(({ id }) => !family.has(id))
              .map(({ id, title }) => ({ value: id, label: title.trim() || '(no title yet)' })),
          ]}
          onChange={(id) => set({ parentId: id || null })}
        />
      </div>
      <details>
        <summary className="small-print">
          {goal.start === plan.start && goal.end === plan.end ? 'As long as the plan' : `${day(goal.start)} to ${day(goal.end)}`}, told when{' '}
          {goal.tolerancePercent} % off pace<span className="visually-hidden">: {named}</span>
        </summary>
        <div className="goal-card-fields">
          <WholeNumber
            label="Told when off by"
            suffix=" %"
            width={120}
            max={100}
            value={goal.tolerancePercent}
            onChange={(value) => set({ tolerancePercent: value ?? 10 })}
          />
          <TextInput
            type="date"
            label="From"
            value={goal.start}
            onChange={(event) => event.currentTarget.value && set({ start: event.currentTarget.value })}
          />
          <TextInput
            type="date"
            label="To"
            value={goal.end}
            onChange={(event) => event.currentTarget.value && set({ end: event.currentTarget.value })}
          />
        </div>
      </details>
      {others.length > 0 && (
        <p className="bad small-print" role="alert">
          {[...new Set(others.map(({ reason }) => reason))].join(' ')}
        </p>
      )}
      <Group gap={8}>
        <Button size="compact-sm" variant="default" onClick={() => onChange(withGoal(plan, newGoal(plan, choices, goal.id)))}>
          Add below<span className="visually-hidden"> {named}</span>
        </Button>
        <Button size="compact-sm" variant="default" onClick={() => onChange(withoutGoal(plan, goal))}>
          Remove<span className="visually-hidden"> {named}</span>
        </Button>
      </Group>
    </section>
  );
}
