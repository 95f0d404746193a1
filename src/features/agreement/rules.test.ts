/**
 * The two readings of a rule, held together: random rules over random leads and all that belongs to them, on a real
 * PostgreSQL, judged in JavaScript one by one, in SQL one by one, and in SQL all at once.
 */

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import fc from 'fast-check';
import { sql } from 'kysely';
import { evaluateRule, evaluateTouchRule } from '#engine/rules/evaluate.ts';
import { explainRule } from '#engine/rules/explain.ts';
import type { RuleTouch } from '#engine/rules/reading.ts';
import { clausesOf, type FieldCondition, type Rule, ruleSubjects } from '#engine/rules/rule.ts';
import { ruleSentence } from '#engine/rules/sentence.ts';
import { columnOf, leadStages, touchFields } from '#features/records/contract.ts';
import { sqlTypeOf } from '#features/records/projection.ts';
import type { Database, WorkspaceId } from '#platform/db/database.ts';
import { newId } from '#platform/db/ids.ts';
import { testDatabase, type TestDatabase } from '#tests/support/database.ts';
import { judgeLeads } from './actions/judge-leads.ts';
import { daysUntilJudged } from './contract/back-tests.ts';
import { fieldLabels, type OwnField, subjectFields } from './contract/vocabulary.ts';
import { type BackTestQuestion, countBackTest } from './queries/back-test.ts';
import { ruleReading } from './queries/rule-reading.ts';
import { loadRuleRecords } from './queries/rule-records.ts';
import { judgeAll, passingIds } from './queries/rule-set.ts';
import { ruleSql, touchRuleSql } from './queries/rule-sql.ts';

let testing: TestDatabase;
let database: Database;
before(async () => {
  testing = await testDatabase();
  database = testing.database;
});
after(() => testing.close());

// ── values that are near each other ─────────────────────────────────────────

const texts = [
  ...['Mid-Market', 'mid-market', 'Enterprise', 'SMB', 'Müller & Söhne', 'MÜLLER & SÖHNE', 'Straße', 'STRASSE', 'ẞ'],
  ...['İstanbul', 'istanbul', 'ISTANBUL', 'ısı', 'ΣΑΣ', 'σας', 'ΟΔΟΣ', 'Kelvin', 'kelvin', 'Ångström', 'ÅNGSTRÖM', 'ångström'],
  ...['ЖУРНАЛ', 'журнал', '100%_x', 'back\\slash', 'it’s "quoted" \'twice\'', '😀 hi', '𐐀𐐨', 'ﬁx', 'Ǆ', 'ǆ', 'ǅ', 'tab\there', ' '],
];
const parts = [
  'm',
  'MÜ',
  'ü',
  'ss',
  'ß',
  'ẞ',
  'i',
  'İ',
  'ı',
  'σ',
  'Σ',
  'ς',
  'k',
  'Å',
  'ж',
  '%',
  '_',
  '\\',
  '"',
  "'",
  '😀',
  '𐐀',
  'ﬁ',
  'ǆ',
  '-',
  'zzz',
  '',
];
const numbers = [0, 1, 2, 49, 50, 51, -1, 0.1, 0.3, 1e21, 9_007_199_254_740_991];
const amounts = ['0', '1', '-1', '99', '100', '101', '999999999999999999', '-5000'];
const days = ['2026-02-14', '2026-02-15', '2026-03-28', '2026-03-29', '2026-03-30', '2026-10-25', '2018-11-04'];
/** Ends and beginnings of days in three zones, changes of their clocks, and the microseconds beside them. */
const instants = [
  ...[
    '2026-03-28T23:00:00Z',
    '2026-03-29T01:00:00Z',
    '2026-03-29T22:00:00Z',
    '2026-02-15T00:00:00Z',
    '2018-11-04T03:00:00Z',
    '2026-10-25T01:30:00Z',
  ],
  ...[
    '2026-03-28T22:59:59.999999Z',
    '2026-03-29T21:59:59.999999Z',
    '2026-03-29T22:00:00.000001Z',
    '2018-11-04T02:59:59.999Z',
    '2026-02-15T12:34:56.789012Z',
  ],
];
const zones = ['Europe/Berlin', 'America/Sao_Paulo', 'UTC', 'Asia/Kathmandu'];
const ids = Array.from({ length: 4 }, () => newId());
const own: OwnField[] = (['lead', 'account', 'contact', 'touch'] as const).flatMap((kind) => [
  { kind, key: 'tier', label: 'Tier', type: 'text' },
  { kind, key: 'size of team', label: 'Size', type: 'number' },
  { kind, key: 'vip', label: 'VIP', type: 'boolean' },
  { kind, key: 'renewal', label: 'Renewal', type: 'day' },
]);

