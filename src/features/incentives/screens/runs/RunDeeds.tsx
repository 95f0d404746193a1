import { Button, Group, Text, Textarea } from '@mantine/core';
import { useState } from 'react';
import type { Run } from '#features/incentives/contract/runs.ts';
import { apiUrl, post } from '#ui/api/client.ts';
import { Deed } from '#ui/kit/Deed.tsx';
import { FormDialog } from '#ui/kit/FormDialog.tsx';
import { tell, tellProblem } from '#ui/kit/toast.tsx';
import { MoneySums } from '../MoneySums.tsx';
import { askAgain } from '../asking.ts';

type Asked = 'approve' | 'lock' | 'discard';

/** What can be done with a run; a button that can't be used says why. */
export function RunDeeds({ run }: { run: Run }) {
  const [asked, setAsked] = useState<Asked | null>(null);
  const [busy, setBusy] = useState(false);
  const compute = async (): Promise<void> => {
    setBusy(true);
    try {
      await post(`/payout-runs/${run.id}/computation`);
      await askAgain();
      tell('Computed from what is on record now.');
    } catch (error) {
      tellProblem(error);
    } finally {
      setBusy(false);
    }
  };
  if (run.status === 'discarded') return null;
  return (
    <Group gap="xs" className="no-print">
      {run.status === 'draft' && (
        <>
          {run.payable && (
            <Deed whyNot={run.can.approve} onClick={() => setAsked('approve')}>
              Approve
            </Deed>
          )}
          {run.payable && (
            <Deed variant="default" whyNot={run.can.lock} onClick={() => setAsked('lock')}>
              Lock
            </Deed>
          )}
          <Deed variant="default" loading={busy} whyNot={run.can.compute} onClick={() => void compute()}>
            {run.attempt === 0 ? 'Compute' : 'Compute anew'}
          </Deed>
          <Deed variant="default" whyNot={run.can.discard} onClick={() => setAsked('discard')}>
            Discard
          </Deed>
        </>
      )}
      {run.status === 'locked' &&
        (run.can.export === null ? (
          <Button component="a" href={apiUrl(`/payout-runs/${run.id}/payroll/export`)} download variant="default">
            Download for payroll
          </Button>
        ) : null)}
      {asked === 'approve' && <Approve run={run} onClose={() => setAsked(null)} />}
      {asked === 'lock' && <Lock run={run} onClose={() => setAsked(null)} />}
      {asked === 'discard' && <Discard run={run} onClose={() => setAsked(null)} />}
    </Group>
  );
}

function Approve({ run, onClose }: { run: Run; onClose(): void }) {
  const [note, setNote] = useState('');
  const send = async (): Promise<void> => {
    await post(`/payout-runs/${run.id}/approvals`, { linesHash: run.linesHash, note });
    await askAgain();
    tell('Approved.');
  };
  return (
    <FormDialog title={`Approve ${run.label}?`} label="Approve" ready onClose={onClose} send={send}>
      <Text size="sm">
        You approve the lines you see, <MoneySums sums={run.sums} /> in all. Were they computed anew and came out otherwise, your approval
        would no longer count.
      </Text>
      <Textarea
        label="Note"
        description="Read by all who see the run"
        autosize
        minRows={2}
        maxLength={2_000}
        value={note}
        onChange={(event) => setNote(event.currentTarget.value)}
      />
    </FormDialog>
  );
}

function Lock({ run, onClose }: { run: Run; onClose(): void }) {
  const send = async (): Promise<void> => {
    await post(`/payout-runs/${run.id}/lock`);
    await askAgain();
    tell('Locked. The commissions are in the ledger.');
  };
  return (
    <FormDialog title={`Lock ${run.label}?`} label="Lock" ready onClose={onClose} send={send}>
      <Text size="sm">
        Nothing of it changes any more: not by you, not by anybody. What turns out later becomes a line of the next run. Each person’s sum
        goes into the ledger as a commission, and everybody paid sees their statement.
      </Text>
    </FormDialog>
  );
}

function Discard({ run, onClose }: { run: Run; onClose(): void }) {
  const [reason, setReason] = useState('');
  const send = async (): Promise<void> => {
    await post(`/payout-runs/${run.id}/discard`, { reason });
    await askAgain();
    tell('Discarded. The period can be run anew.');
  };
  return (
    <FormDialog
      title={`Discard ${run.label}?`}
      label="Discard"
      danger
      ready={reason.trim() !== ''}
      missing="Say why."
      onClose={onClose}
      send={send}
    >
      <Text size="sm">It stays readable, and the period can be run anew.</Text>
      <Textarea
        label="Why"
        required
        autosize
        minRows={2}
        maxLength={2_000}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
        data-autofocus
      />
    </FormDialog>
  );
}
