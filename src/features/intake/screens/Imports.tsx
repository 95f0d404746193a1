import { Badge, Button, Group, Text } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { get } from '#ui/api/client.ts';
import type { List } from '#ui/api/queries.ts';
import { useRights } from '#ui/api/session.ts';
import { count, instant } from '#ui/formats.ts';
import { Go } from '#ui/kit/Go.tsx';
import { Page, Sheet } from '#ui/kit/Page.tsx';
import { Empty, Loading, Wrong } from '#ui/kit/States.tsx';
import { paths } from '#ui/paths.ts';
import { DropFiles } from './DropFiles.tsx';
import { isRunning, kindWords, statusWord, type ImportRun } from './importTypes.ts';
import { UndoImport } from './UndoImport.tsx';

const colours: Record<string, string> = { done: 'var(--a-good)', failed: 'var(--a-bad)', undone: 'var(--a-dim)' };

export function Imports() {
  const rights = useRights();
  const runs = useInfiniteQuery({
    queryKey: ['imports'],
    queryFn: ({ pageParam }) => get<List<ImportRun>>('/imports', { cursor: pageParam }),
    initialPageParam: '',
    getNextPageParam: (last) => last.next ?? undefined,
    refetchInterval: (query) => (query.state.data?.pages.some((page) => page.items.some(({ status }) => isRunning(status))) ? 2000 : false),
  });
  const items = runs.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <Page title="Import">
      {rights.import && <DropFiles />}
      <div style={{ height: 16 }} />
      <Sheet title="Imports">
        {runs.isPending ? (
          <Loading />
        ) : runs.error && !runs.data ? (
          <Wrong error={runs.error} retry={() => void runs.refetch()} what="The imports" />
        ) : items.length === 0 ? (
          <Empty title="Nothing imported yet">Every import stands here with what it changed, and can be taken back as a whole.</Empty>
        ) : (
          <div className="table-scroll" tabIndex={0} role="region" aria-label="Imports">
            <table className="plain">
              <thead>
                <tr>
                  <th>Import</th>
                  <th>Files</th>
                  <th>State</th>
                  <th className="end">Created</th>
                  <th className="end">Updated</th>
                  <th className="end">Rejected rows</th>
                  <th>When</th>
                  <th>Who</th>
                  <th />
                </tr>
              </thead>
              <tbody>
                {items.map((run) => (
                  <Row key={run.id} run={run} editable={rights.import} />
                ))}
              </tbody>
            </table>
          </div>
        )}
        {runs.hasNextPage && (
          <Group justify="center" p="sm">
            <Button variant="default" onClick={() => void runs.fetchNextPage()}>
              Earlier
            </Button>
          </Group>
        )}
      </Sheet>
    </Page>
  );
}

function Row({ run, editable }: { run: ImportRun; editable: boolean }) {
  const kinds = Object.entries(run.result?.kinds ?? {});
  const sum = (key: 'created' | 'updated'): number => kinds.reduce((total, [, counts]) => total + (counts[key] ?? 0), 0);
  const wet = run.status === 'done' || run.status === 'undone';
  return (
    <tr>
      <td>
        <Go href={paths.import(run.id)}>Import #{run.number}</Go>
      </td>
      <td style={{ maxWidth: 260 }}>
        <Text size="sm" truncate title={run.files.map(({ name }) => name).join(', ')}>
          {run.files.map(({ name }) => name).join(', ') || run.source}
        </Text>
      </td>
      <td>
        <Badge variant="outline" color={colours[run.status] ?? 'ink'}>
          {statusWord(run)}
        </Badge>
      </td>
      <td className="end" title={kinds.map(([kind, counts]) => `${kindWords[kind] ?? kind}: ${count(counts.created)}`).join('\n')}>
        {wet ? count(sum('created')) : '–'}
      </td>
      <td className="end">{wet ? count(sum('updated')) : '–'}</td>
      <td className="end">{run.result ? <span className={run.result.errors ? 'bad' : ''}>{count(run.result.errors)}</span> : '–'}</td>
      <td>{instant(run.createdAt)}</td>
      <td>{run.memberName ?? '–'}</td>
      <td className="end">{editable && run.status === 'done' && <UndoImport run={run} />}</td>
    </tr>
  );
}
