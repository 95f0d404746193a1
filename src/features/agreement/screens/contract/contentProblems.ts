import type { AgreementContent } from '#engine/agreement/clause.ts';
import { agreementContentSchema } from '../../contract/clauses.ts';

export interface ContentProblem {
  /** Which clause, by its place; null: the contract as a whole. */
  readonly clause: number | null;
  readonly at: string;
  readonly reason: string;
}

/** What keeps the contract from being kept, by the very rules by which the server checks it. */
export function contentProblems(content: AgreementContent): ContentProblem[] {
  const read = agreementContentSchema.safeParse(content);
  if (read.success) return [];
  return read.error.issues.map(({ path, message }) => ({
    clause: path[0] === 'clauses' && typeof path[1] === 'number' ? path[1] : null,
    at: path.join('.'),
    reason: path.at(-1) === 'title' ? 'Give the clause a title.' : message,
  }));
}
