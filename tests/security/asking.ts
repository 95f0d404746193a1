/**
 * Makes requests from a route's own schemas, so that routes are tested the day they are added. A slot is
 * a place in path, query or body that takes an id.
 */
import { z } from 'zod';
import { fieldsOf, type Field, recordKinds } from '#features/records/contract.ts';
import type { Route } from '#platform/http/route.ts';
import { strictly } from '#platform/http/strict.ts';

export type Part = 'params' | 'query' | 'body';
export interface Slot {
  part: Part;
  /** Keys and indexes that lead there. */
  at: readonly (string | number)[];
}
export interface Request {
  params: Json;
  query: Json;
  body: Json | undefined;
}
type Json = Record<string, unknown>;
interface Schema {
  type?: string;
  format?: string;
  pattern?: string;
  const?: unknown;
  enum?: unknown[];
  anyOf?: Schema[];
  oneOf?: Schema[];
  allOf?: Schema[];
  properties?: Record<string, Schema>;
  required?: string[];
  items?: Schema;
  prefixItems?: Schema[];
  minItems?: number;
  minLength?: number;
  minimum?: number;
  $ref?: string;
  $defs?: Record<string, Schema>;
}

/** Stands where an id goes until one is put there; no such record exists. */
export const nobodysId = '01990000-0000-7000-8000-000000000000';

/** What no type tells, by the name of the field. */
const byName: Record<string, unknown> = {
  email: 'somebody@northwind.example',
  timeZone: 'Europe/Berlin',
  currency: 'EUR',
  country: 'DE',
  password: 'correct horse battery',
  current: 'correct horse battery',
  start: '2026-01-01',
  end: '2026-06-30',
  filter: JSON.stringify({ all: [{ field: 'ownerId', is: 'eq', value: nobodysId }] }),
};

/** Texts tried where a schema asks for a pattern. */
const candidates = [
  nobodysId,
  '0'.repeat(32),
  'A'.repeat(43),
  '2026-03-01',
  '2026-03',
  '2026-03-01T10:00:00Z',
  '1',
  'xxxx',
  'EUR',
  'DE',
  'Xx-1',
];

const routing = {
  otherwise: { teamId: nobodysId },
  rules: [{ name: 'All', when: { all: [] }, to: { memberId: nobodysId } }],
  members: [{ memberId: nobodysId }],
};
const rule = { of: 'lead', field: 'campaignId', is: 'eq', value: nobodysId };
const costs = { campaignId: nobodysId, accountId: nobodysId, teamId: nobodysId, by: 'campaign' };
const costGroup = { by: 'account', group: JSON.stringify(nobodysId) };
const allocation = { applies: { teamId: nobodysId }, onto: 'campaign', by: 'hours', shares: [{ target: nobodysId, weight: '1' }] };
const contentHash = '0'.repeat(64);
const channelRule = { group: 'Fairs', all: [{ field: 'campaign', is: 'contains', value: 'fair' }] };
const clause = {
  ...{ key: 'first-attempt', side: 'sales', title: 'First attempt', metric: { kind: 'firstAttempt', withinMinutes: 60 } },
  ...{ targetPercent: 90, calendar: nobodysId, scope: { segments: [], channels: [], origins: [], teams: [nobodysId] } },
};
const agreement = { content: { clauses: [clause] } };
/** A plan of pay that names members in every place that takes one. */
const someone = { sides: [], roles: [], payees: [nobodysId] };
const won = { kinds: ['won'], by: 'amount' };
const planOfPay = {
  content: {
    ...{ name: 'Commission', currency: 'EUR', period: 'quarter', payees: [{ id: nobodysId, side: 'sales' }] },
    components: [{ kind: 'rate', id: 'rate', name: 'Rate', for: someone, measure: won, tiers: [{ from: '0', percent: '10' }] }],
  },
};
const hostedForm = {
  ...{ title: 'Ask for a demo', thanks: 'Thank you.', consent: null, campaignId: nobodysId },
  fields: [{ name: 'email', label: 'E-mail', required: true }],
};
const onLead = { subjectKind: 'lead', subjectKey: nobodysId };
const mapping = { version: 1, name: 'By hand', source: 'crm', tables: [{ match: 'notes', setAside: 'not needed' }] };

