import { Drawer, Text } from '@mantine/core';
import type { ProposalDetail } from '#features/campaigns/contract/proposals.ts';
import { instant, plural } from '#ui/formats.ts';
import { Go } from '#ui/kit/Go.tsx';
import { SideMark } from '#ui/kit/Side.tsx';
import { Answer } from '#ui/kit/States.tsx';
import { useFocusBack } from '#ui/kit/useFocusBack.ts';
import { paths } from '#ui/paths.ts';
import { useProposal } from './asking.ts';
import { CaseList } from './CaseList.tsx';
import { ProposalDeeds } from './ProposalDeeds.tsx';
import { answerWords, kindWords } from './proposalWords.ts';
import { ProposalHistory } from './ProposalHistory.tsx';
import { ValueBehind } from './ValueBehind.tsx';
import { VoteButton } from './VoteButton.tsx';

/** One proposal: what is asked for, what is behind it, what was answered, and what the reader can do. */
export function ProposalDrawer({ id, onClose }: { id: string; onClose(): void }) {
  useFocusBack();
  const proposal = useProposal(id);
  return (
    <Drawer opened onClose={onClose} position="right" size="min(680px, 100%)" title="Proposal">
      <Answer of={proposal} what="This proposal" lines={10}>
        {(detail) => <Known detail={detail} />}
      </Answer>
    </Drawer>
  );
}

function Known({ detail }: { detail: ProposalDetail }) {
  return (
    <div className="stack">
      <div className="proposal-head">
        <VoteButton item={detail} />
        <div style={{ minWidth: 0 }}>
          <h2 className="wrap-any">{detail.title}</h2>
          <div className="dim small-print">
            {kindWords[detail.kind].label} · {detail.proposedBy.name} <SideMark side={detail.side} /> · {instant(detail.proposedAt)}
          </div>
        </div>
      </div>
      {detail.text && <Text className="wrap-any proposal-words">{detail.text}</Text>}
      <Answered detail={detail} />
      <ProposalDeeds detail={detail} />
      <ValueBehind detail={detail} />
      <CaseList detail={detail} />
      <Voters detail={detail} />
      <ProposalHistory detail={detail} />
    </div>
  );
}

/** The answer that stands, or by when there is one. */
function Answered({ detail }: { detail: ProposalDetail }) {
  const { words, look } = answerWords(detail);
  const { campaign, asset, comment, answeredBy } = detail;
  return (
    <div className="answer-box">
      <strong className={look}>{words}</strong>
      {answeredBy && <span className="dim"> · {answeredBy.name}</span>}
      {comment && <blockquote className="said">{comment}</blockquote>}
      {campaign && (
        <div>
          Campaign: <Go href={paths.record('campaigns', campaign.id)}>{campaign.name}</Go>
        </div>
      )}
      {asset && (
        <div>
          Content: <Go href={paths.asset(asset.id)}>{asset.name}</Go>
        </div>
      )}
    </div>
  );
}

function Voters({ detail: { voters } }: { detail: ProposalDetail }) {
  return (
    <section>
      <h3 className="content-part">{voters.length === 0 ? 'No votes yet' : plural(voters.length, 'vote')}</h3>
      {voters.length > 0 && <Text size="sm">{voters.map(({ name }) => name).join(', ')}</Text>}
    </section>
  );
}
