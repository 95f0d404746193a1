import { Button, Group } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { Problem } from '#features/intake/contract.ts';
import { get } from '#ui/api/client.ts';
import type { List } from '#ui/api/queries.ts';
import { count, plural } from '#ui/formats.ts';
import { Sheet } from '#ui/kit/Page.tsx';
import { Loading, Wrong } from '#ui/kit/States.tsx';
import type { ImportRun } from './importTypes.ts';

/** Each problem with its place, its value and what would be fine. */
export function Problems({ run, actions }: { run: ImportRun; actions?: ReactNode }) {
  const problems = useInfiniteQuery({
    queryKey: ['imports', run.id, 'problems', run.status, run.finishedAt],
    queryFn: ({ pageParam }) => get<List<Problem>>(`/imports/${run.id}/problems`, { cursor: pageParam, limit: 100 }),
    initialPageParam: '',
    getNextPageParam: (last) => last.next ?? undefined,
  });
  const items = problems.data?.pages.flatMap((page) => page.items) ?? [];
  const title = `${plural(run.result?.errors ?? 0, 'row')} rejected, ${plural(run.result?.warnings ?? 0, 'warning')}`;
  return (
    <Sheet title={title} actions={actions}>
      {problems.isPending ? (
        <Loading lines={4} />
      ) : problems.error && !problems.data ? (
        <Wrong error={problems.error} retry={() => void problems.refetch()} what="The problems" />
      ) : (
        <div className="table-scroll" tabIndex={0} role="region" aria-label="Problems">
          <table className="plain">
            <thead>
              <tr>
                <th />
                <th>File</th>
                <th className="end">Line</th>
                <th>Column</th>
                <th>Value</th>
                <th>Reason</th>
              </tr>
            </thead>
            <tbody>
              {items.map((problem, at) => (
                <tr key={`${problem.file} ${problem.line} ${problem.column ?? ''} ${at}`}>
                  <td className={problem.severity === 'error' ? 'bad' : 'warn'}>{problem.severity}</td>
                  <td className="wrap-any">{problem.file}</td>
                  <td className="end">{count(problem.line)}</td>
                  <td className="wrap-any">{problem.column ?? '–'}</td>
                  <td className="wrap-any">
                    <code>{problem.value ?? ''}</code>
                  </td>
                  <td className="wrap-any" style={{ minWidth: 220 }}>
                    {problem.reason}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {run.status === 'uploaded' && items.some(({ reason }) => reason.includes('dateStyle')) && (
        <div className="notice" style={{ margin: 14 }}>
          Which way days are written is chosen above each table, under “Back to the columns”.
        </div>
      )}
      {problems.hasNextPage && (
        <Group justify="center" p="sm">
          <Button variant="default" loading={problems.isFetchingNextPage} onClick={() => void problems.fetchNextPage()}>
            More
          </Button>
        </Group>
      )}
    </Sheet>
  );
}