/** Bodies and queries that can't be told from a schema, by `METHOD /path`: keep it short. */
/** Names members, a team, a campaign and a definition in every place that takes one. */
const ofYear = { start: '2026-01-01', end: '2026-12-31' };
const goalOwners = { marketing: nobodysId, sales: nobodysId };
const workBack = { revenue: [{ segment: null, amount: '1000000' }], changes: { definition: { versionId: nobodysId } } };
const planOfGoals = {
  title: 'Plan',
  ...ofYear,
  goals: [
    { id: nobodysId, title: 'MQLs', metric: { name: 'mqls' }, scope: { teamId: nobodysId }, ...ofYear, target: '10', owners: goalOwners },
    {
      id: '0197a0c0-1111-7abc-8def-0123456789ab',
      title: 'Responders',
      metric: { name: 'responders', campaignId: nobodysId },
      ...ofYear,
      target: '10',
      owners: goalOwners,
    },
  ],
  workBack,
};

const series = {
  ...{ name: 'Weekly', minutes: 45, calendarId: nobodysId },
  times: { recurrence: { every: 'week', weekday: 'tue' }, startsOn: '2026-01-01', at: '10:00' },
  attendees: { sides: ['sales'], teamIds: [nobodysId], memberIds: [nobodysId] },
};

