import { z } from 'zod';
import { toJson } from './json.ts';
import type { Route } from './route.ts';

/** An answer as it will be sent, and kept for a repeated Idempotency-Key. */
export interface Written {
  status: number;
  /** JSON text; absent when there is no body. */
  text?: string;
  headers: Record<string, string>;
}

type Given = { status?: number; body?: unknown; headers?: Record<string, string> } | void;

/**
 * Checks the answer against the route's schema (which drops what it doesn't name) and writes it as
 * JSON. A bigint is written as a string whether or not a schema stands for it.
 * @throws when the answer is not what the route promised: a bug here, so it becomes a 500
 */
export function writeAnswer(route: Route, given: Given): Written {
  const status = given?.status ?? (given?.body === undefined ? 204 : 200);
  const headers = given?.headers ?? {};
  if (given?.body === undefined) return { status, headers };
  const schema = route.answers?.[status];
  const body = schema ? checked(route, status, schema, given.body) : given.body;
  return { status, headers, text: toJson(body) };
}

function checked(route: Route, status: number, schema: z.ZodType, body: unknown): unknown {
  const result = z.safeEncode(schema, body as never);
  if (result.success) return result.data;
  const wrong = result.error.issues.slice(0, 5).map((issue) => `${issue.path.join('.')}: ${issue.message}`);
  throw new Error(`${route.method} ${route.path} answered ${status} with something its schema refuses: ${wrong.join('; ')}`);
}
