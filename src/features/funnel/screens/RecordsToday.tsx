import { Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { Condition } from '#features/records/contract/lists.ts';
import { get } from '#ui/api/client.ts';
import { listParams } from '#ui/api/records.ts';
import type { List } from '#ui/api/queries.ts';
import { countAtLeast } from '#ui/formats.ts';
import { Go } from '#ui/kit/Go.tsx';
import { Sheet } from '#ui/kit/Page.tsx';
import { Answer } from '#ui/kit/States.tsx';
import { paths, type RecordsPath } from '#ui/paths.ts';
import { nameOf, recordPages, type RecordItem } from '#ui/records.ts';

interface RecordsTodayProps {
  title: string;
  path: RecordsPath;
  conditions: readonly (Condition | null)[];
  sort?: string;
  none: string;
  line(item: RecordItem): string;
  right?(item: RecordItem): ReactNode;
}

/** The first few of a list, with the way to all of it: the very filter the number counts by. */
export function RecordsToday({ title, path, conditions, sort = recordPages[path].sort, none, line, right }: RecordsTodayProps) {
  const filter = { all: conditions.filter((condition) => condition !== null) };
  const params = { ...listParams({ filter, sort }), limit: 6 };
  const found = useQuery({ queryKey: ['today', path, params], queryFn: ({ signal }) => get<List<RecordItem>>(`/${path}`, params, signal) });
  const href = paths.records(path, { filter: filter.all.length ? JSON.stringify(filter) : null, sort });
  const total = found.data?.total;
  return (
    <Sheet
      title={
        <>
          {title}{' '}
          {typeof total === 'number' && (
            <Go href={href} className="go dim">
              {countAtLeast(total, found.data?.totalIsAtLeast)}
            </Go>
          )}
        </>
      }
      actions={
        <Go href={href} aria-label={`All: ${title}`}>
          All
        </Go>
      }
    >
      <Answer of={found} what={title} lines={4}>
        {({ items }) =>
          items.length === 0 ? (
            <Text c="dimmed" p="md">
              {none}
            </Text>
          ) : (
            items.map((item) => (
              <Go key={item.id} href={paths.record(path, item.id)} className="row-link">
                <div style={{ flex: 1, minWidth: 0 }}>
                  <div className="cut" style={{ fontWeight: 500 }}>
                    {nameOf(item)}
                  </div>
                  <Text size="xs" c="dimmed" truncate>
                    {line(item)}
                  </Text>
                </div>
                {right?.(item)}
              </Go>
            ))
          )
        }
      </Answer>
    </Sheet>
  );
}

/** Texts of several fields on one line, blanks left out. */
export const lineOf = (...texts: unknown[]): string => texts.filter((text) => typeof text === 'string' && text !== '').join(' · ');
