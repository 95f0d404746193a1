import { dayOfInstant, money, plural } from '#ui/formats.ts';
import { useMe } from '#ui/api/session.ts';
import { Go } from '#ui/kit/Go.tsx';
import { Sheet } from '#ui/kit/Page.tsx';
import { paths } from '#ui/paths.ts';
import { type JourneysOf, useJourneysOf } from './asking.ts';
import './attribution.css';
import { Way } from './Way.tsx';

const atFirst = 3;

/** On a record's page: the journeys it is part of, each a line that opens. Nothing where there is none. */
export function WhatLedHere({ kind, id }: { kind: 'account' | 'contact' | 'lead' | 'deal'; id: string }) {
  const { items } = useJourneysOf(kind, id).data ?? { items: [] };
  if (items.length === 0) return null;
  const rest = items.length - atFirst;
  return (
    <Sheet title="What led here">
      {items.slice(0, atFirst).map((item) => (
        <Line key={`${item.unitId} ${item.place}`} item={item} />
      ))}
      {rest > 0 && (
        <details>
          <summary className="led-here">{plural(rest, 'more journey')}</summary>
          {items.slice(atFirst).map((item) => (
            <Line key={`${item.unitId} ${item.place}`} item={item} />
          ))}
        </details>
      )}
    </Sheet>
  );
}

function Line({ item }: { item: JourneysOf['items'][number] }) {
  const { currency } = useMe().workspace;
  const { conversion, touches, firstAt } = item;
  return (
    <div className="led-here">
      <div>
        {conversion ? (
          <>
            <Go href={paths.journey(item.unitId, item.place)}>{conversion.name || 'Conversion'}</Go> on {dayOfInstant(conversion.at)}
            {conversion.amount !== null && `, ${money(conversion.amount, currency)}`}
          </>
        ) : (
          <Go href={paths.journey(item.unitId, item.place)}>Not converted yet</Go>
        )}
        <span className="dim">
          {' '}
          · {plural(touches, 'touch', 'touches')}
          {firstAt && ` since ${dayOfInstant(firstAt)}`}
        </span>
      </div>
      <Way channels={item.channels} />
    </div>
  );
}
