import { ActionIcon, Button, Select } from '@mantine/core';
import { IconPlus, IconX } from '@tabler/icons-react';
import type { PointsCondition } from '#engine/rules/rule.ts';
import { WholeNumber } from '#ui/kit/WholeNumber.tsx';
import { blankCondition } from './AddCondition.tsx';
import { useBuilding } from './building.tsx';
import { bounds } from './FactRows.tsx';
import { RuleTree } from './RuleTree.tsx';
import { keyOf } from './tree.ts';

interface ScorecardRowProps {
  condition: PointsCondition;
  onChange(next: PointsCondition): void;
  path: string;
}

/** Points for each condition that holds, and how many it takes. */
export function ScorecardRow({ condition, onChange, path }: ScorecardRowProps) {
  const { full } = useBuilding();
  const { points } = condition;
  const set = (next: PointsCondition['points']): void => onChange({ ...condition, points: next });
  const most = points.reduce((sum, each) => sum + Math.max(0, each.points), 0);
  return (
    <div className="rule-score">
      <div className="rule-row-line">
        <span className="rule-words">Points of what holds add up to</span>
        <Select
          aria-label="At least or at most"
          data={bounds}
          value={condition.is}
          allowDeselect={false}
          onChange={(is) => is && onChange({ ...condition, is: is as PointsCondition['is'] })}
          w={104}
        />
        <WholeNumber
          aria="Points needed"
          value={condition.value}
          onChange={(value) => value !== null && onChange({ ...condition, value })}
          min={-1_000_000}
          max={1_000_000}
          width={80}
        />
        <span className="dim">of at most {most}</span>
      </div>
      <ol className="rule-points">
        {points.map((each, index) => (
          <li key={keyOf(each.when)} className="rule-point">
            <WholeNumber
              aria="Points"
              value={each.points}
              onChange={(value) => value !== null && set(points.with(index, { ...each, points: value }))}
              min={-10_000}
              max={10_000}
              width={72}
            />
            <span className="rule-words">for</span>
            <div className="rule-point-when">
              <RuleTree
                rule={each.when}
                path={`${path}.points.${index}.when`}
                onChange={(when) => set(points.with(index, { ...each, when }))}
              />
            </div>
            <ActionIcon
              color="gray"
              size={28}
              aria-label="Remove these points"
              disabled={points.length === 1}
              onClick={() => set(points.toSpliced(index, 1))}
            >
              <IconX size={16} />
            </ActionIcon>
          </li>
        ))}
      </ol>
      <Button
        size="compact-xs"
        variant="subtle"
        leftSection={<IconPlus size={12} />}
        disabled={full}
        onClick={() => set([...points, { when: blankCondition('lead'), points: 10 }])}
      >
        Points for something else
      </Button>
    </div>
  );
}
