import { Button } from '@mantine/core';
import { Go } from '#ui/kit/Go.tsx';
import { Sheet } from '#ui/kit/Page.tsx';
import { Answer } from '#ui/kit/States.tsx';
import { paths } from '#ui/paths.ts';
import { useStatements } from '../asking.ts';
import { MoneySums } from '../MoneySums.tsx';

/** Statements of one person, newest first. */
export function StatementList({ memberId }: { memberId: string }) {
  const list = useStatements({ memberId });
  return (
    <Sheet title="Statements">
      <Answer of={list} what="The statements" lines={4}>
        {({ pages }) => {
          const items = pages.flatMap((page) => page.items);
          if (items.length === 0) return <p className="sheet-body dim">No period was paid yet.</p>;
          return (
            <>
              {items.map((item) => (
                <Go key={item.id} href={paths.statement(item.id)} className="row-link">
                  <span className="grow">
                    {item.label}
                    {item.openDisputes > 0 && <span className="warn"> · disputed</span>}
                  </span>
                  <MoneySums sums={item.sums} />
                </Go>
              ))}
              {list.hasNextPage && (
                <Button variant="subtle" fullWidth loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
                  Show more
                </Button>
              )}
            </>
          );
        }}
      </Answer>
    </Sheet>
  );
}
