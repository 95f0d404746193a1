import { Textarea, TextInput } from '@mantine/core';
import type { PlanContent } from '#features/goals/contract/plans.ts';
import { Sheet } from '#ui/kit/Page.tsx';
import { type PlanProblem, withDays } from './draft.ts';

interface PlanHeadProps {
  plan: PlanContent;
  problems: readonly PlanProblem[];
  onChange(plan: PlanContent): void;
}

/** What the plan is called, why, and from when to when. */
export function PlanHead({ plan, problems, onChange }: PlanHeadProps) {
  const wrong = (at: string): string | undefined => problems.find((each) => each.goal === null && each.at === at)?.reason;
  return (
    <Sheet title="The plan" padded>
      <div className="stack">
        <div className="goal-card-fields">
          <TextInput
            label="Title"
            required
            w={320}
            maxLength={200}
            value={plan.title}
            error={wrong('title')}
            onChange={(event) => onChange({ ...plan, title: event.currentTarget.value })}
          />
          <TextInput
            type="date"
            label="First day"
            description="a first of a month"
            value={plan.start}
            onChange={(event) => event.currentTarget.value && onChange(withDays(plan, { start: event.currentTarget.value }))}
          />
          <TextInput
            type="date"
            label="Last day"
            description="a last of a month, within a year"
            value={plan.end}
            error={wrong('end')}
            onChange={(event) => event.currentTarget.value && onChange(withDays(plan, { end: event.currentTarget.value }))}
          />
        </div>
        <Textarea
          label="What it is for"
          autosize
          minRows={1}
          maxRows={8}
          maxLength={2_000}
          value={plan.note}
          onChange={(event) => onChange({ ...plan, note: event.currentTarget.value })}
        />
      </div>
    </Sheet>
  );
}
