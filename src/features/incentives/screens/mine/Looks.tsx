import { instant } from '#ui/formats.ts';
import { Sheet } from '#ui/kit/Page.tsx';
import { SideMark } from '#ui/kit/Side.tsx';
import { Answer } from '#ui/kit/States.tsx';
import { useLooks } from '../asking.ts';

/** Who looked at my pay: every look of somebody else is on record. */
export function Looks() {
  const looks = useLooks();
  return (
    <Sheet title="Who looked at my pay">
      <Answer of={looks} what="The looks" lines={3}>
        {({ items }) =>
          items.length === 0 ? (
            <p className="sheet-body dim">Nobody but you.</p>
          ) : (
            <ul className="looks">
              {items.map((look) => (
                <li key={`${look.viewer.id} ${look.hour}`} className="row-link">
                  <span className="grow">
                    {look.viewer.name} <SideMark side={look.viewer.side} />
                  </span>
                  <span className="dim">
                    {look.what}, {instant(look.lookedAt)}
                  </span>
                </li>
              ))}
            </ul>
          )
        }
      </Answer>
    </Sheet>
  );
}
