import { Sheet } from '#ui/kit/Page.tsx';
import type { AgreementVersion } from '../../contract.ts';

/** Clause by clause, what this version changes against the one before it. */
export function ContractChanges({ diff }: { diff: AgreementVersion['diff'] }) {
  if (!diff) return null;
  const changed = [
    ...diff.general.map(({ what, before, after }) => ({
      key: what,
      before: `${what}: ${before || 'none'}`,
      after: `${what}: ${after || 'none'}`,
    })),
    ...diff.changed,
  ];
  const nothing = changed.length + diff.added.length + diff.removed.length === 0;
  return (
    <Sheet title={`Against version ${diff.against}`} padded>
      {nothing && <p className="dim">Nothing is changed.</p>}
      <ul className="changes">
        {diff.added.map((sentence) => (
          <li key={sentence} className="change-added">
            <span className="change-word">new</span>
            <span>{sentence}</span>
          </li>
        ))}
        {changed.map(({ key, before, after }) => (
          <li key={key} className="change-changed">
            <span className="change-word">changed</span>
            <span>
              <del>{before}</del>
              <ins>{after}</ins>
            </span>
          </li>
        ))}
        {diff.removed.map((sentence) => (
          <li key={sentence} className="change-removed">
            <span className="change-word">gone</span>
            <span>{sentence}</span>
          </li>
        ))}
      </ul>
    </Sheet>
  );
}
