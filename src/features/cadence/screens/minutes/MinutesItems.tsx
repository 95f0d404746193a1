import type { Minutes } from '#features/cadence/contract/meetings.ts';
import { day } from '#ui/formats.ts';
import { Go } from '#ui/kit/Go.tsx';
import { Sheet } from '#ui/kit/Page.tsx';
import { Answer } from '#ui/kit/States.tsx';
import { useMinutes } from '../asking.ts';
import { clockText } from '../live/timing.ts';
import { itemStateWords, kindWords } from '../words.ts';

/** Item by item: what it said, what was noted, and how long it took. */
export function MinutesItems({ id }: { id: string }) {
  const minutes = useMinutes(id);
  return (
    <Sheet title="Minutes">
      <Answer of={minutes} what="The minutes" lines={6}>
        {({ items }) =>
          items.length === 0 ? (
            <p className="sheet-body dim" style={{ margin: 0 }}>
              Nothing stood on its agenda.
            </p>
          ) : (
            <ol className="minutes">
              {items.map((item) => (
                <Item key={item.id} item={item} />
              ))}
            </ol>
          )
        }
      </Answer>
    </Sheet>
  );
}

function Item({ item }: { item: Minutes['items'][number] }) {
  const { kind, sentence, opens, owner, status, secondsSpent, notes, decisions, actions } = item;
  return (
    <li className="wrap-any">
      <div>
        <span className={`kind kind-${kind}`}>{kindWords[kind]}</span>{' '}
        <span className="dim small-print">
          {[itemStateWords[status], secondsSpent > 0 && clockText(secondsSpent), owner?.name].filter(Boolean).join(' · ')}
        </span>
      </div>
      <div className="agenda-sentence">{opens ? <Go href={opens}>{sentence}</Go> : sentence}</div>
      {notes !== '' && <blockquote className="said">{notes}</blockquote>}
      {decisions.map((decision) => (
        <div key={decision}>
          <strong>Decided:</strong> {decision}
        </div>
      ))}
      {actions.map(({ title, owner: who, dueOn }) => (
        <div key={`${title} ${who}`}>
          <strong>{who}</strong> by {day(dueOn)}: {title}
        </div>
      ))}
    </li>
  );
}