/** Each of the texts stands in the title of one. */
const leadCount = texts.length;

// ── random records ──────────────────────────────────────────────────────────

const orNull = <T>(one: fc.Arbitrary<T>) => fc.option(one, { freq: 3, nil: null });
const anyText = fc.constantFrom(...texts);
const anyInstant = fc.constantFrom(...instants);
const customOf = fc.dictionary(
  fc.constantFrom('tier', 'size of team', 'vip', 'renewal', 'gone'),
  fc.oneof(
    anyText,
    fc.constantFrom(...numbers),
    fc.boolean(),
    fc.constantFrom(...days),
    fc.constantFrom('50', '0.1', '12345678901234567890', ''),
  ),
);
const row = (columns: Record<string, fc.Arbitrary<unknown>>) => fc.record({ custom: customOf, ...columns });
const accounts = fc.array(
  row({
    name: anyText,
    industry: orNull(anyText),
    segment: orNull(anyText),
    employees: orNull(fc.constantFrom(0, 1, 49, 50, 51)),
    annual_revenue: orNull(fc.constantFrom(...amounts)),
    currency: orNull(fc.constantFrom('EUR', 'USD')),
    owner_id: orNull(fc.constantFrom(...ids)),
    opened_at: orNull(anyInstant),
    into: orNull(fc.nat(7)),
  }),
  { minLength: 8, maxLength: 8 },
);
const contacts = fc.array(
  row({
    full_name: orNull(anyText),
    title: orNull(anyText),
    phone: orNull(anyText),
    email: orNull(anyText),
    opened_at: orNull(anyInstant),
    into: orNull(fc.nat(7)),
  }),
  { minLength: 8, maxLength: 8 },
);
const leads = fc.array(
  row({
    ...Object.fromEntries(leadStages.map(({ field }) => [columnOf(field), orNull(anyInstant)])),
    account: orNull(fc.nat(8)),
    contact: orNull(fc.nat(8)),
    campaign: orNull(fc.nat(3)),
    company: orNull(anyText),
    origin: orNull(anyText),
    segment: orNull(anyText),
    country: orNull(anyText),
    cycle: orNull(fc.constantFrom(1, 2, 50)),
    value: orNull(fc.constantFrom(...amounts)),
    currency: orNull(fc.constantFrom('EUR', 'USD')),
    recycled_until: orNull(fc.constantFrom(...days)),
    owner_id: orNull(fc.constantFrom(...ids)),
  }),
  { minLength: leadCount, maxLength: leadCount },
);
const kinds = ['webinar', 'form', 'call', 'email'];
const touches = fc.array(
  row({
    occurred_at: anyInstant,
    isNear: fc.boolean(),
    shift: fc.constantFrom(0, -1, -7, -30, 30),
    microseconds: fc.constantFrom(0, 0, 0, -1, 1),
    lead: orNull(fc.nat(leadCount - 1)),
    contact: orNull(fc.nat(8)),
    campaign: orNull(fc.nat(3)),
    side: fc.constantFrom('marketing', 'sales', 'customer'),
    kind: fc.constantFrom(...kinds),
    direction: orNull(fc.constantFrom('in', 'out')),
    automated: orNull(fc.boolean()),
    outcome: orNull(anyText),
    subject: orNull(anyText),
    isVoid: fc.boolean(),
  }),
  { minLength: 300, maxLength: 300 },
);
const revenue = fc.array(
  row({
    account: fc.nat(8),
    occurred_on: fc.constantFrom(...days),
    kind: fc.constantFrom('new', 'renewal', 'refund', 'contraction'),
    amount: fc.constantFrom('100', '50', '99', '9000000000000000000'),
    currency: fc.constantFrom('EUR', 'EUR', 'USD'),
    isVoid: fc.boolean(),
  }),
  { minLength: 60, maxLength: 60 },
);
type Population = { accounts: Row[]; contacts: Row[]; leads: Row[]; touches: Row[]; revenue: Row[]; campaigns: number[]; timeZone: string };
type Row = Record<string, unknown>;
const population: fc.Arbitrary<Population> = fc.record({
  accounts,
  contacts,
  leads,
  touches,
  revenue,
  campaigns: fc.array(fc.nat(3), { minLength: 4, maxLength: 4 }),
  timeZone: fc.constantFrom(...zones),
}) as fc.Arbitrary<Population>;