export const examples: Record<string, Partial<Request>> = {
  'POST /meeting-series': { body: series },
  'POST /meeting-series/preview': { body: series },
  'PUT /meeting-series/:id': { body: series },
  'POST /meetings': { body: { title: 'Fair', startsAt: '2100-03-01T10:00:00Z', attendees: series.attendees } },
  'PATCH /meetings/:id': { body: { add: [nobodysId], remove: [nobodysId] } },
  'POST /meetings/:id/items': { body: { sentence: 'Prices', ownerId: nobodysId } },
  'POST /meetings/:id/actions': { body: { title: 'Call', ownerId: nobodysId, dueOn: '2100-03-01', itemId: nobodysId } },
  'POST /actions': { body: { title: 'Call', ownerId: nobodysId, dueOn: '2100-03-01' } },
  'PATCH /actions/:id': { body: { ownerId: nobodysId } },
  'POST /meetings/:id/decisions': { body: { kind: 'contract', itemId: nobodysId, text: 'A clause.', clause } },
  'POST /goals/plans': { body: { planId: nobodysId, content: planOfGoals } },
  'PATCH /goals/plans/:id': { body: { content: planOfGoals } },
  'POST /goals/plans/:id/signatures': { body: { contentHash } },
  'GET /goals/responders': { query: { ...ofYear, campaignId: nobodysId } },
  'POST /goals/work-back': { body: { ...ofYear, workBack } },
  'POST /goals/what-if': { body: { of: { versionId: nobodysId }, changes: { definition: { versionId: nobodysId } } } },
  'POST /rollout/charters': { body: { sponsorId: nobodysId, figure: 'winRate', aim: '0.3', aimOn: '2026-12-31' } },
  'POST /rollout/charters/:id/signatures': { body: { contentHash } },
  'POST /rollout/pilots': {
    body: { ...{ name: 'Pilot', split: 'teams', measure: 'accepted', startsOn: '2026-03-02' }, pilot: [nobodysId], comparison: ['South'] },
  },
  'POST /payout-runs/:id/approvals': { body: { linesHash: contentHash } },
  'POST /incentives/what-if/plan': { body: { ...planOfPay, against: nobodysId } },
  'POST /tracking/sites': { body: { name: 'Website', domains: ['northwind.example'] } },
  'PATCH /tracking/sites/:id': { body: { domains: ['northwind.example'] } },
  'POST /tracking/forms': { body: { name: 'Demo', siteId: nobodysId, content: hostedForm } },
  'PATCH /tracking/forms/:id': { body: { siteId: nobodysId, content: hostedForm } },
  'POST /tracking/hooks': { body: { name: 'Fair', campaignId: nobodysId } },
  'PATCH /tracking/hooks/:id': { body: { campaignId: nobodysId, mapping: [{ field: 'email', path: 'email' }] } },
  'POST /tracking/links': { body: { leadId: nobodysId, campaignId: nobodysId, url: 'https://northwind.example/' } },
  'POST /tracking/submissions/:id/mending': { body: { values: { email: 'somebody@northwind.example' } } },
  'GET /tracking/visits': { query: { leadId: nobodysId } },
  'PUT /imports/:id/mapping': { body: { mapping } },
  'POST /mappings': { body: { name: 'By hand', fingerprint: 'abc', mapping } },
  'POST /definitions': { body: { term: 'mql', text: 'A lead.', rule } },
  'PATCH /definitions/:id': { body: { text: 'A lead.', rule } },
  'POST /definitions/trials': { body: { rule, leadId: nobodysId } },
  'POST /definitions/:id/signatures': { body: { contentHash } },
  'POST /agreement/versions': { body: agreement },
  'PATCH /agreement/versions/:id': { body: agreement },
  'POST /agreement/versions/:id/signatures': { body: { contentHash } },
  'POST /excuses': { body: { kind: 'leave', side: 'sales', leadId: nobodysId, memberId: nobodysId, reason: 'Away.' } },
  'GET /costs': { query: { ...costs, ...costGroup } },
  'GET /costs.csv': { query: { ...costs, ...costGroup } },
  'GET /costs/summary': { query: { ...costs, allocated: 'true' } },
  'GET /budgets/variance': { query: { start: '2026-01', end: '2026-06', by: 'campaign' } },
  'POST /exchange-rates': { body: { currency: 'CHF', onDay: '2026-03-01', rate: '1.05' } },
  'POST /allocation-keys': { body: { name: 'By hours', content: allocation, effectiveFrom: '2026-03' } },
  'POST /allocation-keys/:keyId/versions': { body: { content: allocation, effectiveFrom: '2026-03' } },
  'GET /attribution/credits': { query: { by: 'campaign', group: JSON.stringify(nobodysId) } },
  'POST /attribution/settings': { body: { content: { ownRules: [channelRule] } } },
  'POST /attribution/groups/trial': { body: { ownRules: [channelRule] } },
  'POST /incentive-plans': { body: planOfPay },
  'POST /incentive-plans/:id/versions': { body: planOfPay },
  'POST /incentive-plan-versions/checks': { body: planOfPay },
  'PATCH /incentive-plan-versions/:id': { body: planOfPay },
  'POST /incentive-plan-versions/:id/signatures': { body: { contentHash } },
  'PUT /campaigns/:id/plan/draft': {
    body: { content: { audience: { kind: 'view', viewId: nobodysId }, assets: [{ assetId: nobodysId, label: 'Prices' }] } },
  },
  'POST /campaigns/audience': { body: { audience: { kind: 'view', viewId: nobodysId } } },
  'POST /campaigns/:id/plan/brief': { body: { contentHash } },
  'POST /campaigns/:id/plan/acknowledgement': { body: { contentHash } },
  'POST /library/:id/versions': { body: { url: 'https://northwind.example/prices' } },
  'GET /comments': { query: onLead },
  'GET /comments/mentionable': { query: onLead },
  'POST /comments': { body: { ...onLead, text: 'Look.' } },
  'POST /announcements': { body: { title: 'News', text: 'From Monday.', audience: { teams: [nobodysId], members: [nobodysId] } } },
  'POST /notices/rooms': { body: { kind: 'slack', name: '#both', address: 'https://hooks.slack.com/services/T0/B0/x' } },
  'PATCH /notices/rooms/:id': { body: { address: 'https://hooks.slack.com/services/T0/B0/x' } },
  'PUT /notices/digest': { body: { rhythm: 'weekly', weekday: 'mon', at: '07:30' } },
  'PUT /notifications/room': { body: { kind: 'slack', address: 'https://hooks.slack.com/services/T0/B0/x' } },
  'PUT /routing': { body: routing },
  'POST /routing/trials': { body: { leadId: nobodysId, sets: { accountId: nobodysId }, content: routing } },
  'POST /calendars': { body: { name: 'Berlin', timeZone: 'Europe/Berlin', weekly: { mon: [['09:00', '17:00']] } } },
  'POST /absences': {
    body: { memberId: nobodysId, startsAt: '2026-03-01T00:00:00Z', endsAt: '2026-03-02T00:00:00Z', reason: 'Holiday' },
  },
  'POST /calc/:formula': {
    params: { formula: 'deadline' },
    body: {
      cases: [
        {
          startedAt: '2026-03-27T20:00:00Z',
          minutes: 480,
          calendar: { timeZone: 'Europe/Paris', weekly: { mon: [['09:00', '17:00']] }, holidays: ['2026-04-06'] },
        },
      ],
    },
  },
};

