import { Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { Mapping } from '#features/intake/contract.ts';
import { post, put, wordsOf } from '#ui/api/client.ts';
import { Sheet } from '#ui/kit/Page.tsx';
import { tell, tellProblem } from '#ui/kit/toast.tsx';
import type { ImportRun } from './importTypes.ts';
import { TableMapping } from './TableMapping.tsx';

const dialectWords: Record<string, string> = {
  accord: 'Accord’s own format',
  'salesforce-loader': 'a Salesforce Data Loader export',
  'salesforce-weekly': 'a Salesforce weekly export',
  hubspot: 'a HubSpot export',
  pipedrive: 'a Pipedrive export',
  'google-ads': 'a Google Ads report',
  'meta-ads': 'a Meta Ads Manager export',
  'linkedin-ads': 'a LinkedIn Campaign Manager report',
  plain: 'plain tables',
};

/** What each file was taken for, and where each column goes. */
export function MappingStep({ run, onChecked }: { run: ImportRun; onChecked(): void }) {
  const client = useQueryClient();
  const [mapping, setMapping] = useState<Mapping | null>(run.mapping ?? run.recognition?.mapping ?? null);
  const [wrong, setWrong] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const [name, setName] = useState(run.mapping?.name ?? '');
  useEffect(() => {
    if (!mapping) setMapping(run.mapping ?? run.recognition?.mapping ?? null);
  }, [mapping, run.mapping, run.recognition]);
  if (!mapping || !run.recognition) return null;
  const { recognition } = run;
  const check = async (): Promise<void> => {
    setBusy(true);
    setWrong(null);
    try {
      await put(`/imports/${run.id}/mapping`, { mapping });
      await post(`/imports/${run.id}/dry-run`);
      onChecked();
      await client.invalidateQueries({ queryKey: ['imports'] });
    } catch (error) {
      setWrong(wordsOf(error));
    } finally {
      setBusy(false);
    }
  };
  const keep = (): Promise<unknown> =>
    post('/mappings', { name: name || mapping.name, mapping, fingerprint: recognition.fingerprint ?? '' }).then(
      () => tell('Mapping saved. Files with the same columns will use it.'),
      tellProblem,
    );
  return (
    <Stack gap="md">
      <div className="notice">
        We took this for <strong>{dialectWords[recognition.dialect] ?? recognition.dialect}</strong>:{' '}
        {recognition.tables.filter(({ setAside }) => !setAside).length} of {recognition.tables.length} tables are used.
      </div>
      {recognition.savedMapping && (
        <div className="notice">Your saved mapping “{recognition.savedMapping}” is used: the columns are the same.</div>
      )}
      {recognition.questions.map((question) => (
        <div key={question} className="notice warn">
          <strong>Please decide:</strong> {question}
        </div>
      ))}
      {recognition.notes.map((note) => (
        <div key={note} className="notice">
          {note}
        </div>
      ))}
      {recognition.tables.map((table) => (
        <TableMapping key={table.table} table={table} mapping={mapping} onChange={setMapping} />
      ))}
      <Sheet title="Keep this mapping" padded>
        <form
          onSubmit={(event) => {
            event.preventDefault();
            void keep();
          }}
        >
          <Group align="flex-end">
            <TextInput label="Name" placeholder={mapping.name} value={name} onChange={(event) => setName(event.currentTarget.value)} />
            <Button type="submit" variant="default">
              Save mapping
            </Button>
          </Group>
        </form>
        <Text size="xs" c="dimmed" mt={6}>
          Files with the same columns are then read the same way, without asking.
        </Text>
      </Sheet>
      {wrong && (
        <div className="notice bad" role="alert">
          {wrong}
        </div>
      )}
      <Group justify="flex-end">
        <Button loading={busy} onClick={() => void check()}>
          Try it: show what would happen
        </Button>
      </Group>
    </Stack>
  );
}