interface Company {
  readonly workspaceId: WorkspaceId;
  readonly leadIds: string[];
  readonly campaignIds: readonly string[];
}

/** Merged into another only where that one isn't merged itself; one place past the end is an id that is nowhere. */
async function bringIn({ timeZone, ...given }: Population): Promise<Company> {
  const workspaceId = newId() as WorkspaceId;
  await database.atGate('system', (tx) =>
    sql`INSERT INTO workspaces (id, name, slug, time_zone, currency) VALUES (${workspaceId}, 'Acme', ${workspaceId}, ${timeZone}, 'EUR')`.execute(
      tx,
    ),
  );
  const idsFor = (rows: readonly unknown[]) => [...rows.map(() => newId()), newId()];
  const [accountIds, contactIds, leadIds] = [idsFor(given.accounts), idsFor(given.contacts), given.leads.map(() => newId())];
  const merged = (rows: readonly Row[], idsOf: readonly string[]) =>
    rows.map(({ into, ...rest }, at) => {
      const isSurvivor = (index: number) => rows[index]!.into === null || rows[index]!.into === index;
      const target = typeof into === 'number' && into !== at && isSurvivor(into) ? idsOf[into] : null;
      return { ...rest, id: idsOf[at], merged_into: target };
    });
  const reference = (index: unknown, idsOf: readonly string[]) => (typeof index === 'number' ? idsOf[index] : null);
  const campaignIds = given.campaigns.map(() => newId());
  const put = (table: string, rows: readonly Row[]) => insert(workspaceId, table, rows);
  await put(
    'custom_fields',
    own.map((field) => ({ ...field })),
  );
  await put('accounts', merged(given.accounts, accountIds));
  await put('contacts', merged(given.contacts, contactIds));
  await put(
    'campaigns',
    given.campaigns.map((into, at) => ({
      id: campaignIds[at],
      name: 'c',
      custom: {},
      merged_into: into < at && given.campaigns[into] === into ? campaignIds[into] : null,
    })),
  );
  await put(
    'leads',
    given.leads.map(({ account, contact, campaign, ...rest }, at) => ({
      ...rest,
      title: texts[at % texts.length],
      id: leadIds[at],
      account_id: reference(account, accountIds),
      contact_id: reference(contact, contactIds),
      campaign_id: reference(campaign, campaignIds),
    })),
  );
  await put(
    'touches',
    given.touches.map(({ lead, contact, campaign, isNear, shift, microseconds, isVoid, ...rest }) => ({
      ...rest,
      id: newId(),
      // Many lie exactly so many days before the moment at which their lead is judged, or a microsecond beside.
      occurred_at: Temporal.Instant.from(String((isNear && typeof lead === 'number' && given.leads[lead]!.opened_at) || rest.occurred_at))
        .add({ hours: Number(shift) * 24 })
        .add({ microseconds: Number(microseconds) })
        .toString(),
      lead_id: reference(lead, leadIds),
      contact_id: reference(contact, contactIds),
      campaign_id: reference(campaign, campaignIds),
      voided_by: isVoid ? newId() : null,
    })),
  );
  await put(
    'revenue_entries',
    given.revenue.map(({ account, isVoid, ...rest }) => ({
      ...rest,
      id: newId(),
      account_id: reference(account, accountIds),
      voided_by: isVoid ? newId() : null,
    })),
  );
  return { workspaceId, leadIds, campaignIds };
}

