import { Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { get } from '#ui/api/client.ts';
import type { List } from '#ui/api/queries.ts';
import { ago, plural } from '#ui/formats.ts';
import { Go } from '#ui/kit/Go.tsx';
import { Sheet } from '#ui/kit/Page.tsx';
import { Answer } from '#ui/kit/States.tsx';
import { paths } from '#ui/paths.ts';

interface Run {
  id: string;
  number: number;
  status: string;
  error: string | null;
  result: { errors: number } | null;
  files: { name: string }[];
  createdAt: string;
}

/** Imports that failed, wait to be run, or left rows behind. */
export function ImportsToMend() {
  const runs = useQuery({ queryKey: ['imports', 'recent'], queryFn: () => get<List<Run>>('/imports', { limit: 20 }) });
  const why = (run: Run): string | null =>
    run.status === 'failed'
      ? (run.error ?? 'failed')
      : run.status === 'uploaded'
        ? 'not run yet'
        : run.status === 'done' && run.result?.errors
          ? `${plural(run.result.errors, 'row')} came back`
          : null;
  return (
    <Sheet title="Imports that need attention" actions={<Go href={paths.imports()}>Imports</Go>}>
      <Answer of={runs} what="The imports" lines={3}>
        {({ items }) => {
          const needy = items.filter((run) => why(run)).slice(0, 5);
          return needy.length === 0 ? (
            <Text c="dimmed" p="md">
              None.
            </Text>
          ) : (
            needy.map((run) => (
              <Go key={run.id} href={paths.import(run.id)} className="row-link">
                <div style={{ flex: 1, minWidth: 0 }}>
                  <div>
                    Import #{run.number}: <span className="warn">{why(run)}</span>
                  </div>
                  <Text size="xs" c="dimmed" truncate>
                    {run.files.map(({ name }) => name).join(', ')} · {ago(run.createdAt)}
                  </Text>
                </div>
              </Go>
            ))
          );
        }}
      </Answer>
    </Sheet>
  );
}
