/** All leads judged by a definition of five conditions, beside the same definition written by hand in SQL; and a back-test. */

import { sql } from 'kysely';
import { answerBackTest } from '#features/agreement/queries/back-test-answer.ts';
import type { WholeBackTest } from '#features/agreement/queries/back-test-ask.ts';
import { judgeLeads } from '#features/agreement/actions/judge-leads.ts';
import { ruleReading } from '#features/agreement/queries/rule-reading.ts';
import { passingLeads, type SetScope } from '#features/agreement/queries/rule-set.ts';
import { ruleSql } from '#features/agreement/queries/rule-sql.ts';
import type { Sql } from '#features/records/queries/columns.ts';
import type { Rule } from '#engine/rules/rule.ts';
import { type Company, company, filledCompany } from './support/company.ts';
import type { Ground } from './support/ground.ts';
import { median, repeat, rounded, timed } from './support/measure.ts';
import type { Outcome, Row } from './support/report.ts';

const runs = 5;

/** Two fields of the lead, one of its account, one of its contact, and a count of touches. */
const definition = (segments: readonly string[], countries: readonly string[]): Rule => ({
  all: [
    { of: 'lead', field: 'segment', is: 'in', value: segments },
    { of: 'lead', field: 'country', is: 'in', value: countries },
    { of: 'account', field: 'employees', is: 'gte', value: 50 },
    { of: 'contact', field: 'phone', is: 'notBlank' },
    {
      touches: {
        where: [{ of: 'touch', field: 'kind', is: 'in', value: ['webinar', 'form', 'content', 'visit', 'email'] }],
        withinDays: 30,
      },
      is: 'gte',
      value: 2,
    },
  ],
});

export async function measureJudging(ground: Ground): Promise<Outcome> {
  const filled = await filledCompany(ground);
  const rows: Row[] = [];
  const notes: string[] = [];
  for (const { which, segments, countries } of await choices(filled)) {
    const { forms, passed } = await measureDefinition(ground, filled, which, definition(segments, countries));
    rows.push(...forms);
    notes.push(`${which}: ${passed} of ${ground.leads} pass, the same in every form.`);
  }
  return {
    measured: `${ground.leads.toLocaleString('en')} leads judged by five conditions, ${runs} runs each`,
    tables: [
      { title: 'judging all leads', rows },
      { title: 'one by one, as they arrive', rows: [await measureOneByOne(ground, filled, await wide(filled))] },
      { title: 'back-test over all leads', rows: [await measureBackTest(ground, filled)] },
    ],
    notes,
  };
}

/** A definition that few leads pass before touches are looked at, and one that most do. */
async function choices(filled: Company): Promise<{ which: string; segments: string[]; countries: string[] }[]> {
  const [segments, countries] = [await valuesOf(filled, 'segment'), await valuesOf(filled, 'country')];
  return [
    { which: 'narrow', segments: segments.slice(0, 2), countries: countries.slice(0, 2) },
    { which: 'wide', segments, countries },
  ];
}

const wide = async (filled: Company): Promise<Rule> => definition(await valuesOf(filled, 'segment'), await valuesOf(filled, 'country'));

const inside = <T>({ database, workspaceId }: Company, work: Parameters<typeof database.inWorkspace<T>>[1]): Promise<T> =>
  database.inWorkspace(workspaceId, work, { statementTimeout: 0 });

async function valuesOf(filled: Company, column: 'segment' | 'country'): Promise<string[]> {
  const { rows } = await inside(filled, (tx) =>
    sql<{
      value: string;
    }>`SELECT ${sql.ref(column)} AS value FROM leads WHERE workspace_id = ${filled.workspaceId}::uuid AND ${sql.ref(column)} IS NOT NULL GROUP BY 1 ORDER BY count(*) DESC`.execute(
      tx,
    ),
  );
  return rows.map(({ value }) => value);
}

const moment = sql`CASE WHEN t.mql_at IS NULL THEN t.opened_at + interval '720 hours' ELSE t.mql_at END`;

/** By what way the same leads are found. */
async function formsOf(filled: Company, rule: Rule): Promise<[form: string, query: Sql][]> {
  const { workspaceId } = filled;
  const scope: SetScope = { workspaceId, reading: await inside(filled, (tx) => ruleReading(tx, workspaceId, [rule])), at: moment };
  return [
    ['by hand, a look-up a lead', byHand(workspaceId, rule, 'lookedUp')],
    ['by hand, one pass over touches', byHand(workspaceId, rule, 'grouped')],
    ['definition, all at once', passingLeads(rule, scope)],
    ['definition, lead by lead', sql`SELECT t.id FROM leads t WHERE t.workspace_id = ${workspaceId}::uuid AND ${ruleSql(rule, scope)}`],
  ];
}

