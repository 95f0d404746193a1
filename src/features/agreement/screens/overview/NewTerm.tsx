import { Button, Group, Modal, SegmentedControl, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import { post } from '#ui/api/client.ts';
import { useGo } from '#ui/kit/Go.tsx';
import { paths } from '#ui/paths.ts';
import type { Term } from '../../contract.ts';
import { useDeed } from '../version/useDeed.ts';
import { keyFrom } from '../contract/clauseKeys.ts';

/** A word of the company's own beside the field's terms. */
export function NewTerm({ terms, onClose }: { terms: readonly Term[]; onClose(): void }) {
  const go = useGo();
  const deed = useDeed();
  const [name, setName] = useState('');
  const [about, setAbout] = useState('');
  const [subject, setSubject] = useState('lead');
  const key = keyFrom(name, 40);
  const taken = terms.some((term) => term.key === key);
  const add = async (): Promise<void> => {
    if (await deed.run(() => post('/terms', { key, name, about, subject }))) go(paths.definition(key));
  };
  return (
    <Modal opened onClose={onClose} title="A word of your own">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (key.length > 1 && !taken) void add();
        }}
      >
        <Stack gap="sm">
          <TextInput
            label="Word"
            placeholder="Key account"
            required
            maxLength={80}
            value={name}
            error={taken ? 'This word is there already.' : undefined}
            onChange={(event) => setName(event.currentTarget.value)}
            data-autofocus
          />
          <Textarea
            label="What it is for"
            autosize
            minRows={2}
            maxLength={500}
            value={about}
            onChange={(event) => setAbout(event.currentTarget.value)}
          />
          <div>
            <Text size="sm" fw={500} mb={2} id="term-subject">
              It is said of
            </Text>
            <SegmentedControl
              aria-labelledby="term-subject"
              value={subject}
              onChange={setSubject}
              data={[
                { value: 'lead', label: 'Leads' },
                { value: 'touch', label: 'Touches' },
              ]}
            />
          </div>
          <Group justify="flex-end">
            <Button type="submit" loading={deed.busy} disabled={key.length < 2 || taken}>
              Add and define
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
