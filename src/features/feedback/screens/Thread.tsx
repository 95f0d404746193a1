import type { EntryKind, FeedbackEntry } from '#features/feedback/contract/feedback.ts';
import { day, instant } from '#ui/formats.ts';

const told: Readonly<Record<EntryKind, string>> = {
  said: 'wrote',
  accepted: 'accepted it, with an action',
  explained: 'explained',
  disagreed: 'sees it differently: it goes onto the next agenda',
  thanked: 'said thanks',
  confirmed: 'says it is settled',
  reopened: 'says it is not settled',
  withdrawn: 'took it back',
};

/** What both said and did, oldest first. */
export function Thread({ entries }: { entries: readonly FeedbackEntry[] }) {
  if (entries.length === 0) return <p className="dim small-print">Nothing has been said yet.</p>;
  return (
    <ol className="feedback-thread">
      {entries.map(({ id, kind, by, text, on, at }) => (
        <li key={id} {...(by && { className: `side-of-${by.side}` })}>
          <div>
            <strong>{by?.name ?? 'Whoever gave it'}</strong> {told[kind]}
          </div>
          {text && <blockquote className="said">{text}</blockquote>}
          <div className="dim small-print">{at ? instant(at) : day(on)}</div>
        </li>
      ))}
    </ol>
  );
}