async function insert(workspaceId: WorkspaceId, table: string, rows: readonly Row[]): Promise<void> {
  const columns = sql.join(['workspace_id', ...new Set(rows.flatMap((each) => Object.keys(each)))].map((column) => sql.ref(column)));
  await database.inWorkspace(workspaceId, async (tx) => {
    if (table === 'touches')
      await sql`SELECT accord.ensure_month('touches', m::date) FROM unnest(ARRAY['2018-10-01','2018-11-01','2018-12-01','2026-01-01','2026-02-01','2026-03-01','2026-04-01','2026-09-01','2026-10-01','2026-11-01']) m`.execute(
        tx,
      );
    await sql`INSERT INTO ${sql.table(table)} (${columns}) SELECT ${columns} FROM jsonb_populate_recordset(NULL::${sql.raw(`accord.${table}`)},
      ${JSON.stringify(rows.map((each) => ({ workspace_id: workspaceId, ...each })))}::jsonb)`.execute(tx);
  });
}

// ── random rules ────────────────────────────────────────────────────────────

const everyComparison = ['eq', 'ne', 'in', 'notIn', 'gte', 'lte', 'between', 'contains', 'blank', 'notBlank'] as const;
const scalar = fc.oneof(
  fc.constantFrom(...texts),
  fc.constantFrom(...parts),
  fc.constantFrom(...numbers),
  fc.constantFrom(...amounts),
  fc.constantFrom(...days),
  fc.constantFrom(...instants, '2026-03-29T00:00:00+02:00'),
  fc.constantFrom(...kinds, 'sales', 'in', 'EUR', 'nonsense', '2026-02-30', ...ids),
  fc.boolean(),
);
/** Values that such a field holds; where it may be anything, anything. */
const fitting: Record<string, fc.Arbitrary<string | number | boolean>> = {
  text: fc.oneof(fc.constantFrom(...texts), fc.constantFrom(...parts)),
  choice: fc.constantFrom(...kinds, 'sales', 'marketing', 'in', 'out', 'EUR', 'USD'),
  integer: fc.constantFrom(0, 1, 2, 49, 50, 51, '50'),
  number: fc.constantFrom(...numbers, '50', '0.1'),
  amount: fc.constantFrom(...amounts),
  boolean: fc.boolean(),
  instant: fc.oneof(fc.constantFrom(...instants), fc.constantFrom(...days)),
  day: fc.constantFrom(...days),
};
const types: Record<string, string> = Object.fromEntries(Object.entries(fieldLabels(own).fields).map(([name, { type }]) => [name, type]));

const fieldCondition = (subjects: readonly FieldCondition['of'][]): fc.Arbitrary<FieldCondition> =>
  fc
    .record({
      field: fc.constantFrom(
        ...subjects.flatMap((of) => [...subjectFields(of, own), { of, name: 'custom.gone' }, { of, name: 'nothing' }]),
      ),
      is: fc.constantFrom(...everyComparison),
      isFitting: fc.integer({ min: 0, max: 9 }).map((n) => n > 0),
    })
    .chain(({ field, is, isFitting }) => {
      const of = field.of;
      const value = (isFitting ? fitting[types[`${of}.${field.name}`] ?? ''] : undefined) ?? scalar;
      const values =
        is === 'in' || is === 'notIn' ? fc.array(value, { minLength: 1, maxLength: 3 }) : is === 'between' ? fc.tuple(value, value) : value;
      return is === 'blank' || is === 'notBlank'
        ? fc.constant({ of, field: field.name, is })
        : values.map((given) => ({ of, field: field.name, is, value: given }) as FieldCondition);
    });

