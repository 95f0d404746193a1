import { capitalised } from '#ui/formats.ts';
import type { Checked } from './asking.ts';

/** What is wrong with a plan, and what experience warns of. */
export function Warnings({ problems, warnings }: Checked) {
  return (
    <>
      {problems.length > 0 && (
        <div className="notice bad">
          <strong>It can’t be proposed so:</strong>
          <ul className="tight">
            {problems.map(({ at, what, fine }) => (
              <li key={`${at} ${what}`}>
                {capitalised(what)} <span className="dim">({at})</span>; {fine} would be fine.
              </li>
            ))}
          </ul>
        </div>
      )}
      {warnings.length > 0 && (
        <div className="notice warn">
          <strong>Worth a second look:</strong>
          <ul className="tight">
            {warnings.map(({ at, what, better }) => (
              <li key={`${at} ${what}`}>
                {capitalised(what)}. <span className="dim">Better: {better}.</span>
              </li>
            ))}
          </ul>
        </div>
      )}
    </>
  );
}