/** Fields to set on a record, references among them, for the routes whose body is an open record of fields. */
function setsFor(path: string): Json | undefined {
  const kind = recordKinds.find((each) => path.startsWith(`/${each}s`));
  return kind && Object.fromEntries(fieldsOf[kind].map((field) => [field.name, fieldValue(field)]));
}

function fieldValue(field: Field): unknown {
  const values: Partial<Record<Field['type'], unknown>> = {
    text: 'Something',
    email: 'somebody@northwind.example',
    phone: '+49 30 901820',
    domain: 'northwind.example',
    integer: 1,
    percent: '50',
    boolean: true,
    instant: '2026-03-01T10:00:00Z',
    day: '2026-03-01',
    amount: '100',
    currency: 'EUR',
    choice: field.choices?.[0],
  };
  return values[field.type] ?? nobodysId;
}

/** A request that this route's schemas accept, with every optional field filled. */
export function exampleRequest(route: Route): Request {
  const told = examples[`${route.method} ${route.path}`] ?? {};
  const request: Request = {
    params: (told.params ?? (route.params ? valueFor(schemaOf(route.params)) : {})) as Json,
    query: (told.query ?? (route.query ? valueFor(schemaOf(route.query)) : {})) as Json,
    body: (told.body ?? (route.body ? valueFor(schemaOf(route.body)) : undefined)) as Json | undefined,
  };
  const sets = setsFor(route.path);
  if (request.body && route.path.endsWith('/bulk-edits')) request.body = { ids: [nobodysId], sets: { ownerId: nobodysId } };
  else if (request.body && sets && 'sets' in request.body) request.body.sets = sets;
  else if (request.body && sets && Object.keys(request.body).length === 0) request.body = sets;
  if (route.body) check(route, 'body', route.body, request);
  if (route.params) check(route, 'params', route.params, request);
  if (route.query) dropUnfit(route.query, request.query);
  return request;
}

function check(route: Route, part: Part, schema: z.ZodType, request: Request): void {
  if (part === 'body') dropUnfit(schema, request.body);
  const parsed = strictly(schema).safeParse(structuredClone(request[part]));
  if (!parsed.success)
    throw new Error(
      `${route.method} ${route.path}: no ${part} could be made that fits (${parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('; ')}). Add one to \`examples\` in tests/security/asking.ts.`,
    );
}

/** Optional fields that the example can't fill (texts with a grammar of their own) are left out. */
function dropUnfit(schema: z.ZodType, value: Json | undefined): void {
  for (let rounds = 0; value && rounds < 20; rounds++) {
    const parsed = strictly(schema).safeParse(structuredClone(value));
    const first = parsed.success ? undefined : parsed.error.issues[0]?.path[0];
    if (first === undefined || !(first in value)) return;
    delete value[String(first)];
  }
}

const schemaOf = (schema: z.ZodType): Schema =>
  z.toJSONSchema(strictly(schema), { io: 'input', unrepresentable: 'any', target: 'draft-2020-12' }) as Schema;