const windows = [null, 1, 7, 30, 365] as const;
const signs = ['gte', 'lte'] as const;
const within = fc.constantFrom(...windows);
const sign = fc.constantFrom(...signs);
const leaf: fc.Arbitrary<Rule> = fc.oneof(
  { weight: 6, arbitrary: fieldCondition(['lead', 'lead', 'account', 'contact']) },
  { weight: 1, arbitrary: fieldCondition(ruleSubjects) },
  {
    weight: 4,
    arbitrary: fc.record({
      touches: fc.record({
        where: fc.array(fieldCondition(['touch', 'touch', 'touch', 'touch', 'lead']), { maxLength: 2 }),
        withinDays: within,
      }),
      is: sign,
      value: fc.nat(4),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      stage: fc.constantFrom(...leadStages.map(({ stage }) => stage), 'nowhere'),
      is: fc.constantFrom('reached' as const, 'notReached' as const),
    }),
  },
  { weight: 2, arbitrary: fc.record({ revenue: fc.record({ withinDays: within }), is: sign, value: fc.constantFrom(...amounts) }) },
);
const groups = (leaves: fc.Arbitrary<Rule>): fc.Arbitrary<Rule> =>
  fc.letrec<{ rule: Rule }>((tie) => ({
    rule: fc.oneof(
      { maxDepth: 3, depthSize: 'medium' },
      { weight: 3, arbitrary: leaves },
      { weight: 2, arbitrary: fc.record({ all: fc.array(tie('rule'), { maxLength: 4 }) }) },
      { weight: 1, arbitrary: fc.record({ any: fc.array(tie('rule'), { minLength: 1, maxLength: 3 }) }) },
      { weight: 1, arbitrary: fc.record({ not: tie('rule') }) },
      {
        weight: 1,
        arbitrary: fc.record({
          points: fc.array(fc.record({ when: tie('rule'), points: fc.integer({ min: -20, max: 20 }) }), { minLength: 1, maxLength: 3 }),
          is: sign,
          value: fc.integer({ min: -10, max: 30 }),
        }),
      },
    ),
  })).rule;
const rules = groups(leaf);

// ── the tests ───────────────────────────────────────────────────────────────

const noon = '2026-03-29T12:00:00Z';
const at = sql`CASE WHEN t.opened_at IS NULL THEN ${noon}::timestamptz ELSE t.opened_at END`;

async function judge({ workspaceId, leadIds }: Company, rule: Rule) {
  return database.inWorkspace(workspaceId, async (tx) => {
    const scope = { workspaceId, reading: await ruleReading(tx, workspaceId, [rule]), at };
    const { rows } = await sql<{ id: string; answer: boolean | null }>`
      SELECT t.id, ${ruleSql(rule, scope)} AS answer FROM leads t WHERE t.workspace_id = ${workspaceId}::uuid ORDER BY t.id`.execute(tx);
    const records = await loadRuleRecords(tx, workspaceId, leadIds, [rule]);
    const moment = (id: string) => records.get(id)!.stages.inquiry ?? Date.parse(noon);
    return {
      oneByOne: rows,
      atOnce: (await passingIds(tx, rule, scope)).toSorted(),
      counted: await judgeAll(tx, rule, scope),
      inJavaScript: leadIds.toSorted().map((id) => ({ id, answer: evaluateRule(rule, records.get(id)!, moment(id)) })),
      explained: leadIds.map(
        (id) =>
          explainRule(rule, records.get(id)!, moment(id)).every(({ met }) => met) === evaluateRule(rule, records.get(id)!, moment(id)),
      ),
      judged: await judgeLeads(tx, workspaceId, { rule }, leadIds, moment),
    };
  });
}

