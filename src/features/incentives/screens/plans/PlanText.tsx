import type { PlanVersion } from '#features/incentives/contract/plans.ts';
import { count, day } from '#ui/formats.ts';
import { Sheet } from '#ui/kit/Page.tsx';

const parts = {
  whole: null,
  side: 'You see the figures of your side.',
  team: 'You see your team’s part.',
  own: 'You see your own part.',
} as const;

/** What a part pays, and, line by line, what else holds for it. */
const sentencesOf = (says: string): string[] => says.split(/(?<=\.) (?=[A-Z])/);

/** The plan in sentences: the whole of it, or the part that concerns the reader. */
export function PlanText({ version }: { version: PlanVersion }) {
  const { sentences, diff, payees } = version;
  return (
    <div className="stack">
      <Sheet title="What it says" padded>
        <p className="dim">
          {count(payees.marketing)} of marketing and {count(payees.sales)} of sales
          {version.effectiveFrom && `, from ${day(version.inForceFrom ?? version.effectiveFrom)}`}. {parts[version.part]}
        </p>
        <ol className="plan-sentences">
          {sentences.map(({ at, says }) => (
            <li key={`${at} ${says}`}>
              {sentencesOf(says).map((each) => (
                <span key={each}>{each} </span>
              ))}
            </li>
          ))}
        </ol>
      </Sheet>
      {diff && (diff.added.length > 0 || diff.removed.length > 0) && (
        <Sheet title={`Against version ${diff.against}`} padded>
          <ul className="changes">
            {diff.removed.map((text) => (
              <li key={`- ${text}`}>
                <del>{text}</del>
              </li>
            ))}
            {diff.added.map((text) => (
              <li key={`+ ${text}`}>
                <ins>{text}</ins>
              </li>
            ))}
          </ul>
        </Sheet>
      )}
    </div>
  );
}
