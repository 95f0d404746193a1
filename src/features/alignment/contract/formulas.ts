/** Where a number's formula stands in the generated documentation (scripts/reference/alignment-index.ts, misalignment-cost.ts). */

const documents = { index: 'alignment-index', cost: 'misalignment-cost' } as const;

/** A path below the root of the project, with the anchor of one formula. */
export const formulaAt = (of: keyof typeof documents, name: string): string => `docs/reference/${documents[of]}.md#${name}`;
