import { UnstyledButton } from '@mantine/core';
import { goToField } from './editing.tsx';
import type { FieldProblem } from './problems.ts';

/** How many, always in sight; leads to the first. */
export function ProblemCount({ problems: [first, ...others] }: { problems: readonly FieldProblem[] }) {
  if (!first) return null;
  return (
    <UnstyledButton className="link-button" onClick={() => goToField(first.at)}>
      {others.length === 0 ? 'One thing to mend' : `${others.length + 1} things to mend`}
    </UnstyledButton>
  );
}

/** What keeps a plan from being proposed, each leading to its field. */
export function EditorProblems({ problems }: { problems: readonly FieldProblem[] }) {
  if (problems.length === 0) return null;
  return (
    <div className="notice bad" role="status">
      <strong>{problems.length === 1 ? 'One thing keeps it' : `${problems.length} things keep it`} from being proposed:</strong>
      <ul className="tight">
        {problems.map(({ at, says, part }) => (
          <li key={`${at} ${says}`}>
            <UnstyledButton className="link-button" onClick={() => goToField(at)}>
              {part}
            </UnstyledButton>
            : {says}
          </li>
        ))}
      </ul>
    </div>
  );
}
