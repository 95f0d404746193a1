import { Button } from '@mantine/core';
import { Fragment, useState } from 'react';
import { plural } from '#ui/formats.ts';
import { Sheet } from '#ui/kit/Page.tsx';
import type { AgreementVersion } from '../../contract.ts';
import { wordChanges } from '../version/wordChanges.ts';

const atFirst = 6;

interface Change {
  key: string;
  kind: 'added' | 'changed' | 'removed';
  before: string;
  after: string;
}

const words: Record<Change['kind'], string> = { added: 'new', changed: 'changed', removed: 'gone' };

/** What this version changes against the one before it, first of all: that is what a head asks. */
export function ContractChanges({ diff }: { diff: AgreementVersion['diff'] }) {
  const [all, setAll] = useState(false);
  if (!diff) return null;
  const changes = changesIn(diff);
  return (
    <Sheet
      title={changes.length ? `${plural(changes.length, 'change')} against version ${diff.against}` : `As version ${diff.against}`}
      padded
    >
      {changes.length === 0 && <p className="dim row-none">Nothing is changed.</p>}
      <ul className="changes">
        {(all ? changes : changes.slice(0, atFirst)).map((change) => (
          <li key={`${change.kind} ${change.key}`} className={`change-${change.kind}`}>
            <span className="change-word">{words[change.kind]}</span>
            <span>
              {change.kind === 'changed' ? <Marked before={change.before} after={change.after} /> : change.before || change.after}
            </span>
          </li>
        ))}
      </ul>
      {changes.length > atFirst && (
        <Button size="compact-sm" variant="subtle" mt={6} onClick={() => setAll(!all)} aria-expanded={all}>
          {all ? 'Show fewer' : `Show all ${changes.length}`}
        </Button>
      )}
    </Sheet>
  );
}

/** One sentence with the words that went and those that came. */
function Marked({ before, after }: { before: string; after: string }) {
  return wordChanges(before, after).map(({ kind, text }, at) => {
    const Tag = kind === 'gone' ? 'del' : kind === 'new' ? 'ins' : 'span';
    return (
      <Fragment key={at}>
        <Tag>{text}</Tag>{' '}
      </Fragment>
    );
  });
}

function changesIn(diff: NonNullable<AgreementVersion['diff']>): Change[] {
  const named = (what: string, text: string): string => `${what}: ${text || 'none'}`;
  return [
    ...diff.general.map(
      ({ what, before, after }): Change => ({
        key: what,
        kind: 'changed',
        before: named(what, before),
        after: named(what, after),
      }),
    ),
    ...diff.changed.map((change): Change => ({ ...change, kind: 'changed' })),
    ...diff.added.map((after): Change => ({ key: after, kind: 'added', before: '', after })),
    ...diff.removed.map((before): Change => ({ key: before, kind: 'removed', before, after: '' })),
  ];
}
