/** What a closed pulse tells: each group that may be told with its size and means, each other one as too few. */

import { blunt } from './blunt.ts';
import { type Belonging, type Choice, groupsOf } from './groups.ts';
import { tellable } from './tellable.ts';

export interface Response extends Belonging {
  /** From 1 to 5 by the question's key; every question is answered. */
  readonly scores: Readonly<Record<string, number>>;
}

export interface Cell extends Choice {
  /** Null: too few here, or too few of those around it would be left. */
  readonly answers: number | null;
  /** To a hundredth, by the question's key. */
  readonly means: Readonly<Record<string, number>> | null;
}

export const scale = { lowest: 1, highest: 5 };

export function pulseCells(responses: readonly Response[], questions: readonly string[]): Cell[] {
  const groups = groupsOf(responses);
  const { told, atomOf } = tellable(
    responses.length,
    groups.map(({ people }) => people),
  );
  const summed = questions.map((key) => ({
    key,
    scores: blunt(
      responses.map(({ scores }) => scores[key]!),
      atomOf,
      scale,
    ),
  }));
  return groups.map(({ people, ...choice }, at) => ({
    ...choice,
    answers: told[at] ? people.length : null,
    means: told[at] ? Object.fromEntries(summed.map(({ key, scores }) => [key, meanOf(people.map((person) => scores[person]!))])) : null,
  }));
}

/** To a hundredth, halves up. */
const meanOf = (scores: readonly number[]): number =>
  Math.floor((scores.reduce((sum, score) => sum + score, 0) * 100) / scores.length + 0.5) / 100;
