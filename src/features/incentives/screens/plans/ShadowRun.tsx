import { Select, Text } from '@mantine/core';
import { useState } from 'react';
import type { z } from 'zod';
import { type PayPeriod, payPeriodBefore } from '#features/incentives/contract/plan-periods.ts';
import type { PlanVersion } from '#features/incentives/contract/plans.ts';
import type { madeRuns } from '#features/incentives/contract/runs.ts';
import { post } from '#ui/api/client.ts';
import { today } from '#ui/formats.ts';
import { FormDialog } from '#ui/kit/FormDialog.tsx';
import { useGo } from '#ui/kit/Go.tsx';
import { paths } from '#ui/paths.ts';
import { askAgain } from '../asking.ts';

const offered = 8;

/** What the version would have paid over past periods: before anybody signs. */
export function ShadowRun({ version, onClose }: { version: PlanVersion; onClose(): void }) {
  const go = useGo();
  const periods = pastPeriods(version.periodKind);
  const [first, setFirst] = useState(periods[Math.min(3, periods.length - 1)]!.start);
  const send = async (): Promise<void> => {
    const { ids } = await post<z.output<typeof madeRuns>>('/payout-runs', {
      kind: 'shadow',
      versionId: version.id,
      periodStart: first,
      lastPeriodStart: periods[0]!.start,
    });
    for (const id of ids) await post(`/payout-runs/${id}/computation`);
    await askAgain();
    go(ids.length === 1 ? paths.payoutRun(ids[0]!) : `${paths.payoutRuns()}?kind=shadow&versionId=${version.id}`);
  };
  return (
    <FormDialog title={`Shadow run of ${version.name}`} label="Compute" ready onClose={onClose} send={send} onSent={() => {}}>
      <Text size="sm">It shows what the plan would have paid by what is on record, person by person. Nothing of it is paid.</Text>
      <Select
        label={`From, through ${periods[0]!.label}`}
        data={periods.map(({ start, label }) => ({ value: start, label }))}
        value={first}
        allowDeselect={false}
        onChange={(value) => value && setFirst(value)}
      />
    </FormDialog>
  );
}

function pastPeriods(kind: PlanVersion['periodKind']): PayPeriod[] {
  const periods: PayPeriod[] = [];
  for (let day = today(); periods.length < offered; ) {
    const period = payPeriodBefore(day, kind);
    periods.push(period);
    day = period.start;
  }
  return periods;
}
