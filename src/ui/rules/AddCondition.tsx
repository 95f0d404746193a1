import { Button, Menu } from '@mantine/core';
import { IconChevronDown, IconPlus } from '@tabler/icons-react';
import { ruleLimits, type FieldCondition, type Rule } from '#engine/rules/rule.ts';
import { useBuilding, useTree } from './building.tsx';
import type { Place } from './tree.ts';

export const blankCondition = (of: 'lead' | 'touch'): FieldCondition => ({ of, field: '', is: 'in' });

const others: readonly { label: string; about: string; make(): Rule }[] = [
  {
    label: 'Touches in a time',
    about: 'How many forms, calls, visits…',
    make: () => ({ touches: { where: [], withinDays: 30 }, is: 'gte', value: 1 }),
  },
  { label: 'Stage reached', about: 'Whether it became an MQL, SQL…', make: () => ({ stage: '', is: 'reached' }) },
  { label: 'Revenue', about: 'What its account paid so far', make: () => ({ revenue: { withinDays: null }, is: 'gte', value: '' }) },
  {
    label: 'Scorecard',
    about: 'Points for what holds, added up',
    make: () => ({ points: [{ when: blankCondition('lead'), points: 10 }], is: 'gte', value: 50 }),
  },
];

/** One more condition at the end of a group. */
export function AddCondition({ place }: { place: Place }) {
  const tree = useTree();
  const { subject, full } = useBuilding();
  const add = (rule: Rule): void => tree.insert(place, rule);
  return (
    <div className="rule-add" title={full ? `A rule has at most ${ruleLimits.conditions} conditions.` : undefined}>
      <Button
        size="compact-sm"
        variant="subtle"
        leftSection={<IconPlus size={14} />}
        disabled={full}
        onClick={() => add(blankCondition(subject))}
      >
        Condition
      </Button>
      <Menu position="bottom-start" width={250}>
        <Menu.Target>
          <Button size="compact-sm" variant="subtle" rightSection={<IconChevronDown size={14} />} disabled={full}>
            More
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {subject === 'lead' &&
            others.map(({ label, about, make }) => (
              <Menu.Item key={label} onClick={() => add(make())}>
                <div>{label}</div>
                <div className="dim" style={{ fontSize: 12 }}>
                  {about}
                </div>
              </Menu.Item>
            ))}
          <Menu.Item onClick={() => add({ any: [blankCondition(subject)] })}>
            <div>Group</div>
            <div className="dim" style={{ fontSize: 12 }}>
              Conditions joined by “or”, “and” or “none”
            </div>
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </div>
  );
}
