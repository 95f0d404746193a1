import { Text } from '@mantine/core';
import type { PlanVersion } from '#features/goals/contract/plans.ts';
import { post } from '#ui/api/client.ts';
import { useMe } from '#ui/api/session.ts';
import { capitalised, day } from '#ui/formats.ts';
import { FormDialog } from '#ui/kit/FormDialog.tsx';
import { SideMark } from '#ui/kit/Side.tsx';
import { tell } from '#ui/kit/toast.tsx';
import { askAgain } from '../asking.ts';
import { PlanHeadline } from './PlanHeadline.tsx';

/** Repeats what is signed and for whom; the signature is on the hash of exactly these words and this sheet. */
export function SignPlan({ plan, onClose }: { plan: PlanVersion; onClose(): void }) {
  const { name } = useMe().member;
  const { side, onBehalf } = plan.signing;
  const send = async (): Promise<void> => {
    await post(`/goals/plans/${plan.id}/signatures`, { contentHash: plan.contentHash, side });
    await askAgain();
    tell('Signed.');
  };
  if (!side) return null;
  return (
    <FormDialog title={`Sign “${plan.title}”`} label={`Sign for ${capitalised(side)}`} ready size="lg" onClose={onClose} send={send}>
      <Text size="sm" component="div">
        You, {name}, sign for <SideMark side={side} />
        {onBehalf && ', on its behalf: nobody of this side who could sign has a login'}. Its goals count from {day(plan.start)} to{' '}
        {day(plan.end)}.
      </Text>
      <div className="signed-text" tabIndex={0} role="region" aria-label="What you sign">
        <PlanHeadline plan={plan} />
        <ol className="plan-lines">
          {plan.sentences.map(({ goalId, sentence }) => (
            <li key={goalId}>{sentence}</li>
          ))}
        </ol>
      </div>
      <div>
        <Text size="xs" c="dimmed">
          Both sides sign the same goals and the same sheet, known by their fingerprint (SHA-256):
        </Text>
        <code className="hash">{plan.contentHash}</code>
      </div>
    </FormDialog>
  );
}