test('SQL and JavaScript judge every lead alike, one by one and all at once', async () => {
  for (const seed of [1, 2, 3]) {
    const [given] = fc.sample(population, { seed, numRuns: 1 });
    const company = await bringIn(given!);
    await fc.assert(
      fc.asyncProperty(rules, async (rule) => {
        const answers = await judge(company, rule);
        assert.deepEqual(answers.oneByOne, answers.inJavaScript);
        const passed = answers.inJavaScript.filter(({ answer }) => answer).map(({ id }) => id);
        assert.deepEqual(answers.atOnce, passed);
        assert.deepEqual(answers.counted, { judged: company.leadIds.length, passed: passed.length });
        assert.ok(answers.explained.every(Boolean), 'a rule holds exactly when all of its clauses do');
        for (const { id, answer } of answers.inJavaScript) assert.equal(answers.judged.get(id)!.passed, answer);
        assert.ok(ruleSentence(rule).length > 0);
      }),
      { numRuns: Number(process.env.RULE_RUNS ?? 60), seed },
    );
  }
});

test('every comparison of every type of field, with each of the values', async () => {
  const [given] = fc.sample(population, { seed: 7, numRuns: 1 });
  const company = await bringIn(given!);
  for (const name of filledFields) {
    const [of, field] = [name.slice(0, name.indexOf('.')) as FieldCondition['of'], name.slice(name.indexOf('.') + 1)];
    const conditions = everyComparison.flatMap((is) => conditionsWith({ of, field, is }, samples(types[name]!)));
    await judgesAlike(company, conditions);
  }
});

test('every count of touches, every stage, every sum of revenue', async () => {
  const [given] = fc.sample(population, { seed: 8, numRuns: 1 });
  const company = await bringIn(given!);
  const wheres: FieldCondition[][] = [[], [{ of: 'touch', field: 'kind', is: 'in', value: ['webinar', 'form'] }]];
  const counts: Rule[] = windows.flatMap((withinDays) =>
    wheres.flatMap((where) => signs.flatMap((is) => [0, 1, 2, 4].map((value) => ({ touches: { where, withinDays }, is, value })))),
  );
  const sums: Rule[] = windows.flatMap((withinDays) =>
    signs.flatMap((is) => ['0', '1', '100', '101', '-50'].map((value) => ({ revenue: { withinDays }, is, value }))),
  );
  const stages: Rule[] = leadStages.flatMap(({ stage }) => [
    { stage, is: 'reached' as const },
    { stage, is: 'notReached' as const },
  ]);
  const leaves = [...counts, ...sums, ...stages];
  await judgesAlike(company, leaves);
  // Of one lead at a time, so that no other's moment widens what is looked at.
  const alone = (rule: Rule, at: number): Rule => ({
    all: [{ of: 'lead', field: 'title', is: 'eq', value: texts[at % texts.length]! }, rule],
  });
  const inTurn = leaves.filter((_, at) => at % 3 === 0);
  for (const [index, rule] of inTurn.map((rule, at) => alone(rule, at)).entries())
    assert.deepEqual(await passing(company, rule), await passingOneByOne(company, rule), JSON.stringify(inTurn[index]));
});

/** Filled in the random records: one a type and subject, and the company's own. */
const filledFields = [
  ...['title', 'cycle', 'value', 'openedAt', 'recycledUntil', 'currency', 'campaignId', 'ownerId', 'contactId'].map(
    (name) => `lead.${name}`,
  ),
  ...['name', 'employees', 'annualRevenue', 'openedAt', 'currency', 'ownerId'].map((name) => `account.${name}`),
  ...['fullName', 'openedAt'].map((name) => `contact.${name}`),
  ...own.filter(({ kind }) => kind !== 'touch').map(({ kind, key }) => `${kind}.custom.${key}`),
];

async function judgesAlike(company: Company, asked: readonly Rule[]): Promise<void> {
  const answers = await judgeMany(company, asked);
  for (const [index, rule] of asked.entries())
    for (const { inSql, inJavaScript } of answers) assert.equal(inSql[index], inJavaScript[index], JSON.stringify(rule));
}

