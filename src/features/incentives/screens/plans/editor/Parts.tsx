import { ActionIcon, Button } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import { useEffect, useId, useRef, useState, type ReactNode } from 'react';

export interface OptionalPart {
  readonly key: string;
  readonly title: string;
  /** One line: what it does, with money where it helps. */
  readonly about: string;
  readonly on: boolean;
  add(): void;
  remove(): void;
  readonly fields: () => ReactNode;
}

/** Parts that few plans need: what has a value stands open, the others wait behind “More”. */
export function Parts({ of, parts }: { of: string; parts: readonly OptionalPart[] }) {
  const [added, setAdded] = useState<string | null>(null);
  const off = parts.filter(({ on }) => !on);
  return (
    <>
      {parts
        .filter(({ on }) => on)
        .map((part) => (
          <Open key={part.key} of={of} part={part} isNew={added === part.key} />
        ))}
      {off.length > 0 && (
        <details className="plan-more">
          <summary>
            More<span className="visually-hidden"> for {of}</span>: {listed(off.map(({ title }) => title.toLowerCase()))}
          </summary>
          <ul>
            {off.map((part) => (
              <li key={part.key}>
                <Button
                  variant="default"
                  size="compact-sm"
                  onClick={() => {
                    setAdded(part.key);
                    part.add();
                  }}
                >
                  {part.title}
                  <span className="visually-hidden"> of {of}</span>
                </Button>
                <span className="dim">{part.about}</span>
              </li>
            ))}
          </ul>
        </details>
      )}
    </>
  );
}

function Open({ of, part, isNew }: { of: string; part: OptionalPart; isNew: boolean }) {
  const id = useId();
  const place = useRef<HTMLDivElement>(null);
  // The button that was pressed is gone: the keyboard goes on in what it brought.
  useEffect(() => {
    if (isNew) place.current?.querySelector<HTMLElement>('input:not([type="hidden"])')?.focus();
  }, [isNew]);
  return (
    <div className="plan-part" role="group" aria-labelledby={id} ref={place}>
      <div className="plan-part-head">
        <h3 id={id}>
          {part.title}
          <span className="visually-hidden"> of {of}</span>
        </h3>
        <ActionIcon variant="subtle" color="gray" aria-label={`Take out: ${part.title.toLowerCase()} of ${of}`} onClick={part.remove}>
          <IconTrash size={18} />
        </ActionIcon>
      </div>
      <p className="dim small-print">{part.about}</p>
      {part.fields()}
    </div>
  );
}

const listed = (items: readonly string[]): string =>
  items.length < 2 ? (items[0] ?? '') : `${items.slice(0, -1).join(', ')} and ${items.at(-1)}`;
