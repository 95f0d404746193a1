import { day, dayOfInstant } from '#ui/formats.ts';
import { Go } from '#ui/kit/Go.tsx';
import { Sheet } from '#ui/kit/Page.tsx';
import { paths } from '#ui/paths.ts';
import type { TermDetail } from '../../contract.ts';
import { StateMark } from '../version/StateMark.tsx';

/** Every version there was, newest first. */
export function DefinitionVersions({ term, shown }: { term: TermDetail; shown: string }) {
  return (
    <Sheet title="Versions">
      <div className="version-list">
        {term.versions.map((version) => (
          <Go
            key={version.id}
            href={paths.definition(term.key, { version: version.id })}
            className="row-link version-row"
            aria-current={version.id === shown || undefined}
          >
            <span className="version-number">{version.number}</span>
            <span className="version-row-body">
              <StateMark {...version} />
              <span className="dim version-row-when">
                {[
                  version.status === 'proposed' && `waits for ${version.missing.join(' and ')}`,
                  version.effectiveFrom ? `from ${day(version.effectiveFrom)}` : `written ${dayOfInstant(version.madeAt)}`,
                  version.madeBy?.name,
                ]
                  .filter(Boolean)
                  .join(' · ')}
              </span>
            </span>
          </Go>
        ))}
      </div>
    </Sheet>
  );
}
