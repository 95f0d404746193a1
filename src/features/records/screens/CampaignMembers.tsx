import { Button, Group } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { get } from '#ui/api/client.ts';
import type { List } from '#ui/api/queries.ts';
import { dayOfInstant } from '#ui/formats.ts';
import { Go } from '#ui/kit/Go.tsx';
import { Sheet } from '#ui/kit/Page.tsx';
import { Empty, Loading, Wrong } from '#ui/kit/States.tsx';
import { paths } from '#ui/paths.ts';
import type { RecordItem } from '#ui/records.ts';

export function CampaignMembers({ campaignId }: { campaignId: string }) {
  const members = useInfiniteQuery({
    queryKey: ['record', 'campaigns', campaignId, 'members'],
    queryFn: ({ pageParam }) => get<List<RecordItem>>(`/campaigns/${campaignId}/members`, { cursor: pageParam, limit: 100 }),
    initialPageParam: '',
    getNextPageParam: (last) => last.next ?? undefined,
  });
  const items = members.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <Sheet title="Campaign members">
      {members.isPending ? (
        <Loading />
      ) : members.error && !members.data ? (
        <Wrong error={members.error} retry={() => void members.refetch()} what="The members" />
      ) : items.length === 0 ? (
        <Empty title="Nobody in it yet">People added to the campaign, and whether they responded, stand here.</Empty>
      ) : (
        <div className="table-scroll" tabIndex={0} role="region" aria-label="Campaign members">
          <table className="plain">
            <thead>
              <tr>
                <th>Who</th>
                <th>Status</th>
                <th>Added</th>
                <th>Responded</th>
              </tr>
            </thead>
            <tbody>
              {items.map((member) => (
                <Row key={member.id} member={member} />
              ))}
            </tbody>
          </table>
        </div>
      )}
      {members.hasNextPage && (
        <Group justify="center" p="sm">
          <Button variant="default" loading={members.isFetchingNextPage} onClick={() => void members.fetchNextPage()}>
            More
          </Button>
        </Group>
      )}
    </Sheet>
  );
}

function Row({ member }: { member: RecordItem }) {
  const text = (name: string): string => (typeof member[name] === 'string' ? (member[name] as string) : '');
  const href = text('leadId')
    ? paths.record('leads', text('leadId'))
    : text('contactId')
      ? paths.record('contacts', text('contactId'))
      : null;
  const name = text('contactName') || text('leadName') || '(no name)';
  return (
    <tr>
      <td>{href ? <Go href={href}>{name}</Go> : name}</td>
      <td>{text('status') || '–'}</td>
      <td>{dayOfInstant(text('joinedAt'))}</td>
      <td>{dayOfInstant(text('respondedAt'))}</td>
    </tr>
  );
}
