import { Text } from '@mantine/core';
import { post } from '#ui/api/client.ts';
import { FormDialog } from '#ui/kit/FormDialog.tsx';
import { askTrackingAgain } from './useTracking.ts';

interface RenewDialogProps {
  /** Whose secret: a name. */
  of: string;
  path: string;
  onMade(secret: string): void;
  onClose(): void;
}

/** Asks before a secret that is in use stops to hold. */
export function RenewDialog({ of, path, onMade, onClose }: RenewDialogProps) {
  return (
    <FormDialog
      title={`A new secret for ${of}?`}
      label="Make a new secret"
      danger
      ready
      onClose={onClose}
      send={async () => {
        onMade((await post<{ secret: string }>(path)).secret);
        await askTrackingAgain();
      }}
    >
      <Text size="sm">The secret in use stops at once: what still uses it is refused until you have put the new one there.</Text>
    </FormDialog>
  );
}
