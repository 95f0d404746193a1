import { IconCircle, IconCircleCheck } from '@tabler/icons-react';
import type { Run } from '#features/incentives/contract/runs.ts';

/** The way of a run from computed to payroll, and how far it has come. */
export function RunSteps({ run }: { run: Run }) {
  if (run.status === 'discarded') return null;
  const locked = run.status === 'locked';
  const steps = [
    { label: 'Computed', done: run.attempt > 0 },
    {
      label: `Approved by two (${Math.min(run.approvals, run.approvalsNeeded)} of ${run.approvalsNeeded})`,
      done: locked || run.approvals >= run.approvalsNeeded,
    },
    { label: 'Locked and in the ledger', done: locked },
    { label: 'Ready for payroll', done: locked },
  ];
  return (
    <ol className="run-steps" aria-label="How far it has come">
      {steps.map(({ label, done }) => (
        <li key={label} data-done={done || undefined}>
          {done ? <IconCircleCheck size={18} className="good" aria-label="Done" /> : <IconCircle size={18} aria-label="To do" />}
          {label}
        </li>
      ))}
    </ol>
  );
}
