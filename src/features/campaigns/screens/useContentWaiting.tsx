import { useState } from 'react';
import { standingWords } from '#engine/campaigns/asset-standing.ts';
import type { AssetRating, LibraryWaiting } from '#features/campaigns/contract/library.ts';
import type { ProposalsWaiting } from '#features/campaigns/contract/proposals.ts';
import { ago, count, plural } from '#ui/formats.ts';
import { Deed } from '#ui/kit/Deed.tsx';
import { paths } from '#ui/paths.ts';
import type { PartToday, TodayItem } from '#ui/today/waiting.ts';
import { useLibraryWaiting } from './library/asking.ts';
import { AnswerRating } from './library/AnswerRating.tsx';
import { useProposalsWaiting } from './proposals/asking.ts';
import { answerWords } from './proposals/proposalWords.ts';

/** Proposals to answer or answered, ratings of own content, stale content, and own links that were opened. */
export function useContentWaiting(): PartToday {
  const proposals = useProposalsWaiting();
  const library = useLibraryWaiting();
  return {
    items: [...(proposals.data ? ofProposals(proposals.data) : []), ...(library.data ? ofLibrary(library.data) : [])],
    asked: [proposals, library],
  };
}

function ofProposals({ toAnswer, answered, open }: ProposalsWaiting): TodayItem[] {
  const part = 'Proposals';
  const more = open - toAnswer.length;
  return [
    ...toAnswer.map(
      (item): TodayItem => ({
        ...{
          key: `proposal ${item.id}`,
          part,
          stake: 'colleague',
          dueAt: item.dueAt,
          href: paths.proposals({ at: item.id }),
          act: 'Answer',
        },
        ...{ says: <strong>{item.title}</strong>, about: `${item.proposedBy.name} asks for it, with ${plural(item.votes, 'vote')}` },
      }),
    ),
    ...(toAnswer.length > 0 && more > 0
      ? [
          {
            key: 'proposals',
            part,
            stake: 'colleague',
            dueAt: null,
            href: paths.proposals(),
            says: `${plural(more, 'more proposal')} to answer`,
          } as const,
        ]
      : []),
    ...answered.map(
      (item): TodayItem => ({
        ...{ key: `answered ${item.id}`, part, stake: 'reading', dueAt: null, href: paths.proposals({ state: 'all', at: item.id }) },
        ...{ says: `Your proposal “${item.title}” was answered`, act: answerWords(item).words },
      }),
    ),
  ];
}

function ofLibrary({ ratings, stale, opened }: LibraryWaiting): TodayItem[] {
  const part = 'Content';
  return [
    ...opened.slice(0, 5).map(
      ({ asset, subject, at, opens }): TodayItem => ({
        ...{ key: `opened ${asset.id} ${subject.id} ${at}`, part, stake: 'customer', dueAt: null, act: ago(at) },
        href: paths.record(subject.kind === 'lead' ? 'leads' : 'deals', subject.id),
        says: `${subject.name} opened “${asset.name}”${opens > 1 ? ` ${count(opens)} times` : ''}`,
      }),
    ),
    ...ratings.slice(0, 5).map(
      (rating): TodayItem => ({
        ...{ key: `rating ${rating.id}`, part, stake: 'colleague', dueAt: null, says: null, row: <Rating rating={rating} /> },
      }),
    ),
    ...stale.slice(0, 5).map(
      ({ id, title, standing }): TodayItem => ({
        ...{
          key: `stale ${id}`,
          part,
          stake: 'reading',
          dueAt: null,
          href: paths.asset(id),
          says: title,
          act: standingWords[standing].label,
        },
      }),
    ),
  ];
}

function Rating({ rating }: { rating: LibraryWaiting['ratings'][number] }) {
  const [answering, setAnswering] = useState<AssetRating | null>(null);
  return (
    <div className="today-own">
      <span className="wrap-any">
        {rating.member.name} rates “{rating.asset.name}” {rating.stars} of 5: {rating.reason}
      </span>
      <Deed size="compact-sm" variant="default" onClick={() => setAnswering(rating)}>
        Answer
      </Deed>
      {answering && <AnswerRating rating={answering} onClose={() => setAnswering(null)} />}
    </div>
  );
}
