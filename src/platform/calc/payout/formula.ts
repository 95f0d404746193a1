/** `payout`: a plan of pay and evidence to statements, and with what was posted before to corrections. */

import { z } from 'zod';
import { entitle, periodsThrough } from '#engine/payout/entitle.ts';
import { knownBy } from '#engine/payout/evidence.ts';
import { explainLine } from '#engine/payout/explain.ts';
import { jsonOf } from '#engine/payout/json.ts';
import { readPeriod } from '#engine/payout/periods.ts';
import { settle } from '#engine/payout/settle.ts';
import { warningsOf } from '#engine/payout/warnings.ts';
import { dayText } from '#engine/values/calendarDay.ts';
import { Problem } from '#platform/errors.ts';
import { formula } from '../formula.ts';
import { give } from '../wording.ts';
import { example } from './example.ts';
import { isTooMuch, readGiven } from './reading.ts';

const periodWords = 'a period such as 2026-03, 2026-Q1, 2026-H1 or 2026';
const items = (what: string) => z.array(z.looseObject({}), { error: give(`a list of ${what}`) }).default([]);

const input = z
  .strictObject(
    {
      plan: z.looseObject({}, { error: give('a plan, an object') }).describe('The plan of pay: docs/payout-plans.md has its shape.'),
      from: z.iso
        .date({ error: give('a day such as 2026-01-01') })
        .optional()
        .describe('First day the plan is in force, the first of a period. `through`’s unless said.'),
      through: z
        .string({ error: give(periodWords) })
        .describe('The period to state: 2026-03, 2026-Q1, 2026-H1 or 2026, as the plan’s periods are.'),
      cutOff: z.iso
        .datetime({ error: give('an instant in UTC such as 2026-04-05T00:00:00Z') })
        .optional()
        .describe('Facts and results recorded later are left out; without it all count.'),
      facts: items('facts').describe('What happened, reversals among it: docs/payout-plans.md.'),
      results: items('results').describe('Joint results and clauses’ attainment by period.'),
      employment: items('employment').describe('Who was there from when to when, and days away.'),
      posted: items('lines').describe(
        'Lines of earlier answers that were paid, as they were given: what should have been another becomes a correction.',
      ),
    },
    { error: give('an object such as {"plan": {…}, "through": "2026-03", "facts": […]}') },
  )
  .transform((given, context) => {
    const read = readGiven(given, context);
    return read ? { ...read, from: given.from, through: given.through, cutOff: given.cutOff } : z.NEVER;
  });

const amount = z.string().describe('Minor units.');
const line = z.object({
  payee: z.string(),
  period: z.string(),
  component: z.string().describe('Id of the component, the term or the pool.'),
  name: z.string(),
  amount,
  explanation: z.string().describe('The rule in a sentence.'),
  rule: z.looseObject({ kind: z.string() }).describe('The numbers it was computed with.'),
  facts: z
    .array(z.object({ id: z.string(), credit: z.string() }))
    .readonly()
    .describe('Credit in minor units, or in millionths of a counted thing.'),
  results: z.array(z.string()).readonly(),
});

const output = z.object({
  period: z.string(),
  currency: z.string(),
  statements: z.array(z.object({ payee: z.string(), total: amount, lines: z.array(line) })).describe('Of each payee with a line, by id.'),
  total: amount.describe('Of all statements.'),
  pool: z.looseObject({}).nullable().describe('Fund, gates and what is paid; null without a pool.'),
  balances: z
    .array(z.object({ payee: z.string(), drawn: amount, withheld: amount }))
    .describe('Still to be recovered, and still withheld.'),
  notes: z
    .array(z.object({ payee: z.string().nullable(), component: z.string(), what: z.string() }))
    .describe('Why something pays nothing.'),
  refused: z.array(z.object({ fact: z.string(), reason: z.string() })).describe('Facts that pay nobody.'),
  warnings: z.array(z.object({ code: z.string(), at: z.string(), what: z.string(), better: z.string(), payees: z.array(z.string()) })),
});

export const payoutFormula = formula({
  name: 'payout',
  summary:
    'Statements of a plan of pay: credit → rates by tier (quota after ramp and days) → gates → kickers → floor and cap → the payee’s floors, caps, draws and holdbacks; the pool beside them, shared to the unit. Exact; one amount is rounded once, halves to the even minor unit, what is shared goes by largest remainder. The order of facts changes nothing.',
  input,
  output,
  example,
  async calculate({ from: given, through, cutOff, ...read }) {
    const { plan, evidence, posted } = read;
    const known = cutOff === undefined ? evidence : knownBy(evidence, cutOff);
    const { periods, refused, statements } = within(() => {
      const from = given ?? dayText(readPeriod(through).first);
      const versions = [{ version: plan.name, plan, from }];
      if (isTooMuch(read, periodsThrough(versions, through).length)) throw new RangeError('is too much at once; ask in parts');
      const entitled = entitle({ versions, through, evidence: known });
      return { ...entitled, statements: settle(entitled.periods, posted, known) };
    });
    const last = periods.at(-1)!;
    return {
      period: last.period,
      currency: last.currency,
      statements: statements.map(({ payee, total, lines }) => ({
        payee,
        total: `${total}`,
        lines: lines.map((each) => ({ ...jsonOf(each), explanation: explainLine(each, last.currency) })),
      })),
      total: `${statements.reduce((sum, { total }) => sum + total, 0n)}`,
      pool: last.pool && { ...jsonOf(last.pool) },
      balances: [...jsonOf(last.balances)],
      notes: [...last.notes],
      refused: [...refused],
      warnings: warningsOf(plan).map((warning) => ({ ...warning, payees: [...warning.payees] })),
    };
  },
});

/** What the engine refuses is a wrong call here. */
function within<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new Problem('bad-input', error.message, { fields: [{ at: 'through', reason: error.message }] });
  }
}
