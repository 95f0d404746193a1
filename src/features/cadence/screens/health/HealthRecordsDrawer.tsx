import { Button, Drawer } from '@mantine/core';
import { day, plural } from '#ui/formats.ts';
import { Go } from '#ui/kit/Go.tsx';
import { Answer } from '#ui/kit/States.tsx';
import { useFocusBack } from '#ui/kit/useFocusBack.ts';
import { useHealthRecords } from '../asking.ts';

export interface Opened {
  readonly url: string;
  readonly title: string;
}

/** The records behind a number of health. */
export function HealthRecordsDrawer({ opened, onClose }: { opened: Opened; onClose(): void }) {
  useFocusBack();
  const list = useHealthRecords(opened.url);
  return (
    <Drawer opened onClose={onClose} position="right" size="min(640px, 100%)" title={opened.title}>
      <Answer of={list} what="The records" lines={8}>
        {({ pages }) => (
          <>
            <p className="dim" style={{ marginTop: 0 }}>
              {plural(pages[0]?.total ?? 0, 'record')}
            </p>
            <ul className="action-list">
              {pages
                .flatMap((page) => page.items)
                .map((record) => (
                  <li key={`${record.kind} ${record.id}`} className="action-row">
                    <div className="grow wrap-any">
                      <Go href={record.opens}>{record.name}</Go>
                      <div className="dim small-print">
                        {day(record.on)}
                        {record.who && ` · ${record.who.name}`} · {record.says}
                      </div>
                    </div>
                  </li>
                ))}
            </ul>
            {list.hasNextPage && (
              <Button variant="default" mt="sm" loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
                Show more
              </Button>
            )}
          </>
        )}
      </Answer>
    </Drawer>
  );
}
