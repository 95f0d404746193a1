import { ActionIcon, Button, Select } from '@mantine/core';
import { IconPlus, IconX } from '@tabler/icons-react';
import { ladderKinds, type LadderStep } from '#engine/agreement/clause.ts';
import { WholeNumber } from '#ui/kit/WholeNumber.tsx';

const words: Record<LadderStep['kind'], string> = {
  remind: 'remind the rep',
  manager: 'tell the head',
  reassign: 'give the lead to somebody else',
  outOfRotation: 'take the rep out of the rotation',
};
const choices = ladderKinds.map((kind) => ({ value: kind, label: words[kind] }));
const mostSteps = 10;

/** Steps while there is no evidence, in the order of time: 100 % is when the clock is due. */
export function LadderSteps({ ladder, onChange }: { ladder: readonly LadderStep[]; onChange(ladder: LadderStep[]): void }) {
  const set = (at: number, changes: Partial<LadderStep>): void =>
    onChange(ladder.map((step, index) => (index === at ? { ...step, ...changes } : step)));
  const inOrder = (): void => onChange(ladder.toSorted((one, other) => one.atPercent - other.atPercent));
  return (
    <div className="ladder">
      {ladder.map((step, at) => (
        <div key={at} className="form-line ladder-step" onBlur={inOrder}>
          <span className="rule-words">at</span>
          <WholeNumber
            aria={`When step ${at + 1} is taken`}
            suffix=" %"
            value={step.atPercent}
            onChange={(percent) => percent !== null && set(at, { atPercent: percent })}
            min={1}
            max={10_000}
            width={84}
          />
          <Select
            aria-label={`What step ${at + 1} does`}
            data={choices}
            value={step.kind}
            allowDeselect={false}
            onChange={(kind) => kind && set(at, { kind: kind as LadderStep['kind'] })}
            w={250}
          />
          <ActionIcon color="gray" aria-label={`Remove step ${at + 1}`} onClick={() => onChange(ladder.filter((_, index) => index !== at))}>
            <IconX size={16} />
          </ActionIcon>
        </div>
      ))}
      <Button
        size="compact-sm"
        variant="subtle"
        leftSection={<IconPlus size={14} />}
        disabled={ladder.length >= mostSteps}
        onClick={() => onChange([...ladder, { kind: 'manager', atPercent: Math.max(100, (ladder.at(-1)?.atPercent ?? 50) + 50) }])}
      >
        Step
      </Button>
    </div>
  );
}
