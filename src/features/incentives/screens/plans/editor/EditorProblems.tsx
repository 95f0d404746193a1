import { UnstyledButton } from '@mantine/core';
import { goToField } from './editing.tsx';
import type { FieldProblem } from './problems.ts';

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
