import { CloseButton, Group } from '@mantine/core';
import { useState } from 'react';
import type { ProposalDetail } from '#features/campaigns/contract/proposals.ts';
import { post, remove } from '#ui/api/client.ts';
import { capitalised, dayOfInstant, money, plural } from '#ui/formats.ts';
import { Deed } from '#ui/kit/Deed.tsx';
import { FormDialog } from '#ui/kit/FormDialog.tsx';
import { Go } from '#ui/kit/Go.tsx';
import { tell, tellProblem, tellUndoable } from '#ui/kit/toast.tsx';
import { paths } from '#ui/paths.ts';
import { stageLabel } from '#ui/records.ts';
import { doing } from './asking.ts';
import { blankCase, CaseFields } from './CasesDraft.tsx';

type Case = ProposalDetail['caseList'][number];

/** The leads and deals it would help, as those who met them tell it. */
export function CaseList({ detail }: { detail: ProposalDetail }) {
  const [adding, setAdding] = useState(false);
  const { caseList, cases } = detail;
  return (
    <section>
      <Group justify="space-between" mb={4}>
        <h3 className="content-part">{cases === 0 ? 'No cases yet' : plural(cases, 'case')}</h3>
        <Deed size="compact-sm" variant="default" whyNot={detail.can.addCase} onClick={() => setAdding(true)}>
          Add a case
        </Deed>
      </Group>
      {cases === 0 && <p className="dim small-print">A lead or deal that it would help says more than a vote.</p>}
      <ul className="case-list">
        {caseList.map((each) => (
          <CaseLine key={each.id} of={each} proposalId={detail.id} />
        ))}
      </ul>
      {cases > caseList.length && <p className="dim small-print">The latest {caseList.length} are shown.</p>}
      {adding && <AddCase proposalId={detail.id} onClose={() => setAdding(false)} />}
    </section>
  );
}

function CaseLine({ of, proposalId }: { of: Case; proposalId: string }) {
  const takeOut = (): void => {
    doing(remove(`/proposals/${proposalId}/cases/${of.id}`)).then(
      () =>
        tellUndoable(`“${of.name}” is no case any more.`, async () => {
          await doing(post(`/proposals/${proposalId}/cases`, { kind: of.kind, id: of.recordId, note: of.note }));
        }),
      tellProblem,
    );
  };
  return (
    <li>
      <div style={{ flex: 1, minWidth: 0 }}>
        <Go href={paths.record(of.kind === 'lead' ? 'leads' : 'deals', of.recordId)}>{of.name}</Go>{' '}
        <span className="dim">
          {[
            of.company,
            of.kind === 'lead' ? stageLabel(of.stage) : `${capitalised(of.stage)} deal`,
            of.amount && money(of.amount.amount, of.amount.currency),
          ]
            .filter(Boolean)
            .join(' · ')}
        </span>
        {of.note && <div className="wrap-any">{of.note}</div>}
        <div className="dim small-print">
          {of.addedBy.name}, {dayOfInstant(of.addedAt)}
        </div>
      </div>
      {of.mayNotRemove === null && <CloseButton aria-label={`Take “${of.name}” out`} onClick={takeOut} />}
    </li>
  );
}

function AddCase({ proposalId, onClose }: { proposalId: string; onClose(): void }) {
  const [draft, setDraft] = useState(blankCase);
  const send = async (): Promise<void> => {
    await doing(post(`/proposals/${proposalId}/cases`, { kind: draft.kind, id: draft.id, note: draft.note }));
    tell('Added.');
  };
  return (
    <FormDialog title="Add a case" label="Add" ready={draft.id !== null} missing="Choose the lead or deal." onClose={onClose} send={send}>
      <CaseFields draft={draft} name="Case" change={(changes) => setDraft((before) => ({ ...before, ...changes }))} />
    </FormDialog>
  );
}
