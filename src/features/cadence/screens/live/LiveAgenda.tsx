import { IconCheck } from '@tabler/icons-react';
import type { AgendaItem } from '#features/cadence/contract/meetings.ts';
import { kindWords } from '../words.ts';
import { clockText } from './timing.ts';

interface LiveAgendaProps {
  items: readonly AgendaItem[];
  currentId: string | null;
  /** Null: the asker may go to another item. */
  whyNot: string | null;
  goTo(itemId: string): void;
}

/** All items beside the current one; a click goes there for everybody. */
export function LiveAgenda({ items, currentId, whyNot, goTo }: LiveAgendaProps) {
  if (items.length === 0)
    return (
      <p className="sheet-body dim" style={{ margin: 0 }}>
        Nothing stands on the agenda. Add what you want to talk about.
      </p>
    );
  return (
    <ol className="live-agenda" aria-label="Agenda">
      {items.map((item) => {
        const isNow = item.id === currentId;
        return (
          <li key={item.id} className={isNow ? 'is-now' : ''} {...(isNow && { 'aria-current': 'step' as const })}>
            <button type="button" disabled={isNow || whyNot !== null} onClick={() => goTo(item.id)} title={whyNot ?? undefined}>
              <span className="live-agenda-mark">
                {item.status === 'discussed' && <IconCheck size={16} className="good" aria-label="Talked about" />}
              </span>
              <span className="grow wrap-any">
                <span className="dim small-print">{kindWords[item.kind]}</span>
                <span className="live-agenda-sentence">{item.sentence}</span>
              </span>
              <span className={`dim small-print no-break${item.secondsSpent > item.minutes * 60 ? ' warn' : ''}`}>
                {item.secondsSpent > 0 ? `${clockText(item.secondsSpent)} / ` : ''}
                {item.minutes} min
              </span>
            </button>
          </li>
        );
      })}
    </ol>
  );
}
