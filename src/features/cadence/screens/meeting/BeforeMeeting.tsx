import { Menu, ActionIcon } from '@mantine/core';
import { IconDots } from '@tabler/icons-react';
import { useState } from 'react';
import type { MeetingDetail } from '#features/cadence/contract/meetings.ts';
import { post } from '#ui/api/client.ts';
import { ago, plural } from '#ui/formats.ts';
import { Deed } from '#ui/kit/Deed.tsx';
import { Page, Sheet } from '#ui/kit/Page.tsx';
import { tellProblem } from '#ui/kit/toast.tsx';
import { Agenda } from '../agenda/Agenda.tsx';
import { useFirstWriting, writeAnew } from '../agenda/useFirstWriting.ts';
import { doing } from '../asking.ts';
import { CancelMeeting, MoveMeeting } from './MeetingDialogs.tsx';
import { MeetingHead } from './MeetingHead.tsx';
import { PeopleSheet } from './PeopleSheet.tsx';

/** Before a meeting: what it will talk about, and who comes. */
export function BeforeMeeting({ detail }: { detail: MeetingDetail }) {
  const { id, title, can } = detail;
  const writing = useFirstWriting(detail);
  return (
    <Page
      title={title}
      actions={
        <>
          <Deed whyNot={can.open} onClick={() => void doing(post(`/meetings/${id}/opening`, {})).catch(tellProblem)}>
            Start the meeting
          </Deed>
          <MoreDeeds detail={detail} />
        </>
      }
    >
      <MeetingHead detail={detail} />
      <p className="lead-sentence">{writing ? 'The agenda is being written from the data.' : agendaWords(detail)}</p>
      <div className="meeting-columns">
        <div className="stack">
          <Sheet
            title="Agenda"
            actions={
              <span className="agenda-gathered">
                {detail.gatheredAt && <span className="dim small-print">From the data {ago(detail.gatheredAt)}</span>}
                <Deed variant="default" size="compact-md" whyNot={can.gather} loading={writing} onClick={() => void writeAnew(id)}>
                  {detail.gatheredAt ? 'Write it anew' : 'Write it now'}
                </Deed>
              </span>
            }
          >
            <Agenda detail={detail} />
          </Sheet>
        </div>
        <div className="stack">
          <PeopleSheet detail={detail} />
        </div>
      </div>
    </Page>
  );
}

function agendaWords({ agenda, plannedMinutes, minutes }: MeetingDetail): string {
  const items = agenda.filter(({ dropped, gone }) => !dropped && !gone);
  if (items.length === 0) return 'Nothing stands on the agenda yet. It is written from the data; you can add what is missing.';
  const over = plannedMinutes - minutes;
  const time = over > 0 ? `${plannedMinutes} minutes for ${minutes}: ${over} too many` : `${plannedMinutes} of ${minutes} minutes`;
  return `${plural(items.length, 'item')}, ${time}. First: ${items[0]!.sentence}`;
}

function MoreDeeds({ detail }: { detail: MeetingDetail }) {
  const [dialog, setDialog] = useState<'move' | 'cancel' | null>(null);
  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon variant="default" size={36} aria-label="More">
            <IconDots size={18} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item disabled={detail.can.move !== null} onClick={() => setDialog('move')}>
            Move or change {detail.can.move && <div className="small-print">{detail.can.move}</div>}
          </Menu.Item>
          <Menu.Item disabled={detail.can.cancel !== null} onClick={() => setDialog('cancel')}>
            Cancel it {detail.can.cancel && <div className="small-print">{detail.can.cancel}</div>}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {dialog === 'move' && <MoveMeeting detail={detail} onClose={() => setDialog(null)} />}
      {dialog === 'cancel' && <CancelMeeting detail={detail} onClose={() => setDialog(null)} />}
    </>
  );
}
