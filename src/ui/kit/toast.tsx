import { Button, Group, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { wordsOf } from '#ui/api/client.ts';

export function tell(message: string): void {
  notifications.show({ message, autoClose: 5000, withBorder: true, closeButtonProps: { 'aria-label': 'Close' } });
}

export function tellProblem(error: unknown, title = 'That didn’t work'): void {
  notifications.show({
    title,
    message: wordsOf(error),
    color: 'red',
    autoClose: 12_000,
    withBorder: true,
    closeButtonProps: { 'aria-label': 'Close' },
  });
}

/** Says what was done and offers to undo it for twenty seconds. */
export function tellUndoable(message: string, undo: () => Promise<void>): void {
  const id = `undo-${crypto.randomUUID()}`;
  const run = async (): Promise<void> => {
    notifications.hide(id);
    try {
      await undo();
      tell('Undone.');
    } catch (error) {
      tellProblem(error, 'That couldn’t be undone');
    }
  };
  notifications.show({
    id,
    autoClose: 20_000,
    withBorder: true,
    closeButtonProps: { 'aria-label': 'Close' },
    message: (
      <Group justify="space-between" wrap="nowrap">
        <Text size="sm">{message}</Text>
        <Button size="xs" variant="default" onClick={() => void run()}>
          Undo
        </Button>
      </Group>
    ),
  });
}
