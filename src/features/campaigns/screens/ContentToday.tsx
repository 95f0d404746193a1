import { IconEye, IconMessageStar, IconSpeakerphone, IconStack2 } from '@tabler/icons-react';
import { useState, type ReactNode } from 'react';
import { standingWords } from '#engine/campaigns/asset-standing.ts';
import type { AssetRating, LibraryWaiting } from '#features/campaigns/contract/library.ts';
import type { ProposalsWaiting } from '#features/campaigns/contract/proposals.ts';
import { ago, count, plural } from '#ui/formats.ts';
import { Go } from '#ui/kit/Go.tsx';
import { Sheet } from '#ui/kit/Page.tsx';
import { paths } from '#ui/paths.ts';
import './campaigns-content.css';
import { useLibraryWaiting } from './library/asking.ts';
import { AnswerRating } from './library/AnswerRating.tsx';
import { useProposalsWaiting } from './proposals/asking.ts';
import { answerWords } from './proposals/proposalWords.ts';

/** Proposals to answer or answered, ratings of own content, stale content, and own links that were opened. Nothing stands here when nothing waits. */
export function ContentToday() {
  const proposals = useProposalsWaiting().data;
  const library = useLibraryWaiting().data;
  const waiting = (proposals ? proposals.toAnswer.length + proposals.answered.length : 0) + (library ? rowsOf(library) : 0);
  if (waiting === 0) return null;
  return (
    <div className="columns">
      {proposals && proposals.toAnswer.length + proposals.answered.length > 0 && <ProposalsToday waiting={proposals} />}
      {library && rowsOf(library) > 0 && <LibraryToday waiting={library} />}
    </div>
  );
}

const rowsOf = ({ ratings, stale, opened }: LibraryWaiting): number => ratings.length + stale.length + opened.length;

function Row({ href, icon, children, act }: { href: string; icon: ReactNode; children: ReactNode; act?: ReactNode }) {
  return (
    <Go href={href} className="row-link">
      {icon}
      <span style={{ flex: '1 1 60%', minWidth: 0 }} className="wrap-any">
        {children}
      </span>
      {act && <span className="today-act">{act}</span>}
    </Go>
  );
}

function ProposalsToday({ waiting }: { waiting: ProposalsWaiting }) {
  const { toAnswer, answered, open, overdue } = waiting;
  const title =
    toAnswer.length > 0 ? `${plural(open, 'proposal')} to answer${overdue > 0 ? `, ${count(overdue)} overdue` : ''}` : 'Proposals';
  const icon = <IconSpeakerphone size={18} className="dim" aria-hidden />;
  return (
    <Sheet title={title} actions={<Go href={paths.proposals()}>Proposals</Go>}>
      {toAnswer.map((item) => (
        <Row
          key={item.id}
          href={paths.proposals({ at: item.id })}
          icon={icon}
          act={<span className={answerWords(item).look}>{answerWords(item).words}</span>}
        >
          <strong>{item.title}</strong> <span className="dim">{item.proposedBy.name}</span>
        </Row>
      ))}
      {answered.map((item) => (
        <Row key={item.id} href={paths.proposals({ state: 'all', at: item.id })} icon={icon} act={answerWords(item).words}>
          Your proposal <strong>{item.title}</strong> was answered
        </Row>
      ))}
    </Sheet>
  );
}

function LibraryToday({ waiting: { ratings, stale, opened } }: { waiting: LibraryWaiting }) {
  const [answering, setAnswering] = useState<AssetRating | null>(null);
  return (
    <Sheet title="Content" actions={<Go href={paths.library()}>Library</Go>}>
      {opened.slice(0, 5).map(({ asset, subject, at, opens }) => (
        <Row
          key={`${asset.id} ${subject.id} ${at}`}
          href={paths.record(subject.kind === 'lead' ? 'leads' : 'deals', subject.id)}
          icon={<IconEye size={18} className="good" aria-hidden />}
          act={ago(at)}
        >
          <strong>{subject.name}</strong> opened “{asset.name}”{opens > 1 && ` ${count(opens)} times`}
        </Row>
      ))}
      {ratings.slice(0, 5).map((rating) => (
        <button key={rating.id} type="button" className="row-link row-button" onClick={() => setAnswering(rating)}>
          <IconMessageStar size={18} className="warn" aria-hidden />
          <span style={{ flex: '1 1 60%', minWidth: 0 }} className="wrap-any">
            {rating.member.name} rates “{rating.asset.name}” {rating.stars} of 5: {rating.reason}
          </span>
          <span className="today-act">Answer</span>
        </button>
      ))}
      {stale.slice(0, 5).map(({ id, title, standing }) => (
        <Row
          key={id}
          href={paths.asset(id)}
          icon={<IconStack2 size={18} className="warn" aria-hidden />}
          act={standingWords[standing].label}
        >
          {title}
        </Row>
      ))}
      {answering && <AnswerRating rating={answering} onClose={() => setAnswering(null)} />}
    </Sheet>
  );
}
