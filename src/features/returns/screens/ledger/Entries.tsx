import { Button, Text } from '@mantine/core';
import { count, money, plural } from '#ui/formats.ts';
import { Answer, Empty } from '#ui/kit/States.tsx';
import { useEntries } from './asking.ts';
import { EntriesTable } from './EntriesTable.tsx';

interface EntriesProps {
  /** As `GET /costs` takes it. */
  query: Record<string, string | null>;
  label: string;
  open(id: string): void;
  /** What is said when there are none. */
  none: string;
}

/** Entries, page after page, with how many they are and what they sum to. */
export function Entries({ query, label, open, none }: EntriesProps) {
  const list = useEntries(query);
  return (
    <Answer of={list} what="The entries" lines={8}>
      {({ pages }) => {
        const items = pages.flatMap((page) => page.items);
        const first = pages[0]!;
        if (items.length === 0) return <Empty title={none} />;
        return (
          <div style={{ opacity: list.isPlaceholderData ? 0.6 : 1 }} aria-busy={list.isPlaceholderData}>
            <Text size="sm" c="dimmed" px={10} py={8} role="status">
              {plural(first.total ?? items.length, 'entry', 'entries')}
              {first.sum !== null && `, ${money(first.sum, first.currency)} booked`}
              {first.unbooked ? `, of them ${count(first.unbooked)} waiting for a rate and in no sum` : ''}
            </Text>
            <EntriesTable items={items} label={label} open={open} />
            {list.hasNextPage && (
              <div className="more">
                <Button variant="default" loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
                  Show more
                </Button>
                <span className="dim small-print">
                  {count(items.length)} of {count(first.total)}
                </span>
              </div>
            )}
          </div>
        );
      }}
    </Answer>
  );
}
