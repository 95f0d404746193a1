import { capitalised } from '#ui/formats.ts';
import type { DefinitionVersion } from '../../contract.ts';

/** What this version asks that the earlier one did not, and the other way round. */
export function DefinitionChanges({ diff }: { diff: DefinitionVersion['diff'] }) {
  if (!diff) return null;
  const same = diff.added.length === 0 && diff.removed.length === 0;
  return (
    <>
      <h3 className="part-head">Against version {diff.against}</h3>
      {same ? (
        <p className="dim">The rule is the same.</p>
      ) : (
        <ul className="changes">
          {diff.added.map((sentence) => (
            <li key={`+${sentence}`} className="change-added">
              <span className="change-word">new</span>
              <span>{capitalised(sentence)}</span>
            </li>
          ))}
          {diff.removed.map((sentence) => (
            <li key={`-${sentence}`} className="change-removed">
              <span className="change-word">gone</span>
              <span>{capitalised(sentence)}</span>
            </li>
          ))}
          {diff.kept.length > 0 && (
            <li className="dim">
              <span className="change-word">kept</span>
              <span>{capitalised(diff.kept.join('; '))}</span>
            </li>
          )}
        </ul>
      )}
    </>
  );
}
