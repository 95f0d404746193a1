import { Button, Group, Stack, Text } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { apiUrl, post, wordsOf } from '#ui/api/client.ts';
import { useRights } from '#ui/api/session.ts';
import { count, plural } from '#ui/formats.ts';
import { Go } from '#ui/kit/Go.tsx';
import { Sheet } from '#ui/kit/Page.tsx';
import { paths } from '#ui/paths.ts';
import { pathOfKind } from '#ui/records.ts';
import { kindWords, type ImportRun } from './importTypes.ts';
import { Problems } from './Problems.tsx';

/** What would happen (after a try) or has happened (after a run), by kind, with every row that came back. */
export function ResultStep({ run, onBack }: { run: ImportRun; onBack(): void }) {
  const rights = useRights();
  const client = useQueryClient();
  const [wrong, setWrong] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const tried = run.status === 'uploaded';
  const { result } = run;
  if (!result) return null;
  const start = async (): Promise<void> => {
    setBusy(true);
    try {
      await post(`/imports/${run.id}/run`);
      await client.invalidateQueries({ queryKey: ['imports'] });
    } catch (error) {
      setWrong(wordsOf(error));
    } finally {
      setBusy(false);
    }
  };
  const kinds = Object.keys(kindWords).flatMap((kind) => (result.kinds[kind] ? [[kind, result.kinds[kind]] as const] : []));
  const nothing = kinds.every(([, counts]) => counts.created + counts.updated + counts.merged === 0);
  return (
    <Stack gap="md">
      <Sheet title={tried ? 'What would happen' : 'What happened'}>
        <div className="table-scroll" tabIndex={0} role="region" aria-label="Counts by kind">
          <table className="plain">
            <thead>
              <tr>
                <th>Kind</th>
                <th className="end">Created</th>
                <th className="end">Updated</th>
                <th className="end">Unchanged</th>
                <th className="end">Recognised as known</th>
                <th className="end">Skipped</th>
                <th className="end">Rejected</th>
              </tr>
            </thead>
            <tbody>
              {kinds.map(([kind, counts]) => (
                <tr key={kind}>
                  <td>
                    {!tried && pathOfKind[kind] ? (
                      <Go href={paths.records(pathOfKind[kind])}>{kindWords[kind] ?? kind}</Go>
                    ) : (
                      (kindWords[kind] ?? kind)
                    )}
                  </td>
                  {(['created', 'updated', 'unchanged', 'merged', 'skipped', 'rejected'] as const).map((key) => (
                    <td key={key} className={`end${!counts[key] ? ' dim' : key === 'rejected' ? ' bad' : ''}`}>
                      {count(counts[key] ?? 0)}
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
        {nothing && (
          <Text px={14} py={10} c="dimmed">
            Nothing {tried ? 'would change' : 'changed'}: all of it was known already, or came back with a problem.
          </Text>
        )}
      </Sheet>
      {(result.setAside ?? []).length > 0 && (
        <div className="notice">Left out: {result.setAside?.map(({ table, reason }) => `${table} (${reason})`).join('; ')}</div>
      )}
      {(result.leftOut ?? []).length > 0 && (
        <div className="notice">
          Rows left out: {result.leftOut?.map(({ table, because, rows }) => `${plural(rows, 'row')} of ${table} (${because})`).join('; ')}
        </div>
      )}
      {(result.notes ?? []).map((note) => (
        <div key={note} className="notice">
          {note}
        </div>
      ))}
      {(result.unmatched ?? []).length > 0 && (
        <div className="notice warn">
          Values that stand in no list:{' '}
          {result.unmatched
            ?.slice(0, 8)
            .map(({ table, column, value, rows }) => `“${value}” in ${table}, ${column} (${plural(rows, 'row')})`)
            .join('; ')}
        </div>
      )}
      {result.errors + result.warnings > 0 && (
        <Problems
          run={run}
          actions={
            result.errors > 0 && (
              <Button
                component="a"
                href={apiUrl(`/imports/${run.id}/errors.csv`)}
                download
                size="compact-sm"
                variant="default"
                leftSection={<IconDownload size={14} />}
              >
                Error file
              </Button>
            )
          }
        />
      )}
      {result.errors > 0 && (
        <Text size="sm" c="dimmed">
          The error file holds the {plural(result.errors, 'row')} that came back with the reason beside each. Mend them there and import
          that file: what is in already stays untouched.
        </Text>
      )}
      {wrong && (
        <div className="notice bad" role="alert">
          {wrong}
        </div>
      )}
      {tried && rights.import && (
        <Group justify="flex-end">
          <Button variant="default" onClick={onBack}>
            Back to the columns
          </Button>
          <Button loading={busy} onClick={() => void start()}>
            Run the import
          </Button>
        </Group>
      )}
      {run.status === 'done' && (
        <Group>
          <Go href={paths.records('leads')}>To the leads</Go>
          <Go href={paths.scoreboard()}>To the scoreboard</Go>
          <Go href={paths.imports()}>Import another file</Go>
        </Group>
      )}
    </Stack>
  );
}
