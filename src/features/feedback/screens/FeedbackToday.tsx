import { IconEye, IconHeart, IconMessageReport, IconMessageCheck, IconActivity } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { FeedbackItem } from '#features/feedback/contract/feedback.ts';
import type { FeedbackToday as Waiting } from '#features/feedback/contract/overview.ts';
import { count, day, plural } from '#ui/formats.ts';
import { ClockMark } from '#ui/kit/ClockMark.tsx';
import { Go } from '#ui/kit/Go.tsx';
import { Sheet } from '#ui/kit/Page.tsx';
import { paths } from '#ui/paths.ts';
import { useFeedbackToday } from './asking.ts';
import { fromWhom, stateMark } from './words.ts';

/** Feedback to answer and to settle, praise, a pulse and numbers to guess. Nothing stands here when nothing waits. */
export function FeedbackToday() {
  const waiting = useFeedbackToday().data;
  if (!waiting || rowsOf(waiting) === 0) return null;
  const { toAnswer, toSettle, praise, pulse, toGuess, lateOnMySide } = waiting;
  return (
    <Sheet title={titleOf(waiting)} actions={<Go href={paths.feedback()}>Feedback</Go>}>
      {pulse && (
        <Row href={paths.pulse()} icon={<IconActivity size={18} className="warn" aria-hidden />} act={`until ${day(pulse.closesOn)}`}>
          <strong>{pulse.title}</strong> waits for your answers
        </Row>
      )}
      {toAnswer.slice(0, 5).map((item) => (
        <Row
          key={item.id}
          href={paths.feedback({ at: item.id })}
          icon={<IconMessageReport size={18} className={item.late ? 'bad' : 'warn'} aria-hidden />}
          act={item.dueAt && <ClockMark dueAt={item.dueAt} />}
        >
          <Line item={item} />
        </Row>
      ))}
      {toSettle.slice(0, 5).map((item) => (
        <Row
          key={item.id}
          href={paths.feedback({ view: 'toSettle', at: item.id })}
          icon={<IconMessageCheck size={18} className="dim" aria-hidden />}
          act={stateMark(item).words}
        >
          <Line item={item} />
        </Row>
      ))}
      {praise.slice(0, 3).map((item) => (
        <Row
          key={item.id}
          href={paths.feedback({ view: 'received', at: item.id })}
          icon={<IconHeart size={18} className="good" aria-hidden />}
        >
          <Line item={item} />
        </Row>
      ))}
      {lateOnMySide > 0 && (
        <Row href={paths.feedback({ view: 'toAnswer', late: 'true' })} icon={<IconMessageReport size={18} className="bad" aria-hidden />}>
          {plural(lateOnMySide, 'answer')} of your side {lateOnMySide === 1 ? 'is' : 'are'} late
        </Row>
      )}
      {toGuess > 0 && (
        <Row href={paths.perception()} icon={<IconEye size={18} className="dim" aria-hidden />}>
          Before you see them: {plural(toGuess, 'number')} of this month to guess
        </Row>
      )}
    </Sheet>
  );
}

const rowsOf = ({ toAnswer, toSettle, praise, pulse, toGuess, lateOnMySide }: Waiting): number =>
  toAnswer.length + toSettle.length + praise.length + (pulse ? 1 : 0) + toGuess + lateOnMySide;

function titleOf({ toAnswer }: Waiting): string {
  if (toAnswer.length === 0) return 'Feedback';
  const late = toAnswer.filter((item) => item.late).length;
  return `${plural(toAnswer.length, 'piece')} of feedback to answer${late > 0 ? `, ${count(late)} late` : ''}`;
}

function Row({ href, icon, children, act }: { href: string; icon: ReactNode; children: ReactNode; act?: ReactNode }) {
  return (
    <Go href={href} className="row-link">
      {icon}
      <span style={{ flex: 1, minWidth: 0 }} className="wrap-any">
        {children}
      </span>
      {act && <span className="dim small-print">{act}</span>}
    </Go>
  );
}

const Line = ({ item }: { item: FeedbackItem }) => (
  <>
    <strong>{item.subject.name}</strong>{' '}
    <span className="dim">
      {fromWhom(item)}: {item.behaviour.length > 90 ? `${item.behaviour.slice(0, 90)}…` : item.behaviour}
    </span>
  </>
);
