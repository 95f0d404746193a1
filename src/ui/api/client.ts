import { serverAnswered, serverMissing } from './connection.ts';

/** What the server answers when it refuses (RFC 9457). `status` 0: no answer came at all. */
export class Problem extends Error {
  readonly status: number;
  readonly code: string;
  readonly title: string;
  readonly fields: readonly { at: string; reason: string }[];

  constructor(
    status: number,
    body: { title?: string; detail?: string; code?: string; fields?: readonly { at: string; reason: string }[] },
  ) {
    super(body.detail ?? body.title ?? `The server answered ${status}`);
    this.status = status;
    this.code = body.code ?? 'unknown';
    this.title = body.title ?? 'Something went wrong';
    this.fields = body.fields ?? [];
  }
}

export type Query = Record<string, string | number | boolean | null | undefined>;

interface Request {
  query?: Query;
  body?: unknown;
  signal?: AbortSignal;
}

/** Path below `/api/v1` with its query; nulls and blanks are left out. */
export function apiUrl(path: string, query: Query = {}): string {
  const pairs = Object.entries(query).filter(([, value]) => value !== null && value !== undefined && value !== '');
  const search = new URLSearchParams(pairs.map(([key, value]) => [key, String(value)])).toString();
  return `/api/v1${path}${search ? `?${search}` : ''}`;
}

export const get = <T>(path: string, query?: Query, signal?: AbortSignal): Promise<T> =>
  send<T>('GET', path, { ...(query && { query }), ...(signal && { signal }) });
export const post = <T>(path: string, body?: unknown): Promise<T> => write<T>('POST', path, body);
export const put = <T>(path: string, body?: unknown): Promise<T> => write<T>('PUT', path, body);
export const patch = <T>(path: string, body?: unknown): Promise<T> => write<T>('PATCH', path, body);
export const remove = <T>(path: string): Promise<T> => write<T>('DELETE', path);

/** A write is tried again with the same key while the server doesn't answer: one effect, however often it is sent. */
async function write<T>(method: string, path: string, body?: unknown): Promise<T> {
  const key = crypto.randomUUID();
  for (let attempt = 0; ; attempt += 1) {
    try {
      return await send<T>(method, path, { body }, key);
    } catch (error) {
      const passing = error instanceof Problem && (error.status === 0 || error.status === 503);
      if (!passing || attempt === 4) throw error;
      await new Promise((resolve) => setTimeout(resolve, 500 * 2 ** attempt));
    }
  }
}

async function send<T>(method: string, path: string, request: Request, key?: string): Promise<T> {
  const form = request.body instanceof FormData;
  const headers: Record<string, string> = { accept: 'application/json' };
  if (request.body !== undefined && !form) headers['content-type'] = 'application/json';
  if (key && !form) headers['idempotency-key'] = key;
  const answer = await fetch(apiUrl(path, request.query), {
    method,
    headers,
    credentials: 'same-origin',
    ...(request.signal && { signal: request.signal }),
    ...(request.body !== undefined && { body: form ? (request.body as FormData) : JSON.stringify(request.body) }),
  }).catch((error: unknown) => {
    if (error instanceof DOMException && error.name === 'AbortError') throw error;
    serverMissing();
    throw new Problem(0, { title: 'No answer', detail: 'The server doesn’t answer. Nothing you typed is lost.', code: 'noAnswer' });
  });
  serverAnswered();
  return readAnswer<T>(answer);
}

async function readAnswer<T>(answer: Response): Promise<T> {
  const text = await answer.text();
  const json = /json/.test(answer.headers.get('content-type') ?? '');
  const body: unknown = text && json ? JSON.parse(text) : null;
  if (!answer.ok) throw new Problem(answer.status, (body as ConstructorParameters<typeof Problem>[1] | null) ?? {});
  return body as T;
}

/** The words to show for whatever was thrown. */
export const wordsOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** Reasons by field name, for forms. */
export function fieldReasons(error: unknown): Record<string, string> {
  if (!(error instanceof Problem)) return {};
  return Object.fromEntries(error.fields.map(({ at, reason }) => [at.replace(/^(body|sets)[./]/, '').replace(/^\//, ''), reason]));
}
