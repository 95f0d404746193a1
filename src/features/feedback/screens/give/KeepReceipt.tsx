import { Button, CopyButton, Group, Modal, Stack, Text } from '@mantine/core';
import { Go } from '#ui/kit/Go.tsx';
import { useFocusBack } from '#ui/kit/useFocusBack.ts';
import { paths } from '#ui/paths.ts';

export const receiptLink = (receipt: string): string => `${window.location.origin}${paths.anonymousFeedback(receipt)}`;

/** After giving anonymously: the receipt is here, and nowhere else. */
export function KeepReceipt({ receipt, onClose }: { receipt: string; onClose(): void }) {
  useFocusBack();
  return (
    <Modal opened onClose={onClose} title="Given anonymously">
      <Stack gap="sm">
        <Text size="sm">It waits, and is shown together with others. Nobody, and nothing in the database, can tell that it was you.</Text>
        <Text size="sm">
          Answers are read by whoever holds its receipt. This browser keeps it under{' '}
          <Go href={paths.anonymousFeedback()}>Mine, anonymous</Go>. To read it elsewhere, keep the link: it can’t be made again.
        </Text>
        <div className="feedback-box receipt-link">{receiptLink(receipt)}</div>
        <Group justify="flex-end" gap="sm">
          <CopyButton value={receiptLink(receipt)}>
            {({ copied, copy }) => (
              <Button variant="default" onClick={copy}>
                {copied ? 'Copied' : 'Copy the link'}
              </Button>
            )}
          </CopyButton>
          <Button onClick={onClose} data-autofocus>
            Done
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
