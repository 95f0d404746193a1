import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { post } from '#ui/api/client.ts';
import { useMe } from '#ui/api/session.ts';
import { capitalised, day } from '#ui/formats.ts';
import { SideMark } from '#ui/kit/Side.tsx';
import type { OwedSide } from '../asking.ts';
import { useDeed } from './useDeed.ts';

interface SignDialogProps {
  title: string;
  path: string;
  side: OwedSide;
  onBehalf: boolean;
  contentHash: string;
  effectiveFrom: string | null;
  /** What is signed, once more. */
  children: ReactNode;
  onClose(): void;
}

/** Repeats what is signed, for whom and from when; the signature is on the hash of exactly these words. */
export function SignDialog({ title, path, side, onBehalf, contentHash, effectiveFrom, children, onClose }: SignDialogProps) {
  const me = useMe();
  const deed = useDeed();
  const sign = async (): Promise<void> => {
    const done = await deed.run(() => post(`${path}/signatures`, { contentHash, side }), 'Signed.');
    if (done) onClose();
  };
  return (
    <Modal opened onClose={onClose} title={`Sign ${title}`} size="lg">
      <Stack gap="sm">
        <Text size="sm">
          You, {me.member.name}, sign for <SideMark side={side} />
          {onBehalf &&
            ', on its behalf: nobody of this side who could sign has a login. This is said on the page as long as the version stands'}
          . It counts from {day(effectiveFrom)}.
        </Text>
        <div className="signed-text" tabIndex={0} role="region" aria-label="What you sign">
          {children}
        </div>
        <div>
          <Text size="xs" c="dimmed">
            Both sides sign the same content, known by its fingerprint (SHA-256):
          </Text>
          <code className="hash">{contentHash}</code>
        </div>
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            Not now
          </Button>
          <Button color={side} loading={deed.busy} onClick={() => void sign()} data-autofocus>
            Sign for {capitalised(side)}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
