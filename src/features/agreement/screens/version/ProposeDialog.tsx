import { Button, Group, Modal, Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { post } from '#ui/api/client.ts';
import { addDays, today } from '#ui/formats.ts';
import { useDeed } from './useDeed.ts';

interface ProposeDialogProps {
  /** “MQL, version 3”. */
  title: string;
  /** Below the API's root: `/definitions/…`. */
  path: string;
  /** Nothing of the kind was signed before: it may count from a day in the past. */
  first: boolean;
  onClose(): void;
}

/** From which day it is to count, said before it goes to both heads. From then on its words stay as they are. */
export function ProposeDialog({ title, path, first, onClose }: ProposeDialogProps) {
  const [from, setFrom] = useState(today());
  const deed = useDeed();
  const past = from !== '' && from < today();
  const propose = async (): Promise<void> => {
    const done = await deed.run(() => post(`${path}/proposal`, { effectiveFrom: from }), 'Proposed. Both heads can sign it now.');
    if (done) onClose();
  };
  return (
    <Modal opened onClose={onClose} title={`Propose ${title}`}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void propose();
        }}
      >
        <Stack gap="sm">
          <Text size="sm">Once proposed it isn’t edited any more, so that both sides sign the same words. Changes are a new version.</Text>
          <TextInput
            type="date"
            label="Counts from"
            required
            value={from}
            min={first ? undefined : today()}
            onChange={(event) => setFrom(event.currentTarget.value)}
            error={past && !first ? 'A version that replaces another counts from today or later.' : undefined}
            data-autofocus
          />
          {first ? (
            <Group gap={6}>
              {[
                ['today', today()],
                ['90 days ago', addDays(today(), -90)],
                ['a year ago', addDays(today(), -365)],
              ].map(([label, value]) => (
                <Button key={label} size="compact-sm" variant="default" onClick={() => setFrom(value ?? today())}>
                  {label}
                </Button>
              ))}
            </Group>
          ) : null}
          {past && first && (
            <div className="notice">
              What came before the signature is measured as well, so that you see where you stand. It has no consequences: nobody is
              reminded of it.
            </div>
          )}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button type="submit" loading={deed.busy} disabled={!from || (past && !first)}>
              Propose
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
