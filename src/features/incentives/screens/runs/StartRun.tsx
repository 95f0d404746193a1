import { Select } from '@mantine/core';
import { useState } from 'react';
import type { z } from 'zod';
import { payPeriodBefore } from '#features/incentives/contract/plan-periods.ts';
import { type PeriodKind, periodKinds } from '#engine/payout/plan.ts';
import type { madeRuns } from '#features/incentives/contract/runs.ts';
import { post, Problem } from '#ui/api/client.ts';
import { today } from '#ui/formats.ts';
import { FormDialog } from '#ui/kit/FormDialog.tsx';
import { useGo } from '#ui/kit/Go.tsx';
import { paths } from '#ui/paths.ts';
import { askAgain } from '../asking.ts';

const kinds: Readonly<Record<PeriodKind, string>> = { month: 'Month', quarter: 'Quarter', half: 'Half-year', year: 'Year' };
/** Periods that are offered, newest first. */
const offered = 8;

/** Starts the regular run of a period that is over, and computes it. */
export function StartRun({ onClose }: { onClose(): void }) {
  const go = useGo();
  const [kind, setKind] = useState<PeriodKind>('quarter');
  const periods = lastPeriods(kind);
  const [start, setStart] = useState(periods[0]!.value);
  const send = async (): Promise<void> => {
    const { ids } = await post<z.output<typeof madeRuns>>('/payout-runs', { kind: 'regular', periodKind: kind, periodStart: start });
    // What can't be computed yet says so on the run's own page.
    await post(`/payout-runs/${ids[0]}/computation`).catch((error: unknown) => {
      if (!(error instanceof Problem)) throw error;
    });
    await askAgain();
    go(paths.payoutRun(ids[0]!));
  };
  return (
    <FormDialog title="Run a period" label="Compute" ready onClose={onClose} send={send} onSent={() => {}}>
      {(reasons) => (
        <>
          <p className="dim">
            Everything on record by now counts. Nothing is paid until two others have approved the lines and the run is locked; you can
            discard it before.
          </p>
          <Select
            label="Plans that pay by"
            data={periodKinds.map((value) => ({ value, label: kinds[value] }))}
            value={kind}
            allowDeselect={false}
            onChange={(value) => {
              const chosen = value as PeriodKind;
              setKind(chosen);
              setStart(lastPeriods(chosen)[0]!.value);
            }}
          />
          <Select
            label="Period"
            data={periods}
            value={start}
            allowDeselect={false}
            error={reasons['periodStart']}
            onChange={(value) => value && setStart(value)}
          />
        </>
      )}
    </FormDialog>
  );
}

function lastPeriods(kind: PeriodKind): { value: string; label: string }[] {
  const periods: { value: string; label: string }[] = [];
  for (let day = today(); periods.length < offered; ) {
    const period = payPeriodBefore(day, kind);
    periods.push({ value: period.start, label: period.label });
    day = period.start;
  }
  return periods;
}
