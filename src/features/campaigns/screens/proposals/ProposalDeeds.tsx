import { Group } from '@mantine/core';
import { useState } from 'react';
import { proposalCan, type ProposalVerb } from '#engine/campaigns/proposal-states.ts';
import type { ProposalDetail } from '#features/campaigns/contract/proposals.ts';
import { useRights } from '#ui/api/session.ts';
import { Deed } from '#ui/kit/Deed.tsx';
import { AnswerProposal } from './AnswerProposal.tsx';
import { CloseDialog } from './CloseDialog.tsx';
import { EditProposal } from './EditProposal.tsx';

type Asked = Extract<ProposalVerb, 'plan' | 'finish' | 'decline' | 'edit' | 'withdraw' | 'reopen'>;

/** What can be done with it: marketing answers, who proposed changes it, takes it back or asks again. */
export function ProposalDeeds({ detail }: { detail: ProposalDetail }) {
  const [asked, setAsked] = useState<Asked | null>(null);
  const answers = useRights().may('proposals.answer');
  const { can } = detail;
  const isClosed = can.reopen === null || proposalCan.reopen.from.includes(detail.state);
  const shown: Asked[] = [
    ...(answers && !isClosed ? (['plan', 'finish', 'decline'] as const) : []),
    ...(isClosed ? (['reopen'] as const) : []),
    ...(can.edit === null ? (['edit'] as const) : []),
    ...(can.withdraw === null ? (['withdraw'] as const) : []),
  ];
  if (shown.length === 0) return null;
  return (
    <Group gap="xs">
      {shown.map((verb, at) => (
        <Deed key={verb} size="compact-md" {...(at > 0 && { variant: 'default' })} whyNot={can[verb]} onClick={() => setAsked(verb)}>
          {verb === 'plan' && detail.state === 'planned' ? 'Plan anew' : proposalCan[verb].label}
        </Deed>
      ))}
      {(asked === 'plan' || asked === 'finish' || asked === 'decline') && (
        <AnswerProposal detail={detail} verb={asked} onClose={() => setAsked(null)} />
      )}
      {asked === 'edit' && <EditProposal detail={detail} onClose={() => setAsked(null)} />}
      {(asked === 'withdraw' || asked === 'reopen') && <CloseDialog detail={detail} verb={asked} onClose={() => setAsked(null)} />}
    </Group>
  );
}
