import { useMe } from '#ui/api/session.ts';
import { capitalised, count, day, instant } from '#ui/formats.ts';
import type { AgreementVersion } from '../../contract.ts';
import { owedSides, type OwedSide } from '../asking.ts';
import { Signatures } from '../version/Signatures.tsx';

/** The contract as a plain page: what both heads read, sign and print. `signing`: as the dialog repeats it. */
export function ContractText({ version, signing = false }: { version: AgreementVersion; signing?: boolean }) {
  const me = useMe();
  const { content } = version;
  return (
    <article className={signing ? 'contract contract-small' : 'sheet contract'}>
      <header className="contract-head">
        <h2>
          Agreement between marketing and sales
          <span className="contract-of">{me.workspace.name}</span>
        </h2>
        <p className="dim">
          Version {version.number}
          {version.effectiveFrom ? `, counts from ${day(version.effectiveFrom)}` : ', a draft'}
        </p>
      </header>
      {content.preamble && <p className="definition-words">{content.preamble}</p>}
      {owedSides.map((side) => (
        <Half key={side} version={version} side={side} />
      ))}
      <HowCounted version={version} />
      {!signing && <SignedBy version={version} />}
    </article>
  );
}

/** Numbered through: so that a clause can be named in talking. */
function Half({ version, side }: { version: AgreementVersion; side: OwedSide }) {
  const sentences = version.sentences.filter((each) => each.side === side);
  const titles = new Map(version.content.clauses.map(({ key, title }) => [key, title]));
  const before = side === 'sales' ? version.sentences.length - sentences.length : 0;
  return (
    <section className={`contract-half owes-${side}`}>
      <h3>{capitalised(side)} owes</h3>
      {sentences.length === 0 && <p className="dim">Nothing is promised yet.</p>}
      <ol start={before + 1} className="contract-clauses">
        {sentences.map(({ key, sentence }) => (
          <li key={key}>
            <strong>{titles.get(key)}.</strong> {sentence}
          </li>
        ))}
      </ol>
    </section>
  );
}

function HowCounted({ version }: { version: AgreementVersion }) {
  const { content, calendars } = version;
  return (
    <section className="contract-counted">
      <h3>How it is counted</h3>
      <ul>
        {calendars.map(({ id, sentence }) => (
          <li key={id}>{id === 'default' ? `Working time, unless said otherwise: ${sentence}.` : `${sentence}.`}</li>
        ))}
        <li>
          Only evidence stops a clock: a call, a mail, a meeting on record. Late evidence counts from when it happened; a late answer stays
          a miss.
        </li>
        <li>
          Of the rejections marketing agrees with, {count(content.reviewSamplePercent)} % are judged by both sides as well, drawn by chance.
        </li>
        {content.reachedOutcomes.length > 0 && <li>A touch reached the lead when its outcome is {content.reachedOutcomes.join(', ')}.</li>}
        {version.retroactiveUntil && (
          <li>What came before {instant(version.retroactiveUntil)} is measured as a baseline, without consequences.</li>
        )}
      </ul>
    </section>
  );
}

function SignedBy({ version }: { version: AgreementVersion }) {
  const { status, signatures, contentHash } = version;
  return (
    <section className="contract-signed">
      <h3>Signed</h3>
      <Signatures signatures={signatures} awaited={status === 'proposed'} />
      {contentHash && (
        <p className="dim contract-hash">
          Fingerprint of these words (SHA-256): <code className="hash">{contentHash}</code>
          {version.proposedAt && `, proposed ${instant(version.proposedAt)}`}
        </p>
      )}
    </section>
  );
}
