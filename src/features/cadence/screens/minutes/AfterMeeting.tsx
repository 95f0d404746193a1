import { Button, CopyButton } from '@mantine/core';
import type { ReactNode } from 'react';
import type { MeetingDetail } from '#features/cadence/contract/meetings.ts';
import { post } from '#ui/api/client.ts';
import { instant, plural } from '#ui/formats.ts';
import { Deed } from '#ui/kit/Deed.tsx';
import { Go } from '#ui/kit/Go.tsx';
import { Page, Sheet } from '#ui/kit/Page.tsx';
import { tellProblem } from '#ui/kit/toast.tsx';
import { paths } from '#ui/paths.ts';
import { ActionRow } from '../actions/ActionRow.tsx';
import { doing, useMinutes } from '../asking.ts';
import { DecisionRow } from '../decisions/DecisionRow.tsx';
import { MeetingHead } from '../meeting/MeetingHead.tsx';
import { PeopleSheet } from '../meeting/PeopleSheet.tsx';
import { MinutesItems } from './MinutesItems.tsx';

/** After a meeting: what was decided, who does what by when, what was said, who was there. Or why it was not held. */
export function AfterMeeting({ detail, more }: { detail: MeetingDetail; more?: ReactNode }) {
  const { status, can, id, title } = detail;
  return (
    <Page
      title={title}
      actions={
        status === 'cancelled' ? (
          <Deed whyNot={can.restore} onClick={() => void doing(post(`/meetings/${id}/restoration`, {})).catch(tellProblem)}>
            Hold it after all
          </Deed>
        ) : status === 'held' ? (
          <CopyMinutes id={id} />
        ) : null
      }
    >
      <MeetingHead detail={detail} />
      <p className="lead-sentence">{headline(detail)}</p>
      {status === 'held' && <Held detail={detail} more={more} />}
    </Page>
  );
}

function headline(detail: MeetingDetail): ReactNode {
  const { status, cancelledBecause, decisionsMade, actionsGiven, came, expected, minutesSentAt, next } = detail;
  const comes = next && (
    <>
      {' '}
      What is open comes up in <Go href={paths.meeting(next.id)}>the next one</Go>.
    </>
  );
  if (status === 'cancelled')
    return (
      <>
        It was cancelled{cancelledBecause ? `: ${cancelledBecause}` : ''}.{comes}
      </>
    );
  if (status !== 'held') return <>Its time went by and nobody started it.{comes}</>;
  const open = actionsGiven.filter((action) => action.status === 'open').length;
  return (
    <>
      {plural(decisionsMade.length, 'decision')}, {plural(actionsGiven.length, 'action')}
      {actionsGiven.length > 0 && ` (${open} open)`}; {came} of {expected} came.
      {minutesSentAt && ` Minutes were sent ${instant(minutesSentAt)}.`}
      {open > 0 && comes}
    </>
  );
}

function Held({ detail, more }: { detail: MeetingDetail; more: ReactNode }) {
  const { decisionsMade, actionsGiven, id } = detail;
  return (
    <div className="meeting-columns">
      <div className="stack">
        <Sheet title="Actions">
          {actionsGiven.length === 0 ? (
            <p className="sheet-body dim" style={{ margin: 0 }}>
              No action was agreed.
            </p>
          ) : (
            <ul className="action-list">
              {actionsGiven.map((action) => (
                <ActionRow key={action.id} action={action} brief />
              ))}
            </ul>
          )}
        </Sheet>
        <Sheet title="Decisions">
          {decisionsMade.length === 0 ? (
            <p className="sheet-body dim" style={{ margin: 0 }}>
              Nothing was decided.
            </p>
          ) : (
            <ul className="action-list">
              {decisionsMade.map((decision) => (
                <DecisionRow key={decision.id} decision={decision} />
              ))}
            </ul>
          )}
        </Sheet>
        <MinutesItems id={id} />
      </div>
      <div className="stack">
        <PeopleSheet detail={detail} />
        {more}
      </div>
    </div>
  );
}

function CopyMinutes({ id }: { id: string }) {
  const minutes = useMinutes(id).data;
  if (!minutes) return null;
  return (
    <CopyButton value={minutes.text}>
      {({ copied, copy }) => (
        <Button variant="default" onClick={copy}>
          {copied ? 'Copied' : 'Copy the minutes'}
        </Button>
      )}
    </CopyButton>
  );
}
