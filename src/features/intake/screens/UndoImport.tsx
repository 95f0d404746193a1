import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { get, post, wordsOf } from '#ui/api/client.ts';
import { refreshRecords } from '#ui/api/records.ts';
import { count } from '#ui/formats.ts';
import { tell, tellProblem } from '#ui/kit/toast.tsx';
import { kindWords, type ImportRun } from './importTypes.ts';

/** Taking back a whole import, after saying what that means. */
export function UndoImport({ run }: { run: ImportRun }) {
  const [open, { open: ask, close }] = useDisclosure(false);
  const [busy, setBusy] = useState(false);
  const [wrong, setWrong] = useState<string | null>(null);
  const client = useQueryClient();
  const undo = async (): Promise<void> => {
    setBusy(true);
    try {
      await post(`/imports/${run.id}/undo`);
      close();
      const refusal = await waitForUndo(run.id, () => client.invalidateQueries({ queryKey: ['imports'] }));
      if (refusal) return tellProblem(new Error(refusal), `Import #${run.number} was not undone`);
      tell(`Import #${run.number} is taken back.`);
      void refreshRecords();
    } catch (error) {
      setWrong(wordsOf(error));
    } finally {
      setBusy(false);
    }
  };
  const kinds = Object.entries(run.result?.kinds ?? {}).filter(([, counts]) => counts.created + counts.updated > 0);
  return (
    <>
      <Button size="compact-sm" variant="default" loading={busy} onClick={ask} aria-label={`Undo import #${run.number}`}>
        Undo…
      </Button>
      <Modal opened={open} onClose={close} title={`Undo import #${run.number}?`}>
        <Stack gap="sm">
          <Text>
            What it created is removed, and what it changed goes back to what it was. Where other imports or people have built on it since,
            nothing is undone and you are told who.
          </Text>
          <ul style={{ margin: 0, paddingLeft: 20 }}>
            {kinds.map(([kind, counts]) => (
              <li key={kind}>
                {kindWords[kind] ?? kind}: {count(counts.created)} removed, {count(counts.updated)} back to what they were
              </li>
            ))}
          </ul>
          {wrong && (
            <div className="notice bad" role="alert">
              {wrong}
            </div>
          )}
          <Group justify="flex-end">
            <Button variant="default" onClick={close}>
              Keep it
            </Button>
            <Button loading={busy} onClick={() => void undo()}>
              Undo the import
            </Button>
          </Group>
        </Stack>
      </Modal>
    </>
  );
}

/** The undo runs as a job: its state is asked for until it is through. Gives the reason when it was refused. */
async function waitForUndo(id: string, look: () => Promise<void>): Promise<string | null> {
  for (let second = 0; second < 120; second += 1) {
    await new Promise((resolve) => setTimeout(resolve, 1000));
    const { status, error } = await get<ImportRun>(`/imports/${id}`);
    await look();
    if (status !== 'done') return null;
    if (error) return error;
  }
  return 'It is taking long. Look at the import again in a while.';
}
