import { Button, Group, Modal, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { post, wordsOf } from '#ui/api/client.ts';
import { tell } from '#ui/kit/toast.tsx';
import { askRoutingAgain } from './useRouting.ts';

/** Taking somebody out of rotation wants a reason: it is kept, and shown to those who ask why no lead comes. */
export function TakeOutDialog({ member, onClose }: { member: { id: string; name: string }; onClose(): void }) {
  const [reason, setReason] = useState('');
  const [wrong, setWrong] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const takeOut = async (): Promise<void> => {
    if (!reason.trim()) return setWrong('Say why.');
    setBusy(true);
    try {
      await post(`/routing/rotation/${member.id}/removal`, { reason });
      await askRoutingAgain();
      tell(`${member.name} gets no new leads until put back.`);
      onClose();
    } catch (error) {
      setWrong(wordsOf(error));
      setBusy(false);
    }
  };
  return (
    <Modal opened onClose={onClose} title={`Take ${member.name} out of rotation`}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void takeOut();
        }}
      >
        <Text size="sm" mb="sm">
          New leads go to others, by rule and from accounts too. What {member.name} has stays. For days away, record leave instead: it ends
          by itself.
        </Text>
        <TextInput
          label="Why"
          required
          data-autofocus
          maxLength={500}
          value={reason}
          error={wrong}
          onChange={(event) => {
            setReason(event.currentTarget.value);
            setWrong(null);
          }}
        />
        <Group justify="flex-end" mt="md">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={busy}>
            Take out
          </Button>
        </Group>
      </form>
    </Modal>
  );
}
