import { Button } from '@mantine/core';
import { useState } from 'react';
import type { IndexAnswer, IndexMove } from '#features/alignment/contract/index-answer.ts';
import { day } from '#ui/formats.ts';
import { Go } from '#ui/kit/Go.tsx';
import { Sheet } from '#ui/kit/Page.tsx';
import { signed } from './indexWords.ts';

interface MovedProps {
  answer: IndexAnswer;
  open(component: string): void;
}

const most = 6;

/** What moved the index since a day before: parts that add up to the change, each with its size and sign. */
export function MovedSheet({ answer: { moved }, open }: MovedProps) {
  const { change, from, to, lines, since, whyNot, basis } = moved;
  const widest = Math.max(...lines.map(({ points }) => Math.abs(points)), 0.01);
  const [all, setAll] = useState(false);
  return (
    <Sheet title={change === null ? 'What moved it' : `What moved it since ${day(since)}: ${signed(change)}`} padded>
      {change === null && (
        <p className="dim" style={{ margin: 0 }}>
          {whyNot}
        </p>
      )}
      {change !== null && from !== null && to !== null && (
        <p className="dim index-about">
          From {from.toFixed(1)} to {to.toFixed(1)}.{' '}
          {basis === 'snapshot' ? 'The day before as it was kept then.' : 'The day before is computed from what is on record now.'}
        </p>
      )}
      {change !== null && lines.length === 0 && <p style={{ margin: 0 }}>Nothing moved it.</p>}
      {lines.length > 0 && (
        <ul className="index-moves">
          {(all ? lines : lines.slice(0, most)).map((line) => (
            <Line key={line.component ?? line.kind} line={line} most={widest} open={open} />
          ))}
        </ul>
      )}
      {!all && lines.length > most && (
        <Button variant="subtle" fullWidth mt="sm" onClick={() => setAll(true)}>
          Show all {lines.length}; what is left out adds up to {signed(lines.slice(most).reduce((sum, { points }) => sum + points, 0))}
        </Button>
      )}
    </Sheet>
  );
}

function Line({ line, most, open }: { line: IndexMove; most: number; open(component: string): void }) {
  const { component, label, points, says, opens } = line;
  return (
    <li>
      <div className="index-move-head">
        {component ? (
          <button type="button" className="as-link" onClick={() => open(component)}>
            {label}
          </button>
        ) : (
          <span>{label}</span>
        )}
        <strong className={points < 0 ? 'bad' : 'good'}>{signed(points)}</strong>
      </div>
      <MoveBar points={points} most={most} />
      <p className="dim small-print" style={{ margin: 0 }}>
        {says} {opens && <Go href={opens}>Go there</Go>}
      </p>
    </li>
  );
}

/** To the right of the middle what it gained, to the left what it lost. The figure stands above it. */
function MoveBar({ points, most }: { points: number; most: number }) {
  const width = (Math.abs(points) / most) * 50;
  return (
    <div className="move-bar" aria-hidden data-down={points < 0 || undefined}>
      <span style={{ width: `${width}%`, left: points < 0 ? `${50 - width}%` : '50%' }} />
    </div>
  );
}
