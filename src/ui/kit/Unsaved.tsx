import { Button, Group, Modal, Text } from '@mantine/core';
import { useBlocker } from '@tanstack/react-router';

/** Asks before somebody leaves with something unsaved: by a link, the back button or the window itself. */
export function Unsaved({ when, what }: { when: boolean; what: string }) {
  const blocker = useBlocker({
    shouldBlockFn: () => when,
    enableBeforeUnload: when,
    withResolver: true,
  });
  if (blocker.status !== 'blocked') return null;
  return (
    <Modal opened onClose={blocker.reset} title="Leave without saving?">
      <Text size="sm" mb="md">
        {what} has changes that are not saved.
      </Text>
      <Group justify="flex-end">
        <Button variant="default" onClick={blocker.proceed}>
          Leave without saving
        </Button>
        <Button onClick={blocker.reset} data-autofocus>
          Stay
        </Button>
      </Group>
    </Modal>
  );
}
