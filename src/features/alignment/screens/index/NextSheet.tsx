import { Button } from '@mantine/core';
import { useState } from 'react';
import type { IndexAnswer, IndexNext } from '#features/alignment/contract/index-answer.ts';
import { plural } from '#ui/formats.ts';
import { Go } from '#ui/kit/Go.tsx';
import { Sheet } from '#ui/kit/Page.tsx';
import { useUrlSearch } from '#ui/kit/search.ts';
import { MendedBy } from '../cost/MendedBy.tsx';
import { DueMark } from './DueMark.tsx';
import { signed } from './indexWords.ts';

const shown = { gains: 4, items: 3 } as const;

/** What would move the index most next week, with the very items that are open. */
export function NextSheet({ answer: { next, on } }: { answer: IndexAnswer }) {
  const [all, setAll] = useState(false);
  const most = Math.max(...next.map(({ gain }) => gain), 0.01);
  return (
    <Sheet title="What would move it most next week" padded>
      {next.length === 0 ? (
        <p className="dim" style={{ margin: 0 }}>
          Nothing that it counts falls due within seven days.
        </p>
      ) : (
        <ol className="index-moves">
          {(all ? next : next.slice(0, shown.gains)).map((each) => (
            <Gain key={each.component} gain={each} most={most} on={on} />
          ))}
        </ol>
      )}
      {!all && next.length > shown.gains && (
        <Button variant="subtle" fullWidth mt="sm" onClick={() => setAll(true)}>
          Show all {next.length}
        </Button>
      )}
    </Sheet>
  );
}

interface GainProps {
  gain: IndexNext;
  /** What the greatest gain is. */
  most: number;
  /** The day looked at. */
  on: string;
}

function Gain({ gain: { component, label, side, gain, open, says, opens, recordsUrl, items }, most, on }: GainProps) {
  const [, change] = useUrlSearch();
  return (
    <li>
      <div className="index-move-head">
        <span>
          <button type="button" className="as-link" onClick={() => change({ component, state: null })}>
            {label}
          </button>{' '}
          <MendedBy side={side} />
        </span>
        <strong className="good">{signed(gain)}</strong>
      </div>
      <div className="move-bar" aria-hidden>
        <span style={{ width: `${(gain / most) * 100}%`, left: 0 }} />
      </div>
      <p className="dim small-print" style={{ margin: 0 }}>
        {says}
      </p>
      <ul className="index-open">
        {items.slice(0, shown.items).map((item) => (
          <li key={`${item.id} ${item.opens} ${item.name}`}>
            <Go href={item.opens}>{item.name}</Go> {item.dueAt && <DueMark dueAt={item.dueAt} on={on} />}
          </li>
        ))}
        {open > Math.min(items.length, shown.items) && (
          <li>
            {recordsUrl ? (
              <button type="button" className="as-link" onClick={() => change({ component, state: 'open' })}>
                All {plural(open, 'open item')}
              </button>
            ) : (
              <Go href={opens}>All {plural(open, 'open item')}</Go>
            )}
          </li>
        )}
      </ul>
    </li>
  );
}
