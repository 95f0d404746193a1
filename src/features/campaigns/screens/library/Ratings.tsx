import { Button, Rating } from '@mantine/core';
import { useState } from 'react';
import type { AssetDetail, AssetRating } from '#features/campaigns/contract/library.ts';
import { dayOfInstant } from '#ui/formats.ts';
import { Sheet } from '#ui/kit/Page.tsx';
import { SideMark } from '#ui/kit/Side.tsx';
import { AnswerRating } from './AnswerRating.tsx';
import { ratingTold } from './libraryWords.ts';

/** What is thought of it, with reasons, and what who answers for it says to that. */
export function Ratings({ detail }: { detail: AssetDetail }) {
  const [answering, setAnswering] = useState<AssetRating | null>(null);
  return (
    <Sheet title={`Ratings: ${ratingTold(detail).toLowerCase()}`} id="ratings">
      {detail.ratings.length === 0 && (
        <p className="sheet-body dim">Nobody has rated it. A rating comes with its reason and goes to who answers for it.</p>
      )}
      <ul className="rating-list">
        {detail.ratings.map((rating) => (
          <RatingLine key={rating.id} rating={rating} answer={() => setAnswering(rating)} />
        ))}
      </ul>
      {answering && <AnswerRating rating={answering} onClose={() => setAnswering(null)} />}
    </Sheet>
  );
}

function RatingLine({ rating, answer }: { rating: AssetRating; answer(): void }) {
  const { member, side, stars, reason, ratedAt, versionNumber, replaced } = rating;
  return (
    <li className={replaced ? 'dim' : undefined}>
      <div className="rating-head">
        <span aria-hidden>
          <Rating value={stars} readOnly size="sm" />
        </span>
        <span className="visually-hidden">{stars} of 5</span>
        <strong>{member.name}</strong> <SideMark side={side} />
        <span className="dim small-print">
          {dayOfInstant(ratedAt)}
          {versionNumber !== null && `, version ${versionNumber}`}
          {replaced && ', replaced by a later one'}
        </span>
      </div>
      <blockquote className="said">{reason}</blockquote>
      {rating.answer ? (
        <div className="rating-answer">
          <strong>{rating.answer.by.name}</strong> <span className="dim small-print">{dayOfInstant(rating.answer.at)}</span>
          <blockquote className="said">{rating.answer.text}</blockquote>
        </div>
      ) : (
        rating.mayNotAnswer === null &&
        !replaced && (
          <Button size="compact-sm" variant="default" onClick={answer}>
            Answer
          </Button>
        )
      )}
    </li>
  );
}