const passing = async ({ workspaceId }: Company, rule: Rule): Promise<string[]> =>
  database.inWorkspace(workspaceId, async (tx) =>
    (await passingIds(tx, rule, { workspaceId, reading: await ruleReading(tx, workspaceId, [rule]), at })).toSorted(),
  );

async function passingOneByOne({ workspaceId, leadIds }: Company, rule: Rule): Promise<string[]> {
  const judged = await database.inWorkspace(workspaceId, async (tx) => {
    const records = await loadRuleRecords(tx, workspaceId, leadIds, [rule]);
    return leadIds.filter((id) => evaluateRule(rule, records.get(id)!, records.get(id)!.stages.inquiry ?? Date.parse(noon)));
  });
  return judged.toSorted();
}

const samples = (type: string): (string | number | boolean)[] =>
  type in fitting ? [...new Set(fc.sample(fitting[type]!, { seed: 1, numRuns: 80 }))] : ids;

function conditionsWith(
  bare: Pick<FieldCondition, 'of' | 'field' | 'is'>,
  values: readonly (string | number | boolean)[],
): FieldCondition[] {
  if (bare.is === 'blank' || bare.is === 'notBlank') return [bare];
  if (bare.is === 'in' || bare.is === 'notIn')
    return values.map((value, at) => ({ ...bare, value: [value, values[(at * 3 + 1) % values.length]!] }));
  return values.map((value, at) => ({ ...bare, value: bare.is === 'between' ? [value, values[(at * 3 + 1) % values.length]!] : value }));
}

/** By lead, the answers to all the rules in their order: all in one statement. */
async function judgeMany({ workspaceId, leadIds }: Company, asked: readonly Rule[]) {
  return database.inWorkspace(workspaceId, async (tx) => {
    const reading = await ruleReading(tx, workspaceId, asked);
    const answers = asked.map((rule) => ruleSql(rule, { workspaceId, reading, at }));
    const { rows } = await sql<{ id: string; answers: boolean[] }>`
      SELECT t.id, ARRAY[${sql.join(answers)}] AS answers FROM leads t WHERE t.workspace_id = ${workspaceId}::uuid`.execute(tx);
    const records = await loadRuleRecords(tx, workspaceId, leadIds, asked);
    return rows.map(({ id, answers: inSql }) => ({
      inSql,
      inJavaScript: asked.map((rule) => evaluateRule(rule, records.get(id)!, records.get(id)!.stages.inquiry ?? Date.parse(noon))),
    }));
  });
}

test('a rule about touches judges each touch alike in SQL and in JavaScript', async () => {
  const [given] = fc.sample(population, { seed: 11, numRuns: 1 });
  const company = await bringIn(given!);
  await fc.assert(
    fc.asyncProperty(
      groups(fc.oneof({ weight: 8, arbitrary: fieldCondition(['touch']) }, { weight: 1, arbitrary: leaf })),
      async (rule) => {
        const answers = await database.inWorkspace(company.workspaceId, async (tx) => {
          const reading = await ruleReading(tx, company.workspaceId, [rule]);
          const { rows } = await sql<Row & { answer: boolean | null; at: number }>`
          SELECT x.*, (extract(epoch FROM x.occurred_at) * 1000)::float8 AS at, ${touchRuleSql(rule, reading)} AS answer FROM touches x WHERE x.workspace_id = ${company.workspaceId}::uuid`.execute(
            tx,
          );
          return rows.map((each) => [each.answer, evaluateTouchRule(rule, asTouch(each), reading)]);
        });
        for (const [inSql, inJavaScript] of answers) assert.equal(inSql, inJavaScript);
      },
    ),
    { numRuns: 150, seed: 11 },
  );
});

function asTouch(given: Row & { at: number }): RuleTouch {
  const built = touchFields.map((field) => [field.name, sqlTypeOf(field) === 'timestamptz' ? given.at : given[columnOf(field.name)]]);
  const custom = Object.entries((given.custom ?? {}) as Row).map(([key, value]) => [`custom.${key}`, value]);
  return { ...Object.fromEntries([...built, ...custom]), occurredAt: given.at };
}

