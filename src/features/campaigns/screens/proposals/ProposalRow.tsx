import type { ProposalItem } from '#features/campaigns/contract/proposals.ts';
import { ago, money, plural } from '#ui/formats.ts';
import { SideMark } from '#ui/kit/Side.tsx';
import { answerWords, kindWords } from './proposalWords.ts';
import { VoteButton } from './VoteButton.tsx';

/** One proposal in the list: its votes, what it asks for, what is behind it, and how its answer stands. */
export function ProposalRow({ item, open }: { item: ProposalItem; open(): void }) {
  const answer = answerWords(item);
  return (
    <li className="proposal">
      <VoteButton item={item} />
      <div className="proposal-what">
        <button type="button" className="as-link proposal-title wrap-any" onClick={open}>
          {item.title}
        </button>
        <div className="dim small-print">
          {kindWords[item.kind].label} · {item.proposedBy.name} <SideMark side={item.side} /> · {ago(item.proposedAt)}
        </div>
        {item.text && <div className="proposal-text dim">{item.text}</div>}
      </div>
      <div className="proposal-behind">
        {item.value.open.deals > 0 ? (
          <>
            <strong>{money(item.value.open.amount, item.value.currency)}</strong>
            <div className="dim small-print">{plural(item.value.open.deals, 'open deal')} behind it</div>
          </>
        ) : (
          <div className="dim small-print">{item.cases > 0 ? plural(item.cases, 'case') : 'No cases yet'}</div>
        )}
      </div>
      <div className={`proposal-answer ${answer.look}`}>{answer.words}</div>
    </li>
  );
}
