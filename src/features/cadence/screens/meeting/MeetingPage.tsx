import type { ReactNode } from 'react';
import { Page } from '#ui/kit/Page.tsx';
import { usePathParam } from '#ui/kit/search.ts';
import { Loading, Wrong } from '#ui/kit/States.tsx';
import { useMeeting } from '../asking.ts';
import '../cadence.css';
import { LiveMeeting } from '../live/LiveMeeting.tsx';
import { AfterMeeting } from '../minutes/AfterMeeting.tsx';
import { BeforeMeeting } from './BeforeMeeting.tsx';

/**
 * One meeting: its agenda before, the shared screen while it runs, its minutes after.
 * @param more what another feature shows of one that was held, below who was there
 */
export function MeetingPage({ more }: { more?: (id: string) => ReactNode }) {
  const id = usePathParam('id');
  const meeting = useMeeting(id);
  if (meeting.data === undefined)
    return (
      <Page title="Meeting">
        {meeting.error ? <Wrong error={meeting.error} retry={() => void meeting.refetch()} what="The meeting" /> : <Loading lines={10} />}
      </Page>
    );
  const detail = meeting.data;
  if (detail.status === 'live' && detail.live) return <LiveMeeting detail={detail} live={detail.live} heardAt={meeting.dataUpdatedAt} />;
  return detail.status === 'planned' ? <BeforeMeeting detail={detail} /> : <AfterMeeting detail={detail} more={more?.(id)} />;
}
