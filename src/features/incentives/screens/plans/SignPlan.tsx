import { Radio, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import type { PlanVersion } from '#features/incentives/contract/plans.ts';
import { post } from '#ui/api/client.ts';
import { useMe } from '#ui/api/session.ts';
import { day } from '#ui/formats.ts';
import { FormDialog } from '#ui/kit/FormDialog.tsx';
import { tell } from '#ui/kit/toast.tsx';
import { askAgain } from '../asking.ts';

const words = {
  payee: 'for yourself: your own part',
  marketing: 'for marketing',
  sales: 'for sales',
  sponsor: 'as the sponsor: the whole',
} as const;

/** The signature is on the hash of exactly the part one reads. */
export function SignPlan({ version, onClose }: { version: PlanVersion; onClose(): void }) {
  const { name } = useMe().member;
  const [signsAs, setSignsAs] = useState(version.signing.ways[0]!.signsAs);
  const way = version.signing.ways.find((each) => each.signsAs === signsAs)!;
  const send = async (): Promise<void> => {
    await post(`/incentive-plan-versions/${version.id}/signatures`, { signsAs, contentHash: way.contentHash });
    await askAgain();
    tell('Signed.');
  };
  return (
    <FormDialog title={`Sign ${version.name}, version ${version.number}`} label="Sign" ready size="lg" onClose={onClose} send={send}>
      <Text size="sm">
        You, {name}, sign {words[signsAs]}
        {way.onBehalf && ', on its behalf: no head of this side has a login'}. It counts from{' '}
        {day(version.inForceFrom ?? version.effectiveFrom)}. A signed version is never changed; who has not signed is not paid by it.
      </Text>
      {version.signing.ways.length > 1 && (
        <Radio.Group label="Sign" value={signsAs} onChange={(value) => setSignsAs(value as typeof signsAs)}>
          <Stack gap={6} mt={4}>
            {version.signing.ways.map((each) => (
              <Radio key={each.signsAs} value={each.signsAs} label={words[each.signsAs]} />
            ))}
          </Stack>
        </Radio.Group>
      )}
      <div className="signed-text" tabIndex={0} role="region" aria-label="What you sign">
        <ol className="plan-sentences">
          {version.sentences.map(({ at, says }) => (
            <li key={`${at} ${says}`}>{says}</li>
          ))}
        </ol>
      </div>
      <div>
        <Text size="xs" c="dimmed">
          Known by its fingerprint (SHA-256):
        </Text>
        <code className="hash">{way.contentHash}</code>
      </div>
    </FormDialog>
  );
}
