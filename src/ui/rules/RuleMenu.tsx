import { ActionIcon, Kbd, Menu } from '@mantine/core';
import { IconArrowDown, IconArrowUp, IconBoxMultiple, IconCopy, IconDotsVertical, IconTrash, IconX } from '@tabler/icons-react';
import type { Rule } from '#engine/rules/rule.ts';
import { useBuilding, useTree } from './building.tsx';
import { asGroup, type Place } from './tree.ts';

/** What can be done with a condition or group as a whole. */
export function RuleMenu({ rule, place }: { rule: Rule; place: Place }) {
  const tree = useTree();
  const { full } = useBuilding();
  const grouped = asGroup(rule) !== null;
  const inside = place.length > 0;
  const what = grouped ? 'group' : 'condition';
  return (
    <div className="rule-menu">
      <Menu position="bottom-end" width={230}>
        <Menu.Target>
          <ActionIcon color="gray" size={28} data-handle aria-label={`What to do with this ${what}`}>
            <IconDotsVertical size={16} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          {inside && (
            <>
              <Menu.Item
                leftSection={<IconArrowUp size={14} />}
                rightSection={<Kbd size="xs">Alt ↑</Kbd>}
                disabled={!tree.canMove(place, 'up')}
                onClick={() => tree.move(place, 'up')}
              >
                Move up
              </Menu.Item>
              <Menu.Item
                leftSection={<IconArrowDown size={14} />}
                rightSection={<Kbd size="xs">Alt ↓</Kbd>}
                disabled={!tree.canMove(place, 'down')}
                onClick={() => tree.move(place, 'down')}
              >
                Move down
              </Menu.Item>
            </>
          )}
          <Menu.Item
            leftSection={<IconBoxMultiple size={14} />}
            rightSection={<Kbd size="xs">Alt G</Kbd>}
            onClick={() => tree.wrap(place, 'any')}
          >
            Put in a group
          </Menu.Item>
          {inside && grouped && <Menu.Item onClick={() => tree.unwrap(place)}>Dissolve the group</Menu.Item>}
          {inside && (
            <>
              <Menu.Item leftSection={<IconCopy size={14} />} disabled={full} onClick={() => tree.duplicate(place)}>
                Duplicate
              </Menu.Item>
              <Menu.Item
                color="var(--a-bad)"
                leftSection={<IconTrash size={14} />}
                rightSection={<Kbd size="xs">Alt Del</Kbd>}
                onClick={() => tree.remove(place)}
              >
                Remove
              </Menu.Item>
            </>
          )}
        </Menu.Dropdown>
      </Menu>
      {inside && (
        <ActionIcon color="gray" size={28} aria-label={`Remove this ${what}`} onClick={() => tree.remove(place)}>
          <IconX size={16} />
        </ActionIcon>
      )}
    </div>
  );
}
