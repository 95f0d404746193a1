import type { Announcement } from '#features/notices/contract/announcements.ts';
import { Button } from '@mantine/core';
import { post } from '#ui/api/client.ts';
import { capitalised, count, day, instant } from '#ui/formats.ts';
import { Sheet } from '#ui/kit/Page.tsx';
import { tell, tellProblem } from '#ui/kit/toast.tsx';
import { doing } from '../asking.ts';

/** One in the list: what it says, whether I have acknowledged it, and for who made it how many have. */
export function AnnouncementCard({ item, open }: { item: Announcement; open(): void }) {
  return (
    <div className="announcement">
      <Sheet title={<span className="wrap-any">{item.title}</span>} padded>
        <div className="dim small-print">
          {item.by.name} to {toWhom(item)} · {instant(item.madeAt)}
          {item.withdrawnAt && <strong> · withdrawn {instant(item.withdrawnAt)}</strong>}
        </div>
        <p className="announcement-text">{item.text}</p>
        <AnnouncementDeeds item={item} open={open} />
      </Sheet>
    </div>
  );
}

export function AnnouncementDeeds({ item, open }: { item: Announcement; open?: () => void }) {
  const { id, can, mine, told, needsAcknowledgement, acknowledgeBy } = item;
  const acknowledge = (): void =>
    void doing('announcements', post(`/announcements/${id}/acknowledgement`)).then(() => tell('Acknowledged.'), tellProblem);
  return (
    <div className="announcement-deeds">
      {can.acknowledge === null && <Button onClick={acknowledge}>Acknowledge</Button>}
      {can.acknowledge === null && acknowledgeBy && <span className="dim small-print">by {day(acknowledgeBy)}</span>}
      {mine?.acknowledgedAt && <span className="good small-print">You acknowledged it {instant(mine.acknowledgedAt)}</span>}
      {told && needsAcknowledgement && (
        <span className="small-print">
          {count(told.acknowledged)} of {count(told.readers)} have acknowledged it
        </span>
      )}
      {told && open && (
        <Button
          variant="default"
          size="compact-sm"
          onClick={open}
          aria-label={`${needsAcknowledgement ? 'Who has not yet' : 'To whom'}: ${item.title}`}
        >
          {needsAcknowledgement ? 'Who has not yet' : 'To whom'}
        </Button>
      )}
    </div>
  );
}

const sides: Readonly<Record<string, string>> = { marketing: 'marketing', sales: 'sales', leadership: 'leadership' };

export function toWhom({ audience }: Announcement): string {
  const named = [
    ...audience.sides.map((side) => sides[side]),
    ...audience.teams.map(({ name }) => name),
    ...audience.members.map(({ name }) => name),
  ];
  if (named.length === 0) return 'everybody';
  return named.length > 4 ? `${named.slice(0, 3).join(', ')} and ${named.length - 3} more` : capitalised(named.join(', '));
}
