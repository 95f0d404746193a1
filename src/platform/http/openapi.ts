import { z } from 'zod';
import type { Route } from './route.ts';
import { strictly } from './strict.ts';

type Json = Record<string, unknown>;

const problemSchema = {
  type: 'object',
  description: 'RFC 9457. `code` is stable; `fields` names what was wrong where.',
  properties: {
    type: { type: 'string' },
    title: { type: 'string' },
    status: { type: 'integer' },
    detail: { type: 'string' },
    code: { type: 'string' },
    id: { type: 'string' },
    fields: {
      type: 'array',
      items: { type: 'object', properties: { at: { type: 'string' }, reason: { type: 'string' } }, required: ['at', 'reason'] },
    },
  },
  required: ['type', 'title', 'status', 'detail', 'code'],
};

/** The OpenAPI 3.1 document of these routes, from the very schemas that check requests and answers. */
export function openApiDocument(routes: readonly Route[], version: string): Json {
  const paths: Record<string, Json> = {};
  const shared: Json = { Problem: problemSchema };
  for (const route of routes) (paths[openPath(route.path)] ??= {})[route.method.toLowerCase()] = operation(route, shared);
  return {
    openapi: '3.1.0',
    info: {
      title: 'Accord',
      version,
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
      description:
        'Amounts are decimal strings of minor units beside an ISO 4217 currency; instants are ISO 8601 in UTC. Lists page by `cursor`. Writes of a member take `Idempotency-Key`. Errors are RFC 9457 problem documents.',
    },
    servers: [{ url: '/api/v1' }],
    tags: [...new Set(routes.map((route) => route.tag))].sort().map((name) => ({ name })),
    paths,
    components: {
      securitySchemes: {
        session: { type: 'apiKey', in: 'cookie', name: 'accord_session', description: '`__Host-accord_session` over https.' },
        token: { type: 'http', scheme: 'bearer', description: 'An API token: accord_<id>_<secret>.' },
      },
      schemas: shared,
      responses: {
        Problem: { description: 'Refused', content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } } },
      },
    },
  };
}

const openPath = (path: string): string => path.replace(/:(\w+)/g, '{$1}');

function operation(route: Route, shared: Json): Json {
  const writes = route.method !== 'GET';
  const parameters = [
    ...parametersOf(route, 'path', shared),
    ...parametersOf(route, 'query', shared),
    ...(writes && typeof route.access === 'object' ? [idempotencyParameter] : []),
  ];
  return {
    operationId: operationId(route),
    summary: route.summary,
    tags: [route.tag],
    security: security(route),
    ...(typeof route.access === 'object' ? { description: `Needs \`${route.access.verb}\`.` } : {}),
    ...(parameters.length > 0 ? { parameters } : {}),
    ...requestBody(route, shared),
    responses: responses(route, shared),
  };
}

/** `GET /leads/:id/timeline` → `getLeadsByIdTimeline`. */
function operationId(route: Route): string {
  const words = route.path.split('/').filter(Boolean);
  const named = words.map((word) => (word.startsWith(':') ? `By${capital(word.slice(1))}` : word.split(/[-.]/).map(capital).join('')));
  return route.method.toLowerCase() + named.join('');
}
const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);

function security(route: Route): Json[] {
  if (route.access === 'public') return [];
  return route.access === 'login' ? [{ session: [] }] : [{ session: [] }, { token: [] }];
}

const idempotencyParameter = {
  name: 'Idempotency-Key',
  in: 'header',
  required: false,
  description:
    'The same key with the same request has one effect and gets the same answer; with another request it is refused with 422. Kept for two days.',
  schema: { type: 'string', minLength: 1, maxLength: 200 },
};

function parametersOf(route: Route, place: 'path' | 'query', shared: Json): Json[] {
  const schema = place === 'path' ? route.params : route.query;
  if (!schema) return [];
  const json = jsonSchema(strictly(schema), 'input', `${operationId(route)}_${place}`, shared) as {
    properties?: Record<string, Json>;
    required?: string[];
  };
  return Object.entries(json.properties ?? {}).map(([name, property]) => ({
    name,
    in: place,
    required: place === 'path' || (json.required?.includes(name) ?? false),
    schema: property,
  }));
}

function requestBody(route: Route, shared: Json): Json {
  if (route.multipart) {
    return {
      requestBody: {
        required: true,
        content: {
          'multipart/form-data': {
            schema: { type: 'object', properties: { files: { type: 'array', items: { type: 'string', format: 'binary' } } } },
          },
        },
      },
    };
  }
  if (!route.body) return {};
  return {
    requestBody: {
      required: true,
      content: { 'application/json': { schema: jsonSchema(strictly(route.body), 'input', `${operationId(route)}_body`, shared) } },
    },
  };
}

function responses(route: Route, shared: Json): Json {
  const answers: Json = {};
  for (const [status, schema] of Object.entries(route.answers ?? {})) {
    const empty = ['undefined', 'void', 'never'].includes(schema._zod.def.type);
    answers[status] = {
      description: 'Done',
      ...(empty
        ? {}
        : { content: { 'application/json': { schema: jsonSchema(schema, 'output', `${operationId(route)}_${status}`, shared) } } }),
    };
  }
  if (route.stream) answers[200] = { description: 'A stream', content: { [route.stream]: { schema: { type: 'string' } } } };
  if (Object.keys(answers).length === 0) answers[route.method === 'GET' ? 200 : 204] = { description: 'Done' };
  return { ...answers, '4XX': { $ref: '#/components/responses/Problem' }, '5XX': { $ref: '#/components/responses/Problem' } };
}

/** A schema that contains itself is kept among the shared ones, since a document has one root to refer from. */
function jsonSchema(schema: z.ZodType, io: 'input' | 'output', name: string, shared: Json): Json {
  const {
    $schema: _,
    $defs,
    ...json
  } = z.toJSONSchema(schema, {
    io,
    target: 'draft-2020-12',
    unrepresentable: 'any',
    override: ({ zodSchema, jsonSchema: written }) => {
      if (zodSchema._zod.def.type === 'bigint') Object.assign(written, { type: 'string', pattern: '^-?[0-9]+$' });
    },
  });
  const whole = JSON.parse(JSON.stringify({ json, $defs: $defs ?? {} }), (key, value) =>
    key === '$ref' ? sharedPlace(String(value), name) : value,
  ) as { json: Json; $defs: Json };
  for (const [key, inner] of Object.entries(whole.$defs)) shared[`${name}_${key}`] = inner;
  if (JSON.stringify(whole).includes(`"${sharedPlace('#', name)}"`)) shared[name] = whole.json;
  return whole.json;
}

const sharedPlace = (reference: string, name: string): string =>
  `#/components/schemas/${name}${reference === '#' ? '' : `_${reference.split('/').at(-1)}`}`;
