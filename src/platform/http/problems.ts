import { randomUUID } from 'node:crypto';
import { type FieldProblem, Problem } from '#platform/errors.ts';

/** RFC 9457. `code` is stable for programs; `detail` is for people. */
export interface ProblemDocument {
  type: string;
  title: string;
  status: number;
  detail: string;
  code: string;
  fields?: FieldProblem[];
  /** Names the entry in the server's log; only where the cause isn't told. */
  id?: string;
  [extra: string]: unknown;
}

export interface Refusal {
  document: ProblemDocument;
  headers: Record<string, string>;
  /** Log it as an error: nobody expected it. */
  unexpected: boolean;
}

const titles: Record<number, string> = {
  400: 'Bad request',
  401: 'Not signed in',
  403: 'Not allowed',
  404: 'Not found',
  405: 'Method not allowed',
  408: 'Too slow',
  409: 'Conflict',
  410: 'Gone',
  413: 'Too large',
  414: 'Address too long',
  415: 'Unsupported content',
  422: 'Key used for another request',
  429: 'Too many requests',
  500: 'Something went wrong here',
  503: 'Not available right now',
};
const codes: Record<number, string> = {
  400: 'bad-input',
  404: 'not-found',
  405: 'method-not-allowed',
  408: 'too-slow',
  413: 'too-large',
  414: 'address-too-long',
  415: 'unsupported-content',
  429: 'too-many',
  503: 'unavailable',
};

export function problemDocument(status: number, code: string, detail: string, more: Record<string, unknown> = {}): ProblemDocument {
  return { type: `urn:accord:problem:${code}`, title: titles[status] ?? 'Refused', status, detail, code, ...more };
}

/** Turns whatever was thrown into the answer and the headers it needs. Internals never leave the server. */
export function refusalOf(error: unknown): Refusal {
  const problem = error instanceof Problem ? error : databaseProblem(error);
  if (problem) return refusalOfProblem(problem);
  const status = (error as { statusCode?: number }).statusCode ?? 500;
  if (status >= 400 && status < 500)
    return {
      document: problemDocument(status, codes[status] ?? 'refused', frameworkDetail(error, status)),
      headers: {},
      unexpected: false,
    };
  if (status === 503) return refusalOfProblem(new Problem('unavailable', 'The server is closing. Try again in a moment.'));
  const document = problemDocument(500, 'internal', 'The server met something it did not expect. The id leads to its log.', {
    id: randomUUID(),
  });
  return { document, headers: {}, unexpected: true };
}

function refusalOfProblem(problem: Problem): Refusal {
  const { retryAfter, ...extra } = problem.extra ?? {};
  const document = problemDocument(problem.status, problem.code, problem.message, {
    ...(problem.fields ? { fields: problem.fields } : {}),
    ...extra,
  });
  const wait = retryAfter ?? (problem.status === 503 || problem.status === 429 ? 1 : undefined);
  return { document, headers: wait === undefined ? {} : { 'retry-after': String(wait) }, unexpected: false };
}

function frameworkDetail(error: unknown, status: number): string {
  if (status === 413) return 'The body is larger than this address takes.';
  if (status === 415) return 'The content type is not one this address takes; most take application/json.';
  return error instanceof Error && status === 400 ? `The request can't be read: ${error.message}` : (titles[status] ?? 'Refused');
}

/**
 * What PostgreSQL and its driver say, as an expected refusal, or nothing where it means a bug.
 * Codes: https://www.postgresql.org/docs/current/errcodes-appendix.html
 */
export function databaseProblem(error: unknown): Problem | undefined {
  if (!(error instanceof Error)) return undefined;
  const code = (error as { code?: unknown }).code;
  if (isAway(error.message, code))
    return new Problem('unavailable', 'The database is not available right now. Nothing was changed; try again in a moment.');
  if (typeof code !== 'string') return undefined;
  if (code === '53100' || code === '53200')
    return new Problem('unavailable', 'The database has no room left to write. Nothing was changed.', { extra: { retryAfter: 10 } });
  if (code === '57014')
    return new Problem('unavailable', 'This took longer than allowed and was stopped. Nothing was changed.', { extra: { retryAfter: 5 } });
  if (['40001', '40P01', '55P03'].includes(code))
    return new Problem('unavailable', 'Somebody changed the same records at the same moment. Nothing was changed; try again.');
  if (code === '23505') return new Problem('conflict', 'There is one like this already.');
  if (code === '23503') return new Problem('not-found', 'It names a record that is not here, or something still uses it.');
  if (['22P02', '22021', '22003', '22007', '22008', '22P05', '23514', '22001'].includes(code))
    return new Problem('bad-input', 'A value is not one that can be stored.');
  return undefined;
}

function isAway(message: string, code: unknown): boolean {
  if (
    typeof code === 'string' &&
    (/^(08|57P0)/.test(code) ||
      ['53300', '25006', 'ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'ENOTFOUND', 'ENOENT'].includes(code))
  ) {
    return code !== 'ENOENT' || message.includes('connect');
  }
  return /timeout exceeded when trying to connect|Connection terminated|Client has encountered a connection error|Client was closed and is not queryable|Cannot use a pool after calling end/.test(
    message,
  );
}
