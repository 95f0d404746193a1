import { Drawer, Group } from '@mantine/core';
import type { AnnouncementDetail } from '#features/notices/contract/announcements.ts';
import { post } from '#ui/api/client.ts';
import { instant, plural } from '#ui/formats.ts';
import { Deed } from '#ui/kit/Deed.tsx';
import { SideMark } from '#ui/kit/Side.tsx';
import { Answer } from '#ui/kit/States.tsx';
import { tell, tellProblem } from '#ui/kit/toast.tsx';
import { useFocusBack } from '#ui/kit/useFocusBack.ts';
import { doing, useAnnouncement } from '../asking.ts';
import { AnnouncementDeeds, toWhom } from './AnnouncementCard.tsx';

/** One announcement: its words, and for who made it, who has acknowledged it and who has not yet. */
export function AnnouncementDrawer({ id, onClose }: { id: string; onClose(): void }) {
  useFocusBack();
  const found = useAnnouncement(id);
  return (
    <Drawer opened onClose={onClose} position="right" size="min(640px, 100%)" title="Announcement">
      <Answer of={found} what="This announcement" lines={8}>
        {(detail) => <Known detail={detail} />}
      </Answer>
    </Drawer>
  );
}

function Known({ detail }: { detail: AnnouncementDetail }) {
  return (
    <div className="stack">
      <div>
        <h2 className="wrap-any" style={{ margin: '0 0 2px', fontSize: '1.125rem' }}>
          {detail.title}
        </h2>
        <div className="dim small-print">
          {detail.by.name} to {toWhom(detail)} · {instant(detail.madeAt)}
          {detail.withdrawnAt && <strong> · withdrawn {instant(detail.withdrawnAt)}</strong>}
        </div>
        <p className="announcement-text">{detail.text}</p>
        <AnnouncementDeeds item={detail} />
      </div>
      {detail.readers && <Readers detail={detail} readers={detail.readers} />}
    </div>
  );
}

function Readers({ detail, readers }: { detail: AnnouncementDetail; readers: NonNullable<AnnouncementDetail['readers']> }) {
  const { id, can, remindedAt, needsAcknowledgement } = detail;
  const remind = (): void =>
    void doing('announcements', post<{ reminded: number }>(`/announcements/${id}/reminders`)).then(
      ({ reminded }) => tell(`${plural(reminded, 'person', 'people')} reminded.`),
      tellProblem,
    );
  const withdraw = (): void =>
    void doing('announcements', post(`/announcements/${id}/withdrawal`)).then(
      () => tell('Withdrawn: nobody is asked any more.'),
      tellProblem,
    );
  return (
    <section>
      <Group justify="space-between" mb="xs">
        <h3 style={{ margin: 0 }}>{needsAcknowledgement ? 'Who has acknowledged it' : 'To whom it went'}</h3>
        <Group gap="xs">
          {needsAcknowledgement && (
            <Deed variant="default" size="compact-sm" whyNot={can.remind} onClick={remind}>
              Remind who has not
            </Deed>
          )}
          <Deed variant="subtle" size="compact-sm" whyNot={can.withdraw} onClick={withdraw}>
            Withdraw
          </Deed>
        </Group>
      </Group>
      {remindedAt && <p className="dim small-print">Last reminded {instant(remindedAt)}.</p>}
      <table className="readers">
        <thead>
          <tr>
            <th scope="col">Who</th>
            <th scope="col">Side</th>
            {needsAcknowledgement && <th scope="col">Acknowledged</th>}
          </tr>
        </thead>
        <tbody>
          {readers.map((reader) => (
            <tr key={reader.id}>
              <td className="wrap-any">{reader.name}</td>
              <td>
                <SideMark side={reader.side} />
              </td>
              {needsAcknowledgement && (
                <td>{reader.acknowledgedAt ? instant(reader.acknowledgedAt) : <strong className="warn">not yet</strong>}</td>
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