async function measureDefinition(ground: Ground, filled: Company, which: string, rule: Rule): Promise<{ forms: Row[]; passed: number }> {
  const forms = (await formsOf(filled, rule)).map(([form, query]) => ({ form, query, took: [] as number[], passed: -1 }));
  // In turn, so that whatever else the machine does is shared by all forms.
  for (let run = -2; run < runs; run++)
    for (const each of forms) {
      ground.say(`judge: ${which}, ${each.form}`);
      const milliseconds = await timed(async () => void (each.passed = await count(filled, each.query)));
      if (run >= 0) each.took.push(milliseconds);
    }
  const found = forms.map(({ form, took, passed }) => ({ form, passed, medianMs: rounded(median(took)) }));
  const passed = found[0]!.passed;
  if (found.some((each) => each.passed !== passed)) throw new Error(`The forms differ: ${JSON.stringify(found)}`);
  const best = Math.min(...found.filter(({ form }) => form.startsWith('by hand')).map(({ medianMs }) => medianMs));
  return {
    passed,
    forms: found.map(({ form, medianMs }) => ({
      definition: which,
      form,
      'p50 ms': medianMs,
      '× the faster by hand': rounded(medianMs / best, 2),
    })),
  };
}

const count = (filled: Company, query: Sql): Promise<number> =>
  inside(filled, async (tx) => Number((await sql<{ count: bigint }>`SELECT count(*) FROM (${query}) q`.execute(tx)).rows[0]!.count));

/** As somebody would write it who knows the schema. */
function byHand(workspaceId: string, rule: Rule, touches: 'lookedUp' | 'grouped'): Sql {
  const all = (rule as unknown as { all: { value: string[] }[] }).all;
  const [segments, countries] = [all[0]!.value, all[1]!.value];
  const counts = sql`x.workspace_id = ${workspaceId}::uuid AND x.voided_by IS NULL AND x.kind IN ('webinar', 'form', 'content', 'visit', 'email')`;
  const fits = sql`FROM leads t JOIN accounts a ON a.workspace_id = ${workspaceId}::uuid AND a.id = t.account_id JOIN contacts c ON c.workspace_id = ${workspaceId}::uuid AND c.id = t.contact_id
    WHERE t.workspace_id = ${workspaceId}::uuid AND t.segment = ANY(${segments}::text[]) AND t.country = ANY(${countries}::text[]) AND a.employees >= 50 AND c.phone IS NOT NULL`;
  if (touches === 'lookedUp') {
    const since = sql`x.occurred_at <= ${moment} AND x.occurred_at >= ${moment} - interval '720 hours'`;
    return sql`SELECT t.id ${fits} AND (SELECT count(*) FROM touches x WHERE ${counts} AND x.lead_id = t.id AND ${since})
      + (SELECT count(*) FROM touches x WHERE ${counts} AND x.contact_id = t.contact_id AND x.lead_id IS NULL AND ${since}) >= 2`;
  }
  const since = sql`x.occurred_at <= f.at AND x.occurred_at >= f.at - interval '720 hours'`;
  return sql`WITH fitting AS (SELECT t.id, t.contact_id, ${moment} AS at ${fits})
    SELECT id FROM (SELECT f.id FROM fitting f JOIN touches x ON x.lead_id = f.id WHERE ${counts} AND ${since}
      UNION ALL SELECT f.id FROM fitting f JOIN touches x ON x.contact_id = f.contact_id AND x.lead_id IS NULL WHERE ${counts} AND ${since}) counted
    GROUP BY id HAVING count(*) >= 2`;
}

async function measureOneByOne(ground: Ground, filled: Company, rule: Rule): Promise<Row> {
  const batch = Math.min(2_000, ground.leads);
  const ids = await inside(filled, async (tx) =>
    (
      await sql<{
        id: string;
      }>`SELECT id FROM leads WHERE workspace_id = ${filled.workspaceId}::uuid ORDER BY id DESC LIMIT ${batch}`.execute(tx)
    ).rows.map(({ id }) => id),
  );
  ground.say('judge: a batch in JavaScript');
  const { medianMs } = await repeat(runs, () =>
    inside(filled, (tx) => judgeLeads(tx, filled.workspaceId, { rule }, ids, () => Date.parse(`${company.end}T00:00:00Z`))),
  );
  return { leads: batch, 'p50 ms': medianMs, 'leads a second': Math.round((batch / medianMs) * 1000) };
}

async function measureBackTest(ground: Ground, filled: Company): Promise<Row> {
  const [rule, segments] = [await wide(filled), await valuesOf(filled, 'segment')];
  const against: Rule = { of: 'lead', field: 'segment', is: 'in', value: segments };
  const period = { start: company.start, end: company.end, by: 'segment', now: `${company.end}T00:00:00Z` } as const;
  const whole: WholeBackTest = {
    version: { rule, term: 'mql' } as WholeBackTest['version'],
    against: null,
    ask: { ...period, againstId: null },
    question: { rule, against: { rule: against }, judging: 'whenQualified', ...period },
    timeZone: company.timeZone,
    currency: company.currency,
  };
  ground.say('judge: a back-test');
  const { medianMs } = await repeat(3, () => inside(filled, (tx) => answerBackTest(tx, filled.workspaceId, whole)));
  return { leads: ground.leads, 'p50 s': rounded(medianMs / 1000, 2) };
}
