import { Text } from '@mantine/core';
import type { PlanVersion } from '#features/goals/contract/plans.ts';
import type { Changes } from '#features/goals/contract/what-if-changes.ts';
import { patch, post } from '#ui/api/client.ts';
import { Deed } from '#ui/kit/Deed.tsx';
import { useGo } from '#ui/kit/Go.tsx';
import { tell, tellProblem } from '#ui/kit/toast.tsx';
import { paths } from '#ui/paths.ts';
import { askAgain } from '../asking.ts';

/** Takes what was tried into the draft, or into a next version of what is signed: as what the plan counts on. */
export function KeepChanges({ version, changes }: { version: PlanVersion; changes: Changes }) {
  const go = useGo();
  const { workBack } = version.content;
  if (!workBack) return null;
  const same = JSON.stringify(changes) === JSON.stringify(workBack.changes);
  const isDraft = version.can.edit === null;
  const whyNot = same ? 'Change something first.' : isDraft ? null : version.can.revise;
  const keep = async (): Promise<void> => {
    const content = { ...version.content, workBack: { ...workBack, changes } };
    try {
      const { id } = isDraft
        ? await patch<{ id: string }>(`/goals/plans/${version.id}`, { content })
        : await post<{ id: string }>('/goals/plans', { planId: version.planId, content });
      await askAgain();
      tell(isDraft ? 'The draft counts on it now.' : 'Kept as a draft of the next version.');
      go(paths.goalPlan(id));
    } catch (error) {
      tellProblem(error);
    }
  };
  return (
    <div className="sheet sheet-body">
      <Text size="sm" mb="xs">
        Nothing of this is kept. If you mean to do it, let the plan count on it: both sides sign it then.
      </Text>
      <Deed variant="default" whyNot={whyNot} onClick={() => void keep()}>
        {isDraft ? 'Keep in the draft' : 'Make it the next version'}
      </Deed>
    </div>
  );
}
