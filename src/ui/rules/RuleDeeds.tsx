import { ActionIcon, Button, Group } from '@mantine/core';
import { IconArrowDown, IconArrowUp, IconTrash } from '@tabler/icons-react';

interface RuleDeedsProps {
  /** Of the rule, as it is read aloud. */
  name: string;
  place: { readonly at: number; readonly of: number };
  isOpen: boolean;
  onOpen(isOpen: boolean): void;
  onMove(by: 1 | -1): void;
  onRemove(): void;
}

/** What can be done with one rule of an ordered list of them. */
export function RuleDeeds({ name, place, isOpen, onOpen, onMove, onRemove }: RuleDeedsProps) {
  return (
    <Group gap={4} wrap="nowrap">
      <ActionIcon color="gray" size={28} aria-label={`Move ${name} up`} disabled={place.at === 0} onClick={() => onMove(-1)}>
        <IconArrowUp size={16} />
      </ActionIcon>
      <ActionIcon color="gray" size={28} aria-label={`Move ${name} down`} disabled={place.at === place.of - 1} onClick={() => onMove(1)}>
        <IconArrowDown size={16} />
      </ActionIcon>
      <Button
        size="compact-sm"
        variant="default"
        aria-expanded={isOpen}
        aria-label={isOpen ? `Close ${name}` : `Edit ${name}`}
        onClick={() => onOpen(!isOpen)}
      >
        {isOpen ? 'Close' : 'Edit'}
      </Button>
      <ActionIcon color="gray" size={28} aria-label={`Remove ${name}`} onClick={onRemove}>
        <IconTrash size={16} />
      </ActionIcon>
    </Group>
  );
}
