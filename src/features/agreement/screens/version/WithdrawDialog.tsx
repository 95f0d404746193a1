import { Button, Group, Modal, Text } from '@mantine/core';
import { remove } from '#ui/api/client.ts';
import { useDeed } from './useDeed.ts';

/** Asks once: a withdrawn version stays readable, and a new one can be made from it. */
export function WithdrawDialog({ title, path, onClose }: { title: string; path: string; onClose(): void }) {
  const deed = useDeed();
  const withdraw = async (): Promise<void> => {
    if (await deed.run(() => remove(path), 'Withdrawn.')) onClose();
  };
  return (
    <Modal opened onClose={onClose} title={`Withdraw ${title}?`}>
      <Text size="sm" mb="md">
        Nobody can sign it any more. It stays readable with its discussion, and a new version can be made from it.
      </Text>
      <Group justify="flex-end">
        <Button variant="default" onClick={onClose} data-autofocus>
          Keep it
        </Button>
        <Button variant="outline" color="var(--a-bad)" loading={deed.busy} onClick={() => void withdraw()}>
          Withdraw
        </Button>
      </Group>
    </Modal>
  );
}
