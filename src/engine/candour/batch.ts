/** When what was written anonymously is shown: with others, and while enough people were about who could have written it. */

/** So many together at least, unless a day has passed. */
export const fewestInBatch = 3;
/** People who could have written it, before anything anonymous is taken at all. */
export const fewestWriters = 5;
/** Those, and the one it concerns: so many must have used the product since the first of the batch came. */
export const fewestAbout = fewestWriters + 1;

export interface Waiting {
  /** Days on which they came, `YYYY-MM-DD`. */
  readonly days: readonly string[];
  readonly today: string;
  /** Members who may give feedback and used the product since the first of these days began. */
  readonly about: number;
}

/** Why what waits is not shown yet; null: it is. */
export function whyNotShown({ days, today, about }: Waiting): string | null {
  if (days.length === 0) return 'Nothing waits.';
  if (days.length < fewestInBatch && days.every((day) => day >= today)) return `Fewer than ${fewestInBatch} wait, and no day has passed.`;
  return about < fewestAbout ? `Fewer than ${fewestAbout} people who could have written it were here since.` : null;
}
