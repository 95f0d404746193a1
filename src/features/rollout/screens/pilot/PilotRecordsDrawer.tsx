import { Button, Drawer, Text } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { type MeasureName, measures } from '#engine/rollout/measures.ts';
import type { Pilot, PilotRecords } from '#features/rollout/contract/pilots.ts';
import { get } from '#ui/api/client.ts';
import { day, instant } from '#ui/formats.ts';
import { Go } from '#ui/kit/Go.tsx';
import { Answer, Empty } from '#ui/kit/States.tsx';
import { useFocusBack } from '#ui/kit/useFocusBack.ts';
import { paths } from '#ui/paths.ts';

export interface RecordsOf {
  readonly week: number;
  readonly startsOn: string;
  readonly group: 'pilot' | 'comparison';
}

interface PilotRecordsDrawerProps {
  pilot: Pilot;
  measure: MeasureName;
  of: RecordsOf;
  onClose(): void;
}

/** The very leads of a week of one group. */
export function PilotRecordsDrawer({ pilot, measure, of, onClose }: PilotRecordsDrawerProps) {
  useFocusBack();
  const { week, startsOn, group } = of;
  const list = useInfiniteQuery({
    queryKey: ['rollout', 'pilotRecords', pilot.id, measure, week, group],
    queryFn: ({ pageParam, signal }) =>
      get<PilotRecords>(`/rollout/pilots/${pilot.id}/records`, { measure, week, group, ...(pageParam && { cursor: pageParam }) }, signal),
    initialPageParam: '',
    getNextPageParam: (last) => last.next ?? undefined,
  });
  return (
    <Drawer
      opened
      onClose={onClose}
      position="right"
      size="min(760px, 100%)"
      title={`${group === 'pilot' ? 'Pilot group' : 'Comparison group'}, week from ${day(startsOn)}`}
    >
      <Text size="sm" c="dimmed" mb="sm">
        {measures[measure].label}: {measures[measure].formula}.
      </Text>
      <Answer of={list} what="The leads" lines={8}>
        {({ pages }) => {
          const items = pages.flatMap((page) => page.items);
          if (items.length === 0) return <Empty title="No lead was passed in this week" />;
          return (
            <>
              <Leads items={items} />
              {list.hasNextPage && (
                <Button variant="default" mt="sm" loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
                  Show more
                </Button>
              )}
            </>
          );
        }}
      </Answer>
    </Drawer>
  );
}

const Leads = ({ items }: { items: PilotRecords['items'] }) => (
  <div className="table-scroll" role="region" aria-label="Leads of the week" tabIndex={0}>
    <table className="plain">
      <thead>
        <tr>
          <th scope="col">Lead</th>
          <th scope="col">Passed</th>
          <th scope="col">Whose</th>
          <th scope="col">Counts</th>
        </tr>
      </thead>
      <tbody>
        {items.map(({ id, name, company, passedAt, owner, counted }) => (
          <tr key={id}>
            <th scope="row" className="wrap-any">
              <Go href={paths.record('leads', id)}>{name ?? company ?? 'Lead without a name'}</Go>
            </th>
            <td>{instant(passedAt)}</td>
            <td className="wrap-any">{owner ?? '–'}</td>
            <td>{counted ? 'yes' : 'no'}</td>
          </tr>
        ))}
      </tbody>
    </table>
  </div>
);
