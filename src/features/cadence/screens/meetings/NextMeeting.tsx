import { Button } from '@mantine/core';
import type { AgendaItem, MeetingDetail } from '#features/cadence/contract/meetings.ts';
import { plural } from '#ui/formats.ts';
import { Go } from '#ui/kit/Go.tsx';
import { Sheet } from '#ui/kit/Page.tsx';
import { Answer } from '#ui/kit/States.tsx';
import { paths } from '#ui/paths.ts';
import { useFirstWriting } from '../agenda/useFirstWriting.ts';
import { useMeeting } from '../asking.ts';
import { kindWords, whenWords } from '../words.ts';

/** The next meeting, with its agenda at a glance. */
export function NextMeeting({ id }: { id: string }) {
  const meeting = useMeeting(id);
  return (
    <Answer of={meeting} what="The next meeting" lines={6}>
      {(detail) => <Known detail={detail} />}
    </Answer>
  );
}

function Known({ detail }: { detail: MeetingDetail }) {
  const writing = useFirstWriting(detail);
  return (
    <Sheet
      title={detail.status === 'live' ? `Now: ${detail.title}` : detail.title}
      actions={
        <Button component={Go} href={paths.meeting(detail.id)} {...(detail.status !== 'live' && { variant: 'default' })}>
          {detail.status === 'live' ? 'Join' : 'Agenda'}
        </Button>
      }
    >
      <Facts detail={detail} />
      <Glance items={detail.agenda.filter(({ dropped }) => !dropped)} writing={writing} />
    </Sheet>
  );
}

function Facts({ detail }: { detail: MeetingDetail }) {
  return (
    <div className="next-facts dim">
      <span>{whenWords(detail)}</span>
      {detail.location !== '' && <span className="wrap-any">{detail.location}</span>}
      <span>{plural(detail.expected, 'person', 'people')}</span>
      <span className={detail.plannedMinutes > detail.minutes ? 'warn' : ''}>
        {detail.plannedMinutes} of {detail.minutes} minutes planned
      </span>
    </div>
  );
}

const mostShown = 8;

function Glance({ items, writing }: { items: readonly AgendaItem[]; writing: boolean }) {
  if (items.length === 0)
    return (
      <p className="sheet-body dim" role="status">
        {writing
          ? 'The agenda is being written from the data.'
          : 'Nothing stands on its agenda yet. It is written from the data before it begins.'}
      </p>
    );
  return (
    <ol className="glance">
      {items.slice(0, mostShown).map((item) => (
        <li key={item.id}>
          <span className="glance-kind">
            <span className={`kind kind-${item.kind}`}>{kindWords[item.kind]}</span>
          </span>
          <span className="grow wrap-any">{item.sentence}</span>
          <span className="dim no-break">{item.ifTime ? 'if time' : `${item.minutes} min`}</span>
        </li>
      ))}
      {items.length > mostShown && <li className="dim">{plural(items.length - mostShown, 'more item')}</li>}
    </ol>
  );
}
