import type { Mentionable } from '#features/notices/contract/comments.ts';
import { plural } from '#ui/formats.ts';
import { SideMark } from '#ui/kit/Side.tsx';

interface MentionListProps {
  id: string;
  items: readonly Mentionable[];
  active: number;
  pick(member: Mentionable): void;
}

/** Whom an `@` can mean. The field keeps the focus; a pointer picks, too. */
export function MentionList({ id, items, active, pick }: MentionListProps) {
  return (
    <>
      <div className="visually-hidden" role="status">
        {plural(items.length, 'person', 'people')} to mention; arrow keys choose, Enter picks.
      </div>
      <ul id={id} role="listbox" aria-label="Whom to mention" className="mention-list">
        {items.map((member, place) => (
          <li
            key={member.id}
            id={`${id}-${place}`}
            role="option"
            aria-selected={place === active}
            onMouseDown={(event) => {
              event.preventDefault();
              pick(member);
            }}
          >
            <span className="cut">{member.name}</span> <span className="dim small-print cut">{member.job}</span>{' '}
            <SideMark side={member.side} />
          </li>
        ))}
      </ul>
    </>
  );
}
