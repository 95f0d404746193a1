import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { toJson } from '#platform/http/json.ts';
import { Problem } from '#platform/errors.ts';
import { compute } from '../formula.ts';
import { example } from './example.ts';
import { payoutFormula } from './formula.ts';

interface Answer {
  readonly statements: readonly {
    payee: string;
    total: string;
    lines: readonly { amount: string; explanation: string; component: string }[];
  }[];
  readonly total: string;
  readonly pool: { opened: string } | null;
  readonly refused: readonly unknown[];
  readonly warnings: readonly { code: string }[];
}
const pay = async (given: object): Promise<Answer> => (await compute(payoutFormula, structuredClone(given))) as Answer;
const totals = ({ statements }: Answer) => Object.fromEntries(statements.map(({ payee, total }) => [payee, total]));

test('golden: the example, by hand: 8 % of 50,000, 12 % of 12,400, half of a pool of 1,000 each', async () => {
  const answer = await pay(example);
  assert.deepEqual(totals(answer), { mara: '50000', sam: '598800' });
  assert.deepEqual(
    answer.statements[1]!.lines.map(({ amount, explanation }) => [amount, explanation]),
    [
      ['400000', '8 % of €50,000 up to 100 % of quota'],
      ['148800', '12 % of €12,400 beyond 100 % of quota'],
      ['50000', '50 % of the €1,000 shared, for 31 days'],
    ],
  );
  assert.deepEqual([answer.total, answer.pool?.opened, answer.warnings], ['648800', 'both', []]);
});

test('what was posted before becomes a correction when a deal is cancelled, and nothing when all is the same', async () => {
  const before = await pay(example);
  const posted = before.statements.flatMap(({ lines }) => lines);
  assert.deepEqual((await pay({ ...example, posted })).statements, []);
  const cancelled = { id: 'x', kind: 'won', on: '2026-04-02', reverses: { fact: 'deal-2', cause: 'cancelled' } };
  const facts = [...example.facts, cancelled];
  const april = await pay({ ...example, facts, posted, from: '2026-03-01', through: '2026-04' });
  // 8 % of 40,000 in place of 5,488
  const [line] = april.statements.find(({ payee }) => payee === 'sam')!.lines;
  assert.deepEqual(
    [line?.amount, line?.explanation],
    ['-228800', 'Correction of 2026-03: €3,200 in place of €5,488, for one record was cancelled within the days agreed'],
  );
});

test('what was recorded after the cut-off is left out', async () => {
  const late = {
    id: 'late',
    kind: 'won',
    on: '2026-03-30',
    recordedAt: '2026-04-06T00:00:00Z',
    amount: '100000',
    credits: [{ payee: 'sam' }],
  };
  const facts = [...example.facts, late];
  assert.deepEqual(totals(await pay({ ...example, facts, cutOff: '2026-04-05T00:00:00Z' })), totals(await pay(example)));
  assert.equal(totals(await pay({ ...example, facts }))['sam'], '610800');
});

test('the same in another order is the same to the byte', async () => {
  const turned = { ...example, facts: example.facts.toReversed(), results: example.results.toReversed() };
  assert.equal(toJson(await pay(turned)), toJson(await pay(example)));
});

test('every wrong place is named', async () => {
  const wrong = async (given: object): Promise<string[]> => {
    const error = await pay({ ...example, ...given }).catch((each: unknown) => each);
    assert.ok(error instanceof Problem);
    return (error.fields ?? []).map(({ at, reason }) => `${at}: ${reason}`);
  };
  assert.deepEqual(await wrong({ plan: { ...example.plan, currency: 'EURO' } }), [
    'plan.currency: “EURO” is not what is asked for; give a currency of ISO 4217 such as EUR',
  ]);
  assert.deepEqual(await wrong({ plan: { ...example.plan, components: [{ ...example.plan.components[0], quota: null }] } }), [
    'plan.components.0.quota: is missing; give the name of the quota that tiers are percents of',
  ]);
  assert.deepEqual(await wrong({ facts: [{ ...example.facts[0], amount: 1200 }] }), [
    'facts.0.amount: 1200 is not what is asked for; give minor units as text such as "1200050" or "-500"',
  ]);
  assert.deepEqual(await wrong({ facts: [{ ...example.facts[0], credits: [{ payee: 'sam', sharePercent: '90' }] }] }), [
    'facts.0.credits: the credits of “owner” are not 100 % together; give shares of a role that add up to exactly 100',
  ]);
  assert.deepEqual(
    await wrong({ posted: [{ payee: 'sam' }] }).then((all) => all[0]),
    'posted.0.period: is missing; give a text of at most 10 characters',
  );
  assert.deepEqual(await wrong({ through: '2026-Q1' }), [
    'through: “2026-Q1” is no period of the plan from 2026-01-01 on, whose periods are such as 2026-03',
  ]);
  assert.deepEqual(await wrong({ through: 'March' }), [
    'through: “March” is no period; one such as 2026-03, 2026-Q1, 2026-H1 or 2026 would do',
  ]);
  assert.match((await wrong({ bonus: 1 }))[0]!, /^bonus: /);
});

test('what would hold up a server is refused', async () => {
  const payees = Array.from({ length: 9_000 }, (_, at) => ({ id: `p${at}`, side: 'sales' }));
  const many = { ...example, plan: { name: 'P', currency: 'EUR', period: 'month', payees }, from: '0001-01-01', facts: [], results: [] };
  await assert.rejects(pay(many), /too much at once/);
});

test('every example of docs/payout-plans.md can be computed', async () => {
  const text = readFileSync(join(import.meta.dirname, '../../../../docs/payout-plans.md'), 'utf8');
  const examples = [...text.matchAll(/```json\n([\s\S]*?)```/g)].map(([, json]) => JSON.parse(json!) as object);
  assert.ok(examples.length >= 3);
  for (const each of examples) await pay(each);
});
