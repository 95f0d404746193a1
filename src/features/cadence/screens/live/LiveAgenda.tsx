import { IconCheck, IconGripVertical } from '@tabler/icons-react';
import type { AgendaItem, MeetingDetail } from '#features/cadence/contract/meetings.ts';
import { useArranging } from '../agenda/useArranging.ts';
import { kindWords } from '../words.ts';
import { clockText } from './timing.ts';

interface LiveAgendaProps {
  detail: MeetingDetail;
  currentId: string | null;
  goTo(itemId: string): void;
}

/** All items beside the current one; a click goes there for everybody, a handle moves one. */
export function LiveAgenda({ detail, currentId, goTo }: LiveAgendaProps) {
  const { reorder, items, said } = useArranging(detail);
  if (items.length === 0)
    return (
      <p className="sheet-body dim" style={{ margin: 0 }}>
        Nothing stands on the agenda. Add what you want to talk about.
      </p>
    );
  return (
    <>
      <ol className="live-agenda" aria-label="Agenda" ref={reorder.list}>
        {items.map((item, at) => {
          const isNow = item.id === currentId;
          const look = [isNow ? 'is-now' : '', reorder.held === item.id ? 'is-held' : ''].filter(Boolean).join(' ');
          return (
            <li key={item.id} data-row-key={item.id} className={look} {...(isNow && { 'aria-current': 'step' as const })}>
              {detail.can.arrange === null && (
                <button
                  type="button"
                  className="agenda-handle"
                  aria-label={`Move item ${at + 1}: ${item.sentence} (arrow keys move it)`}
                  {...reorder.handle(item.id)}
                >
                  <IconGripVertical size={16} aria-hidden />
                </button>
              )}
              <Choose item={item} isNow={isNow} whyNot={detail.can.step} goTo={goTo} />
            </li>
          );
        })}
      </ol>
      <div className="visually-hidden" role="status">
        {said}
      </div>
    </>
  );
}

interface ChooseProps {
  item: AgendaItem;
  isNow: boolean;
  /** Null: the asker may go to another item. */
  whyNot: string | null;
  goTo(itemId: string): void;
}

function Choose({ item, isNow, whyNot, goTo }: ChooseProps) {
  const { id, kind, sentence, status, secondsSpent, minutes } = item;
  return (
    <button
      type="button"
      className="live-agenda-item"
      disabled={isNow || whyNot !== null}
      onClick={() => goTo(id)}
      title={whyNot ?? undefined}
    >
      <span className="grow wrap-any">
        <span className="dim small-print">
          {status === 'discussed' && <IconCheck size={14} className="good" aria-label="Talked about" />} {kindWords[kind]}
        </span>
        <span className="live-agenda-sentence">{sentence}</span>
      </span>
      <span className={`dim small-print no-break${secondsSpent > minutes * 60 ? ' warn' : ''}`}>
        {secondsSpent > 0 ? `${clockText(secondsSpent)} / ` : ''}
        {minutes} min
      </span>
    </button>
  );
}
