import { Button, Group, Modal, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useFocusBack } from '#ui/kit/useFocusBack.ts';
import { CopyLine } from './CopyLine.tsx';

/** A secret, shown once. */
export function SecretDialog({
  title,
  secret,
  url,
  onClose,
  children,
}: {
  title: string;
  secret: string;
  url?: string;
  onClose(): void;
  children: ReactNode;
}) {
  useFocusBack();
  return (
    <Modal opened onClose={onClose} title={title} closeOnClickOutside={false} size="lg">
      <Text size="sm" mb="sm">
        {children}
      </Text>
      {url && <CopyLine value={url} label="Address" />}
      <div className="notice" role="status" style={{ margin: '12px 0 8px' }}>
        Copy the secret now: it is shown once.
      </div>
      <CopyLine value={secret} label="Secret" />
      <Group justify="flex-end" mt="md">
        <Button onClick={onClose}>I have copied it</Button>
      </Group>
    </Modal>
  );
}
