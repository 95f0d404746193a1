import { Button, Group, Loader, Text, Title } from '@mantine/core';
import { IconFileImport, IconFolder } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useRef, useState, type DragEvent } from 'react';
import { post, wordsOf } from '#ui/api/client.ts';
import { plural } from '#ui/formats.ts';
import { useGo } from '#ui/kit/Go.tsx';
import { paths } from '#ui/paths.ts';
import { droppedFiles, readable } from './droppedFiles.ts';

/** Files by dropping or choosing: CSV, Excel, a zip of them, or a folder. */
export function DropFiles() {
  const go = useGo();
  const client = useQueryClient();
  const [over, setOver] = useState(false);
  const [sending, setSending] = useState<number | null>(null);
  const [wrong, setWrong] = useState<string | null>(null);
  const files = useRef<HTMLInputElement>(null);
  const folder = useRef<HTMLInputElement>(null);
  const send = async (chosen: readonly File[]): Promise<void> => {
    const fit = chosen.filter(readable);
    if (fit.length === 0) return setWrong('Those are no CSV, Excel or zip files.');
    setWrong(null);
    setSending(fit.length);
    const form = new FormData();
    for (const file of fit) form.append('files', file, file.name);
    try {
      const { id } = await post<{ id: string; number: number }>('/imports', form);
      void client.invalidateQueries({ queryKey: ['imports'] });
      go(paths.import(id));
    } catch (error) {
      setWrong(wordsOf(error));
      setSending(null);
    }
  };
  const drop = (event: DragEvent): void => {
    event.preventDefault();
    setOver(false);
    void droppedFiles(event.dataTransfer).then(send);
  };
  return (
    <div
      className="drop"
      data-over={over || undefined}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      {sending !== null ? (
        <Group justify="center" role="status">
          <Loader size="sm" /> Sending {plural(sending, 'file')}…
        </Group>
      ) : (
        <>
          <Title order={2}>Drop files here</Title>
          <Text c="dimmed" mb="md" maw={560} mx="auto">
            CSV or Excel as your CRM exports them, several at once, a folder or a zip. Nothing is written before you have seen what would
            happen.
          </Text>
          <Group justify="center">
            <Button leftSection={<IconFileImport size={16} />} onClick={() => files.current?.click()}>
              Choose files
            </Button>
            <Button variant="default" leftSection={<IconFolder size={16} />} onClick={() => folder.current?.click()}>
              Choose a folder
            </Button>
          </Group>
        </>
      )}
      <input
        ref={files}
        type="file"
        multiple
        hidden
        accept=".csv,.tsv,.txt,.xlsx,.zip"
        aria-label="Files to import"
        onChange={(event) => void send([...(event.currentTarget.files ?? [])])}
      />
      <input
        ref={folder}
        type="file"
        multiple
        hidden
        aria-label="Folder to import"
        {...{ webkitdirectory: '' }}
        onChange={(event) => void send([...(event.currentTarget.files ?? [])])}
      />
      {wrong && (
        <div className="notice bad" role="alert" style={{ marginTop: 16, textAlign: 'left' }}>
          {wrong}
        </div>
      )}
    </div>
  );
}
