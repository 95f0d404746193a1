import { Button } from '@mantine/core';
import { useState } from 'react';
import type { Live, MeetingDetail } from '#features/cadence/contract/meetings.ts';
import { post, Problem } from '#ui/api/client.ts';
import { plural } from '#ui/formats.ts';
import { Deed } from '#ui/kit/Deed.tsx';
import { FormDialog } from '#ui/kit/FormDialog.tsx';
import { useKeys } from '#ui/kit/keys.ts';
import { Page, Sheet } from '#ui/kit/Page.tsx';
import { useUrlSearch } from '#ui/kit/search.ts';
import { tell, tellProblem } from '#ui/kit/toast.tsx';
import { AddItem } from '../agenda/AddItem.tsx';
import { doing } from '../asking.ts';
import { PeopleSheet } from '../meeting/PeopleSheet.tsx';
import { CurrentItem } from './CurrentItem.tsx';
import { LiveAgenda } from './LiveAgenda.tsx';
import { NoItem } from './NoItem.tsx';
import { clockText } from './timing.ts';
import { usePresence } from './usePresence.ts';
import { useServerNow } from './useServerNow.ts';

interface LiveProps {
  detail: MeetingDetail;
  live: Live;
  /** When the answer arrived here: the server’s clock is told by it. */
  heardAt: number;
}

/** The shared screen: the same item for everybody, in the room and elsewhere, with its time, notes and what comes of it. */
export function LiveMeeting({ detail, live, heardAt }: LiveProps) {
  const [search, change] = useUrlSearch();
  const now = useServerNow(live.now, heardAt);
  usePresence(detail.id);
  const forRoom = search['screen'] === 'room';
  const items = detail.agenda.filter(({ dropped }) => !dropped);
  const at = items.findIndex(({ id }) => id === live.currentItemId);
  const current = items[at];
  const goTo = (itemId: string | null): void => void stepTo(detail.id, itemId, live.currentItemId);
  const next = items.slice(at + 1).find(({ status }) => status === 'open') ?? items[at + 1];
  useKeys({ n: () => detail.can.step === null && next && goTo(next.id) });
  return (
    <Page
      title={detail.title}
      actions={
        <>
          <span className={`live-clock${now - Date.parse(detail.endsAt) > 0 ? ' bad' : ''}`} role="timer">
            {clockText((now - Date.parse(live.openedAt)) / 1000)} of {detail.minutes} min
          </span>
          <Button variant="default" aria-pressed={forRoom} onClick={() => changeScreen(!forRoom, change)}>
            {forRoom ? 'Leave room screen' : 'Room screen'}
          </Button>
          <EndMeeting detail={detail} />
        </>
      }
    >
      <div className={`live${forRoom ? ' live-room' : ''}`}>
        <div className="stack">
          {current ? (
            <CurrentItem
              key={current.id}
              detail={detail}
              item={current}
              number={at + 1}
              of={items.length}
              seconds={secondsOf(current.secondsSpent, live.itemSince, now)}
              next={next ? { sentence: next.sentence, go: () => goTo(next.id) } : null}
            />
          ) : (
            <NoItem detail={detail} first={items.find(({ status }) => status === 'open') ?? null} goTo={goTo} />
          )}
        </div>
        <div className="stack live-side">
          <Sheet
            title="Agenda"
            actions={<span className="dim small-print">{leftWords(items.filter(({ status }) => status === 'open').length)}</span>}
          >
            <LiveAgenda detail={detail} currentId={live.currentItemId} goTo={goTo} />
            {detail.can.arrange === null && <AddItem meetingId={detail.id} />}
          </Sheet>
          <PeopleSheet detail={detail} />
        </div>
      </div>
    </Page>
  );
}

const leftWords = (open: number): string => (open === 0 ? 'all talked about' : `${plural(open, 'item')} left`);
const secondsOf = (spent: number, since: string | null, now: number): number => spent + (since ? (now - Date.parse(since)) / 1000 : 0);

/** Goes on for everybody. Somebody else who was quicker counts: what they chose is on screen. */
async function stepTo(meetingId: string, itemId: string | null, seen: string | null): Promise<void> {
  try {
    await doing(post(`/meetings/${meetingId}/step`, { itemId, seen }));
  } catch (error) {
    if (error instanceof Problem && error.status === 409) tell('Somebody else went on already.');
    else tellProblem(error);
  }
}

/** Large, without anything beside the meeting; the whole screen where the browser allows it. */
function changeScreen(forRoom: boolean, change: (changes: Record<string, string | null>) => void): void {
  change({ screen: forRoom ? 'room' : null });
  const whole = forRoom
    ? document.documentElement.requestFullscreen?.()
    : document.fullscreenElement
      ? document.exitFullscreen()
      : undefined;
  whole?.catch(() => undefined); // a browser that refuses shows it in its window
}

function EndMeeting({ detail }: { detail: MeetingDetail }) {
  const [open, setOpen] = useState(false);
  const left = detail.agenda.filter(({ dropped, status, kind }) => !dropped && status === 'open' && kind !== 'win').length;
  return (
    <>
      <Deed whyNot={detail.can.close} onClick={() => setOpen(true)}>
        End the meeting
      </Deed>
      {open && (
        <FormDialog
          title="End the meeting?"
          label="End it and send the minutes"
          ready
          onClose={() => setOpen(false)}
          send={async () => {
            await doing(post(`/meetings/${detail.id}/closing`, {}));
            tell('Ended. The minutes go to everybody who was expected.');
          }}
        >
          <p style={{ margin: 0 }}>
            {plural(detail.decisionsMade.length, 'decision')} and {plural(detail.actionsGiven.length, 'action')} stand in the minutes. Notes
            are closed with them.
            {left > 0 && ` ${plural(left, 'item')} not talked about ${left === 1 ? 'comes' : 'come'} up again if the data still says so.`}
          </p>
        </FormDialog>
      )}
    </>
  );
}
