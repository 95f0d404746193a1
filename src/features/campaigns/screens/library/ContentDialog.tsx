import { Button, Group, Modal, Stack } from '@mantine/core';
import type { ReactNode } from 'react';
import { useFocusBack } from '#ui/kit/useFocusBack.ts';

/** A dialog whose deeds stand in it, closed when one is done looking. */
export function ContentDialog({ title, onClose, children }: { title: string; onClose(): void; children: ReactNode }) {
  useFocusBack();
  return (
    <Modal opened onClose={onClose} title={title} size="lg">
      <Stack gap="sm">
        {children}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            Close
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
