import { Progress } from '@mantine/core';
import type { AgendaItem, MeetingDetail } from '#features/cadence/contract/meetings.ts';
import { patch } from '#ui/api/client.ts';
import { Deed } from '#ui/kit/Deed.tsx';
import { tellProblem } from '#ui/kit/toast.tsx';
import { ItemText } from '../agenda/ItemText.tsx';
import { doing } from '../asking.ts';
import { OnTheSpot } from '../decide/OnTheSpot.tsx';
import { RuleOn } from '../decide/RuleOn.tsx';
import { ActionNow } from './ActionNow.tsx';
import { ItemOutcome } from './ItemOutcome.tsx';
import { SharedNotes } from './SharedNotes.tsx';
import { timerReading } from './timing.ts';

interface CurrentProps {
  detail: MeetingDetail;
  item: AgendaItem;
  number: number;
  of: number;
  seconds: number;
  next: { sentence: string; go(): void } | null;
}

/** The item that everybody looks at now. */
export function CurrentItem({ detail, item, number, of, seconds, next }: CurrentProps) {
  const { can } = detail;
  return (
    <section className="sheet live-item" aria-label="Now">
      <div className="live-item-head">
        <span className="dim">
          {number} of {of}
          {item.owner && ` · ${item.owner.name} leads`}
        </span>
        <Timer seconds={seconds} minutes={item.minutes} />
      </div>
      <div className="sheet-body">
        <ItemText
          item={item.kind === 'action' ? { ...item, records: [] } : item}
          most={8}
          deeds={(record) => record.kind === 'rejection' && <RuleOn meetingId={detail.id} itemId={item.id} record={record} />}
        />
        {item.kind === 'action' && item.records.map(({ kind, id }) => kind === 'action' && <ActionNow key={id} id={id} />)}
        <OnTheSpot detail={detail} item={item} />
        <ItemOutcome detail={detail} itemId={item.id} />
        <SharedNotes key={item.id} meetingId={detail.id} item={item} whyNot={can.note} />
      </div>
      <div className="live-item-foot">
        <Deed variant="default" whyNot={can.step} onClick={() => void toggle(detail.id, item)}>
          {item.status === 'discussed' ? 'Not done with it yet' : 'Talked about'}
        </Deed>
        <span className="grow" />
        {next ? (
          <>
            <span className="dim cut desk-only">Next: {next.sentence}</span>
            <Deed whyNot={can.step} onClick={next.go}>
              Next item
            </Deed>
          </>
        ) : (
          <span className="dim">That was the last item.</span>
        )}
      </div>
    </section>
  );
}

function Timer({ seconds, minutes }: { seconds: number; minutes: number }) {
  const { words, look, share } = timerReading(seconds, minutes);
  const colour = look === 'over' ? 'var(--a-bad)' : look === 'soon' ? 'var(--a-warn)' : 'var(--a-ink)';
  return (
    <span className={`live-timer is-${look}`}>
      <Progress value={share * 100} color={colour} size={6} w={90} aria-label="Of its minutes" />
      <span role="timer">{words}</span>
    </span>
  );
}

async function toggle(meetingId: string, item: AgendaItem): Promise<void> {
  const status = item.status === 'discussed' ? 'open' : 'discussed';
  await doing(patch(`/meetings/${meetingId}/items/${item.id}`, { status })).catch(tellProblem);
}
