import type { FeedbackItem } from '#features/feedback/contract/feedback.ts';
import { day } from '#ui/formats.ts';
import { ClockMark } from '#ui/kit/ClockMark.tsx';
import { SideMark } from '#ui/kit/Side.tsx';
import { fromWhom, owesAnswer, stateMark, toWhom } from './words.ts';

/** One feedback in a list: about what, from whom to whom, what it says, and how it stands. */
export function FeedbackRow({ item, open }: { item: FeedbackItem; open(): void }) {
  const mark = stateMark(item);
  return (
    <li className="feedback-row">
      <div style={{ minWidth: 0 }}>
        <button type="button" className="as-link feedback-title wrap-any" onClick={open}>
          {item.subject.name}
        </button>
        <div className="dim small-print">
          {fromWhom(item)} {item.from && <SideMark side={item.from.side} />} to {toWhom(item)} <SideMark side={item.to.side} /> ·{' '}
          {day(item.givenOn)}
        </div>
        <div className="feedback-words">{item.behaviour}</div>
      </div>
      <div className="feedback-stand">
        <strong className={mark.look}>{mark.words}</strong>
        {owesAnswer(item) && item.dueAt && (
          <div className="small-print">
            <ClockMark dueAt={item.dueAt} />
          </div>
        )}
        {item.state === 'accepted' && item.action && (
          <div className="dim small-print">{`by ${day(item.action.dueOn)}: ${item.action.text}`}</div>
        )}
      </div>
    </li>
  );
}