function valueFor(schema: Schema, name = '', root: Schema = schema, depth = 0): unknown {
  if (depth > 8) return undefined;
  const inner = (next: Schema, key = name): unknown => valueFor(next, key, root, depth + 1);
  if (schema.$ref) return inner(schema.$ref === '#' ? root : (root.$defs?.[schema.$ref.split('/').at(-1)!] ?? {}));
  if (schema.const !== undefined) return schema.const;
  if (schema.enum) return schema.enum[0];
  const choices = schema.anyOf ?? schema.oneOf ?? schema.allOf;
  if (choices) return inner(choices.find((each) => each.type !== 'null') ?? choices[0]!);
  if (schema.format === 'uuid' || (schema.type === 'string' && !schema.pattern && /(^id|Id|^ids|Ids)$/.test(name))) return nobodysId;
  if (name in byName && schema.type === 'string') return byName[name];
  switch (schema.type) {
    case 'object':
      return Object.fromEntries(
        Object.entries(schema.properties ?? {})
          .map(([key, property]) => [key, inner(property, key)] as const)
          .filter(([, value]) => value !== undefined),
      );
    case 'array':
      return schema.prefixItems ? schema.prefixItems.map((each) => inner(each)) : schema.items ? [inner(schema.items)] : [];
    case 'integer':
    case 'number':
      return Math.max(schema.minimum ?? 1, 1);
    case 'boolean':
      return false;
    case 'null':
      return null;
    default:
      return textFor(schema);
  }
}

function textFor(schema: Schema): string {
  if (schema.format === 'date') return '2026-03-01';
  if (schema.format === 'date-time') return '2026-03-01T10:00:00Z';
  const { pattern } = schema;
  const fitting = pattern && candidates.find((text) => new RegExp(pattern, 'u').test(text));
  if (fitting) return fitting;
  return 'x'.repeat(Math.max(schema.minLength ?? 1, 4));
}

/** Every place in a request that holds an id. */
export function idSlots(request: Request): Slot[] {
  return (['params', 'query', 'body'] as const).flatMap((part) =>
    leaves(request[part])
      .filter((leaf) => isId(leaf.value))
      .map(({ at }) => ({ part, at })),
  );
}

const isId = (value: unknown): boolean => typeof value === 'string' && (value.includes(nobodysId) || value === '0'.repeat(32));

/** Every place in a request that holds a single value. */
export function allSlots(request: Request): Slot[] {
  return (['params', 'query', 'body'] as const).flatMap((part) => leaves(request[part]).map(({ at }) => ({ part, at })));
}

function leaves(value: unknown, at: (string | number)[] = []): Array<{ at: (string | number)[]; value: unknown }> {
  if (Array.isArray(value)) return value.flatMap((each, index) => leaves(each, [...at, index]));
  if (typeof value === 'object' && value !== null) return Object.entries(value).flatMap(([key, each]) => leaves(each, [...at, key]));
  return value === undefined ? [] : [{ at, value }];
}

/** The request with one place changed. */
export function withValue(request: Request, slot: Slot, value: unknown): Request {
  const changed = structuredClone(request);
  let place = changed[slot.part] as Record<string | number, unknown>;
  for (const key of slot.at.slice(0, -1)) place = place[key] as Record<string | number, unknown>;
  const last = slot.at.at(-1)!;
  const before = place[last];
  // An id inside a text (a filter in a query) is changed there.
  place[last] = typeof value === 'string' && typeof before === 'string' && before !== nobodysId ? before.replace(nobodysId, value) : value;
  if (place[last] === before && before !== value) place[last] = value;
  return changed;
}

/** Path with query, below `/api/v1`. Objects in a query are written as JSON. */
export function addressOf(route: Route, request: Request): string {
  const path = route.path.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(textOf(request.params[name])));
  const query = Object.entries(request.query).flatMap(([key, value]) =>
    (Array.isArray(value) ? value : [value]).map((each) => `${key}=${encodeURIComponent(textOf(each))}`),
  );
  return query.length > 0 ? `${path}?${query.join('&')}` : path;
}

function textOf(value: unknown): string {
  const text = typeof value === 'object' && value !== null ? JSON.stringify(value) : String(value);
  return text.toWellFormed();
}
