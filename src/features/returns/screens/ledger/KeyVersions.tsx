import type { AllocationKey } from '#features/returns/contract/plans.ts';
import { categoryLabels } from '#features/returns/contract/ledger.ts';
import { dayOfInstant, month, plural } from '#ui/formats.ts';
import { measureWords } from './keyWords.ts';

type Version = AllocationKey['versions'][number];

/** Every version that was made: a month keeps the one that counted in it. */
export function KeyVersions({ versions }: { versions: readonly Version[] }) {
  return (
    <details className="key-versions">
      <summary>{plural(versions.length, 'version')}</summary>
      <ul className="plain-list">
        {versions.map((version) => (
          <li key={version.number} className="wrap-any">
            <strong>{version.number}</strong>, from {month(version.effectiveFrom)}:{' '}
            {version.retired ? 'retired, spreads nothing' : wordsOf(version)}
            <span className="dim">
              {' '}
              · {version.recordedBy?.name ?? 'somebody'}, {dayOfInstant(version.recordedAt)}
            </span>
          </li>
        ))}
      </ul>
    </details>
  );
}

function wordsOf({ name, content: { applies, onto, by, shares } }: Version): string {
  const what = applies.categories.length === 0 ? 'all categories' : applies.categories.map((each) => categoryLabels[each]).join(', ');
  const whose = applies.side ? ` of ${applies.side}` : '';
  const weights = shares.length > 0 ? `, ${plural(shares.length, 'target')}` : '';
  return `“${name}”, ${what}${whose} onto ${onto}s, ${measureWords[by].toLowerCase()}${weights}`;
}
