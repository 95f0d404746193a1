import { IconCheck, IconX } from '@tabler/icons-react';
import { day, dayOfInstant } from '#ui/formats.ts';
import { Sheet } from '#ui/kit/Page.tsx';
import type { DefinitionVersion, TermDetail } from '../../contract.ts';
import { Signatures } from '../version/Signatures.tsx';
import { StateMark } from '../version/StateMark.tsx';
import { VersionDeeds } from '../version/VersionDeeds.tsx';
import { DefinitionChanges } from './DefinitionChanges.tsx';

interface DefinitionTextProps {
  term: TermDetail;
  version: DefinitionVersion;
  onEdit(): void;
  onNew(): void;
}

/** One version to read: words, rule, examples, what it changes, who signed. */
export function DefinitionText({ term, version, onEdit, onNew }: DefinitionTextProps) {
  const title = `${term.name}, version ${version.number}`;
  const signedBefore = term.versions.some(({ status, id }) => status === 'signed' && id !== version.id);
  return (
    <Sheet
      title={
        <span className="version-title">
          Version {version.number} <StateMark {...version} />
        </span>
      }
      actions={
        <VersionDeeds
          version={version}
          title={title}
          path={`/definitions/${version.id}`}
          first={!signedBefore}
          onEdit={onEdit}
          onNew={onNew}
          recap={
            <>
              <p className="definition-words">{version.text}</p>
              <Clauses version={version} />
            </>
          }
        />
      }
      padded
    >
      <p className="dim version-dates">{datesOf(version)}</p>
      <p className="definition-words">{version.text}</p>
      <h3 className="part-head">{term.subject === 'lead' ? 'A lead meets it when' : 'A touch is one when'}</h3>
      <Clauses version={version} />
      <Examples examples={version.examples} />
      {version.status !== 'withdrawn' && <DefinitionChanges diff={version.diff} />}
      {(version.status === 'proposed' || version.status === 'signed') && (
        <>
          <h3 className="part-head">Signed by</h3>
          <Signatures signatures={version.signatures} awaited={version.status === 'proposed'} />
        </>
      )}
    </Sheet>
  );
}

function datesOf(version: DefinitionVersion): string {
  const by = version.madeBy ? ` by ${version.madeBy.name}` : '';
  return [
    `written ${dayOfInstant(version.madeAt)}${by}`,
    version.proposedAt && `proposed ${dayOfInstant(version.proposedAt)}`,
    version.signedAt && `signed ${dayOfInstant(version.signedAt)}`,
    version.withdrawnAt && `withdrawn ${dayOfInstant(version.withdrawnAt)}`,
    version.effectiveFrom && `counts from ${day(version.effectiveFrom)}`,
  ]
    .filter(Boolean)
    .join(' · ');
}

/** The clauses are numbered: a rejection names one of them. */
function Clauses({ version }: { version: DefinitionVersion }) {
  if (version.clauses.length < 2) return <p className="clause-sentence">{version.sentence}</p>;
  return (
    <ol className="clauses">
      {version.clauses.map(({ path, sentence }) => (
        <li key={path}>{sentence}</li>
      ))}
    </ol>
  );
}

function Examples({ examples }: { examples: DefinitionVersion['examples'] }) {
  if (examples.length === 0) return null;
  return (
    <>
      <h3 className="part-head">Examples</h3>
      <ul className="examples">
        {examples.map(({ text, meets }) => (
          <li key={text}>
            {meets ? (
              <IconCheck size={16} className="good" aria-label="meets it:" />
            ) : (
              <IconX size={16} className="bad" aria-label="does not meet it:" />
            )}
            <span>{text}</span>
          </li>
        ))}
      </ul>
    </>
  );
}
