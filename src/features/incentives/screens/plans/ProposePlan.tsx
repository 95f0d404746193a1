import { Select, Text } from '@mantine/core';
import { useState } from 'react';
import { payPeriodAfter, payPeriodBefore, payPeriodOf } from '#features/incentives/contract/plan-periods.ts';
import type { PlanVersion } from '#features/incentives/contract/plans.ts';
import { post } from '#ui/api/client.ts';
import { today } from '#ui/formats.ts';
import { FormDialog } from '#ui/kit/FormDialog.tsx';
import { tell } from '#ui/kit/toast.tsx';
import { askAgain } from '../asking.ts';

/** Puts a draft before whom it pays: from now on it stays as it is read. */
export function ProposePlan({ version, onClose }: { version: PlanVersion; onClose(): void }) {
  const kind = version.periodKind;
  const running = payPeriodOf(today(), kind);
  const offered = [payPeriodAfter(running.start, kind), running, payPeriodBefore(running.start, kind)];
  const [from, setFrom] = useState(offered[0]!.start);
  const send = async (): Promise<void> => {
    await post(`/incentive-plan-versions/${version.id}/proposal`, { effectiveFrom: from });
    await askAgain();
    tell('Proposed. Whom it pays, the heads and the sponsor can sign now.');
  };
  return (
    <FormDialog title={`Propose ${version.name}`} label="Propose" ready onClose={onClose} send={send}>
      {(reasons) => (
        <>
          <Text size="sm">What is proposed is no longer edited. Everybody reads and signs the part that concerns them.</Text>
          <Select
            label="It counts from"
            description="A later version never counts backwards."
            data={offered.map(({ start, label }) => ({ value: start, label }))}
            value={from}
            error={reasons['effectiveFrom']}
            allowDeselect={false}
            onChange={(value) => value && setFrom(value)}
          />
        </>
      )}
    </FormDialog>
  );
}
