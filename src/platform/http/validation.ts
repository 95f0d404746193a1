import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { type FieldProblem, Problem } from '#platform/errors.ts';
import type { Route } from './route.ts';
import { strictly } from './strict.ts';

export interface Parsed {
  params: unknown;
  query: unknown;
  body: unknown;
}
export type ParseRequest = (request: FastifyRequest) => Parsed;

const nothing = z.strictObject({});
const deepest = 40;

/** Makes the parser of one route; refuses to make it where the path has a parameter that no schema names. */
export function requestParser(route: Route): ParseRequest {
  const parameters = [...route.path.matchAll(/:(\w+)/g)].map((match) => match[1]!);
  if (parameters.length > 0 && !route.params)
    throw new Error(`Route ${route.method} ${route.path} says nothing about its parameters ${parameters.join(', ')}: give it \`params\`.`);
  const params = strictly(route.params ?? nothing);
  const query = strictly(route.query ?? nothing);
  const body = route.body ? strictly(route.body) : undefined;
  return (request) => ({
    params: parsePart(params, request.params, 'path'),
    query: parsePart(query, request.query, 'query'),
    body: route.multipart ? undefined : parseBody(body, request),
  });
}

function parseBody(schema: z.ZodType | undefined, request: FastifyRequest): unknown {
  const given = request.body ?? undefined;
  if (schema) return parsePart(schema, given, 'body');
  return given === undefined ? undefined : void parsePart(nothing, given, 'body');
}

/** Parses one part of a request, or throws the problem that names every wrong field. */
export function parsePart(schema: z.ZodType, given: unknown, part: 'path' | 'query' | 'body'): unknown {
  const unfit = unfitValues(given, '');
  if (unfit.length > 0) throw badInput(part, unfit);
  const parsed = schema.safeParse(given);
  if (!parsed.success)
    throw badInput(
      part,
      parsed.error.issues.flatMap((issue) => fieldsOf(issue)),
    );
  return parsed.data;
}

function badInput(part: string, fields: FieldProblem[]): Problem {
  const first = fields[0];
  const where = first?.at ? `${part}, ${first.at}` : part;
  return new Problem('bad-input', `${where}: ${first?.reason ?? 'is not as expected'}`, { fields: fields.slice(0, 50) });
}

function fieldsOf(issue: z.core.$ZodIssue): FieldProblem[] {
  const at = issue.path.map(String).join('.');
  if (issue.code !== 'unrecognized_keys') return [{ at, reason: issue.message }];
  return issue.keys.map((key) => ({ at: at === '' ? key : `${at}.${key}`, reason: 'There is no such field here.' }));
}

/**
 * What PostgreSQL or JSON can't hold, found before any schema runs: NUL, lone surrogates, `1e309`
 * (which JSON.parse makes Infinity) and nesting nobody means. Brings text to NFC on the way.
 */
function unfitValues(value: unknown, at: string, depth = 0): FieldProblem[] {
  if (typeof value === 'string') return unfitText(value, at);
  if (typeof value === 'number' && !Number.isFinite(value)) return [{ at, reason: 'The number is too large.' }];
  if (typeof value !== 'object' || value === null) return [];
  if (depth === deepest) return [{ at, reason: `Nested deeper than ${deepest}.` }];
  const found: FieldProblem[] = [];
  for (const [key, inner] of Object.entries(value)) {
    const where = at === '' ? key : `${at}.${key}`;
    found.push(...unfitText(key, at), ...unfitValues(inner, where, depth + 1));
    if (typeof inner === 'string') (value as Record<string, unknown>)[key] = inner.normalize('NFC');
    if (found.length > 20) break;
  }
  return found;
}

function unfitText(text: string, at: string): FieldProblem[] {
  if (text.includes('\0')) return [{ at, reason: 'Contains a NUL character.' }];
  if (!text.isWellFormed()) return [{ at, reason: 'Is not well-formed Unicode.' }];
  return [];
}
