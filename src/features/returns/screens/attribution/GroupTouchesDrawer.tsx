import { Button, Drawer, Text } from '@mantine/core';
import { capitalised, instant, plural } from '#ui/formats.ts';
import { Go } from '#ui/kit/Go.tsx';
import { SideMark } from '#ui/kit/Side.tsx';
import { Answer, Empty } from '#ui/kit/States.tsx';
import { paths } from '#ui/paths.ts';
import { type GroupTouches, useGroupTouches } from './asking.ts';
import { kindWords } from './settingWords.ts';

/** The very touches a count of channel groups is made of. */
export function GroupTouchesDrawer({ query, about, onClose }: { query: string; about: string | undefined; onClose(): void }) {
  const list = useGroupTouches(query);
  const total = list.data?.pages[0]?.total;
  return (
    <Drawer
      opened
      onClose={onClose}
      position="right"
      size="min(960px, 100%)"
      title={total === undefined ? 'Touches' : `${plural(total, 'touch', 'touches')} behind this number`}
    >
      <Text size="sm" c="dimmed" mb="sm" className="wrap-any">
        {about}
      </Text>
      <Answer of={list} what="The touches" lines={8}>
        {({ pages }) => {
          const items = pages.flatMap((page) => page.items);
          if (items.length === 0) return <Empty title="No touches behind this number" />;
          return (
            <>
              <Touches items={items} />
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

const heads = ['When', 'Touch', 'Channel', 'Source', 'Medium', 'Campaign', 'With'] as const;

function Touches({ items }: { items: GroupTouches['items'] }) {
  return (
    <div className="table-scroll" tabIndex={0} role="region" aria-label="Touches behind the number">
      <table className="plain stacked">
        <thead>
          <tr>
            {heads.map((head) => (
              <th key={head} scope="col">
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {items.map((item) => (
            <tr key={item.id}>
              <th scope="row" className="no-break">
                {instant(item.occurredAt)}
              </th>
              <td data-label="Touch">
                <SideMark side={item.side} /> {capitalised(kindWords(item.kind))}
                {item.subject && <div className="dim small-print wrap-any">{item.subject}</div>}
              </td>
              <td data-label="Channel">{item.channel ?? '–'}</td>
              <td data-label="Source">{item.source ?? '–'}</td>
              <td data-label="Medium">{item.medium ?? '–'}</td>
              <td data-label="Campaign">
                {item.campaign ? <Go href={paths.record('campaigns', item.campaign.id)}>{item.campaign.name}</Go> : '–'}
              </td>
              <td data-label="With">
                <With item={item} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function With({ item }: { item: GroupTouches['items'][number] }) {
  if (item.lead) return <Go href={paths.record('leads', item.lead.id)}>{item.lead.name}</Go>;
  if (item.account) return <Go href={paths.record('accounts', item.account.id)}>{item.account.name}</Go>;
  return item.member?.name ?? '–';
}
