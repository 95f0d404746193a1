/**
 * Expected refusals, each with the status it answers with (RFC 9457). `detail` says where, what, and
 * what would be fine; it is shown to people.
 */
export const problemStatus = {
  'bad-input': 400,
  unauthenticated: 401,
  forbidden: 403,
  'not-found': 404,
  conflict: 409,
  gone: 410,
  'too-large': 413,
  'unsupported-file': 415,
  'idempotency-mismatch': 422,
  'too-many': 429,
  unavailable: 503,
} as const;
export type ProblemCode = keyof typeof problemStatus;

export interface FieldProblem {
  /** Path of the field, e.g. `sets.ownerId`. */
  at: string;
  reason: string;
}

export class Problem extends Error {
  readonly code: ProblemCode;
  readonly fields: FieldProblem[] | undefined;
  readonly extra: Record<string, unknown> | undefined;
  constructor(code: ProblemCode, detail: string, more: { fields?: FieldProblem[]; extra?: Record<string, unknown> } = {}) {
    super(detail);
    this.name = 'Problem';
    this.code = code;
    this.fields = more.fields;
    this.extra = more.extra;
  }
  get status(): number {
    return problemStatus[this.code];
  }
}

export const notFound = (what: string): Problem => new Problem('not-found', `There is no such ${what} here.`);
