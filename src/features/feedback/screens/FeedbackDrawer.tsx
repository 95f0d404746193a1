import { Drawer } from '@mantine/core';
import type { FeedbackDetail } from '#features/feedback/contract/feedback.ts';
import { day, instant } from '#ui/formats.ts';
import { ClockMark } from '#ui/kit/ClockMark.tsx';
import { Go } from '#ui/kit/Go.tsx';
import { SideMark } from '#ui/kit/Side.tsx';
import { Answer } from '#ui/kit/States.tsx';
import { useFocusBack } from '#ui/kit/useFocusBack.ts';
import { useFeedback } from './asking.ts';
import { FeedbackDeeds } from './FeedbackDeeds.tsx';
import { FeedbackText } from './FeedbackText.tsx';
import { Say } from './Say.tsx';
import { Thread } from './Thread.tsx';
import { fromWhom, owesAnswer, stateMark, subjectHref, toWhom } from './words.ts';

/** One feedback: what was said about what, how it stands, and what the reader can do. */
export function FeedbackDrawer({ id, onClose }: { id: string; onClose(): void }) {
  useFocusBack();
  const feedback = useFeedback(id);
  return (
    <Drawer
      opened
      onClose={onClose}
      position="right"
      size="min(640px, 100%)"
      title={feedback.data?.tone === 'praise' ? 'Praise' : 'Feedback'}
    >
      <Answer of={feedback} what="This feedback" lines={10}>
        {(detail) => <Known detail={detail} />}
      </Answer>
    </Drawer>
  );
}

function Known({ detail }: { detail: FeedbackDetail }) {
  const { subject, from, to, givenAt, givenOn } = detail;
  return (
    <div className="stack">
      <div>
        <h2 className="wrap-any" style={{ margin: '0 0 2px', fontSize: '1.125rem' }}>
          <Go href={subjectHref(subject)}>{subject.name}</Go>
        </h2>
        <div className="dim small-print">
          {fromWhom(detail)} {from && <SideMark side={from.side} />} to {toWhom(detail)} <SideMark side={to.side} /> ·{' '}
          {givenAt ? instant(givenAt) : `shown ${day(givenOn)}, together with others`}
        </div>
      </div>
      <FeedbackText item={detail} />
      <Stands detail={detail} />
      <FeedbackDeeds detail={detail} />
      <section>
        <h3 className="feedback-part">What was said</h3>
        <Thread entries={detail.thread} />
        <Say detail={detail} />
      </section>
    </div>
  );
}

/** How it stands, and by when something is due. */
function Stands({ detail }: { detail: FeedbackDetail }) {
  const mark = stateMark(detail);
  const { action, dueAt, answeredInTime } = detail;
  return (
    <div className="feedback-box">
      <strong className={mark.look}>{mark.words}</strong>
      {owesAnswer(detail) && dueAt && (
        <>
          {' '}
          <ClockMark dueAt={dueAt} what="answer" />
        </>
      )}
      {!owesAnswer(detail) && answeredInTime !== null && (
        <span className={answeredInTime ? 'dim' : 'bad'}>{answeredInTime ? ' · answered in time' : ' · answered late'}</span>
      )}
      {action && (
        <div className="wrap-any">
          Action{action.owner && ` of ${action.owner.name}`} by {day(action.dueOn)}: {action.text}
        </div>
      )}
    </div>
  );
}
