import { Tooltip } from '@mantine/core';
import { IconChevronUp } from '@tabler/icons-react';
import type { ProposalItem } from '#features/campaigns/contract/proposals.ts';
import { put, remove } from '#ui/api/client.ts';
import { count, plural } from '#ui/formats.ts';
import { tellProblem } from '#ui/kit/toast.tsx';
import { doing } from './asking.ts';

/** A vote, given or taken back; where one can't, it says why. */
export function VoteButton({ item }: { item: ProposalItem }) {
  const whyNot = item.mayNotVote;
  const toggle = (): void => {
    if (whyNot) return;
    const path = `/proposals/${item.id}/vote`;
    doing(item.voted ? remove(path) : put(path)).catch(tellProblem);
  };
  return (
    <Tooltip label={whyNot ?? (item.voted ? 'Take your vote back' : 'Vote for it')} multiline maw={260}>
      <button
        type="button"
        className="vote"
        aria-pressed={item.voted}
        aria-disabled={whyNot !== null}
        aria-label={`Vote for “${item.title}”: ${plural(item.votes, 'vote')}${whyNot ? `. Not now: ${whyNot}` : ''}`}
        onClick={toggle}
      >
        <IconChevronUp size={16} aria-hidden />
        <span>{count(item.votes)}</span>
      </button>
    </Tooltip>
  );
}