test('a back-test counts what judging each lead by itself would count', async () => {
  const [given] = fc.sample(population, { seed: 13, numRuns: 1 });
  const company = await bringIn(given!);
  const question = { against: null, start: '2018-01-01', end: '2026-12-31', by: 'segment', judging: 'whenQualified', now: noon } as const;
  await fc.assert(
    fc.asyncProperty(rules, fc.option(rules, { nil: null }), async (rule, against) => {
      const asked: BackTestQuestion = { ...question, rule, against: against === null ? { stage: 'sal' } : { rule: against } };
      const counted = await database.inWorkspace(company.workspaceId, (tx) => countBackTest(tx, company.workspaceId, asked));
      const shown = counted.map(({ group, leads, passedNow, passedThen, both, wonNow, wonThen, wonBoth }) => [
        group,
        leads,
        passedNow,
        passedThen,
        both,
        wonNow,
        wonThen,
        wonBoth,
      ]);
      assert.deepEqual(
        new Set(shown.map((each) => JSON.stringify(each))),
        new Set((await countOneByOne(company, rule, against)).map((each) => JSON.stringify(each))),
      );
    }),
    { numRuns: 60, seed: 13 },
  );
});

async function countOneByOne({ workspaceId, leadIds }: Company, rule: Rule, against: Rule | null): Promise<unknown[][]> {
  return database.inWorkspace(workspaceId, async (tx) => {
    const records = await loadRuleRecords(tx, workspaceId, leadIds, [rule, against ?? rule, { of: 'lead', field: 'segment', is: 'blank' }]);
    const now = Date.parse(noon);
    const leads = [...records.values()].flatMap((record) => {
      const { inquiry, mql, sal, won } = record.stages;
      if (inquiry === null) return [];
      const moment = Math.min(mql ?? inquiry! + daysUntilJudged * 86_400_000, now);
      const isThen = evaluateRule(rule, record, moment);
      const isNow = against === null ? sal !== null : evaluateRule(against, record, moment);
      return [{ group: record.lead.segment ?? null, isNow, isThen, isWon: won !== null && won! <= now }];
    });
    const count = (of: typeof leads, test: (lead: (typeof leads)[number]) => boolean) => of.filter(test).length;
    return [...Map.groupBy(leads, ({ group }) => group)].map(([group, of]) => [
      group,
      of.length,
      count(of, ({ isNow }) => isNow),
      count(of, ({ isThen }) => isThen),
      count(of, ({ isNow, isThen }) => isNow && isThen),
      count(of, ({ isNow, isWon }) => isNow && isWon),
      count(of, ({ isThen, isWon }) => isThen && isWon),
      count(of, ({ isNow, isThen, isWon }) => isNow && isThen && isWon),
    ]);
  });
}

test('each lead fails by the clauses that are not met', async () => {
  const [given] = fc.sample(population, { seed: 5, numRuns: 1 });
  const company = await bringIn(given!);
  const rule: Rule = {
    all: [
      { of: 'lead', field: 'segment', is: 'notBlank' },
      { of: 'account', field: 'employees', is: 'gte', value: 50 },
    ],
  };
  const judged = await database.inWorkspace(company.workspaceId, (tx) =>
    judgeLeads(tx, company.workspaceId, { rule }, [...company.leadIds, newId()], () => Date.parse(noon)),
  );
  assert.deepEqual([...judged.keys()].toSorted(), company.leadIds.toSorted(), 'a lead that isn’t there is not judged');
  const found = new Set([...judged.values()].map(({ failed }) => failed.join()));
  assert.ok(found.has('') && found.has('all.1') && found.has('all.0,all.1'), [...found].join(' | '));
  for (const { passed, failed } of judged.values()) assert.equal(passed, failed.length === 0);
  assert.deepEqual(
    clausesOf(rule).map(({ path }) => path),
    ['all.0', 'all.1'],
  );
});
