/**
 * Simulated companies, of which it is known what each channel truly brought: sums close under every model, and
 * docs/attribution-truth.md says how far each model is from the truth. `UPDATE_TRUTH=1` writes that page anew.
 */

import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { ruleModels } from '#engine/attribution/models.ts';
import type { State } from '#engine/simulate/parameters.ts';
import { writeSimulation } from '#features/simulate/commands.ts';
import { openCompanies } from '#tests/reliability/company.ts';
import { attributed, type AttributedCompany } from '#tests/support/attributed.ts';
import { answerEstimates } from './actions/estimate.ts';
import { allModels, type AttributionAnswer, type ModelName } from './contract/attribution.ts';

const page = join(import.meta.dirname, '../../../docs/attribution-truth.md');

const simulations: readonly { seed: number; state: State }[] = [
  { seed: 1, state: 'typical' },
  { seed: 2, state: 'typical' },
  { seed: 3, state: 'well-aligned' },
];
const leads = 6_000;
const months = 18;

interface Simulated {
  readonly seed: number;
  readonly state: State;
  /** As it counts unless somebody says otherwise: by account, all sides. */
  readonly byDefault: AttributionAnswer;
  /** By lead, without the touches of sales: what the simulator knows the truth of. */
  readonly comparable: AttributionAnswer;
  /** Share of each channel of all that channels truly brought, percent. */
  readonly truth: ReadonlyMap<string, number>;
  readonly strays: string[];
  readonly revenue: string | null;
}

let companies: Awaited<ReturnType<typeof openCompanies>>;
const simulated: Simulated[] = [];
before(async () => {
  companies = await openCompanies();
  for (const each of simulations) simulated.push(await simulate(each.seed, each.state));
});
after(() => companies.close());

async function simulate(seed: number, state: State): Promise<Simulated> {
  const folder = await mkdtemp(join(tmpdir(), 'accord-truth-'));
  try {
    const { truth } = await writeSimulation({ seed, months, leads, state, folder });
    const company = attributed(await companies.make({ timeZone: 'Europe/Berlin' }));
    await company.import([folder]);
    await company.follow();
    const byDefault = await company.answer();
    const strays = await company.strays();
    await company.set({ basis: 'lead', sides: ['marketing', 'customer'] });
    const comparable = await withEstimates(company);
    const revenue = await company.value(`SELECT sum(amount) FROM deals WHERE workspace_id = :ws AND status = 'won'`);
    return { seed, state, byDefault, comparable, truth: trueShares(truth), strays, revenue };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function withEstimates(company: AttributedCompany): Promise<AttributionAnswer> {
  await company.answer();
  await answerEstimates(company.database, company.workspaceId);
  return company.answer();
}

/** Contributions below nothing (a channel that puts people off) count as none: no model can say less. */
function trueShares(truth: Record<string, unknown>): Map<string, number> {
  const channels = truth.channels as { channel: string; expectedWins: number }[];
  const brought = channels.map(({ channel, expectedWins }) => [channel, Math.max(0, expectedWins)] as const);
  const all = brought.reduce((sum, [, wins]) => sum + wins, 0);
  return new Map(brought.map(([channel, wins]) => [channel, (100 * wins) / all]));
}

test('on simulated companies the sums close to the unit under every model, and verify finds nothing', () => {
  for (const { byDefault, comparable, strays, revenue, seed } of simulated) {
    assert.deepEqual(strays, []);
    for (const answer of [byDefault, comparable]) {
      assert.equal(answer.total.value, revenue, `seed ${seed}`);
      for (const model of answer.models) if (model.value !== null) assert.equal(model.difference, '0', `seed ${seed} ${model.model}`);
      for (const model of ruleModels) {
        const sum = answer.rows.reduce((total, row) => total + BigInt(row.models[model]!.value!), BigInt(answer.unattributed.value));
        assert.equal(String(sum), revenue, `seed ${seed} ${model}`);
      }
    }
    assert.deepEqual(
      comparable.models.map(({ conversions }) => conversions === null),
      allModels.map(() => false),
    );
  }
});

// ── how far from the truth ──────────────────────────────────────────────────

interface Distance {
  /** Mean absolute error of the channels' shares, percentage points. */
  readonly error: number;
  /** Spearman's. */
  readonly rank: number;
}

/** By conversions: how many wins a model says a channel brought. */
function sharesOf({ rows }: AttributionAnswer, model: ModelName, channels: readonly string[]): number[] {
  const credited = channels.map((channel) => rows.find(({ group }) => group === channel)?.models[model]?.conversions ?? 0);
  const all = credited.reduce((sum, each) => sum + each, 0);
  return credited.map((each) => (100 * each) / all);
}

function distance({ comparable, truth }: Simulated, model: ModelName): Distance {
  const channels = [...truth.keys()];
  const shares = sharesOf(comparable, model, channels);
  const real = channels.map((channel) => truth.get(channel)!);
  const error = shares.reduce((sum, share, at) => sum + Math.abs(share - real[at]!), 0) / channels.length;
  return { error, rank: correlation(ranks(shares), ranks(real)) };
}

function ranks(numbers: readonly number[]): number[] {
  const sorted = numbers.toSorted((a, b) => a - b);
  return numbers.map((each) => (sorted.indexOf(each) + sorted.lastIndexOf(each)) / 2);
}

function correlation(a: readonly number[], b: readonly number[]): number {
  const mean = (numbers: readonly number[]): number => numbers.reduce((sum, each) => sum + each, 0) / numbers.length;
  const [meanA, meanB] = [mean(a), mean(b)];
  const product = (x: readonly number[], y: readonly number[], atX: number, atY: number): number =>
    x.reduce((sum, each, at) => sum + (each - atX) * (y[at]! - atY), 0);
  return product(a, b, meanA, meanB) / Math.sqrt(product(a, a, meanA, meanA) * product(b, b, meanB, meanB));
}

function written(): string {
  const names = simulated.map(({ seed, state }) => `${state}, seed ${seed}`);
  const rows = allModels.map((model) => {
    const each = simulated.map((one) => distance(one, model));
    const mean = each.reduce((sum, { error }) => sum + error, 0) / each.length;
    return { model, label: simulated[0]!.comparable.models.find((one) => one.model === model)!.label, each, mean };
  });
  const table = rows
    .toSorted((a, b) => a.mean - b.mean)
    .map(
      ({ label, each, mean }) =>
        `| ${label} | ${each.map(({ error, rank }) => `${error.toFixed(1)} / ${rank.toFixed(2)}`).join(' | ')} | ${mean.toFixed(1)} |`,
    );
  return `# Attribution against the truth

Made by \`UPDATE_TRUTH=1 npm test -- attribution-truth\`; the same test fails when it is out of date.

The simulator knows what each channel truly brought (\`channels\` in truth.json, formula in [simulator.md](simulator.md)): the expected wins that would be missing without it. No model sees that; each sees touches and wins, as in a real company. Here journeys are read by lead, a won deal converts, and the touches of sales are left out, since the simulator's truth is about the channels of marketing. ${leads.toLocaleString('en')} leads, ${months} months each.

Each cell: mean absolute error of the channels' shares in percentage points (nine channels; 0 is exact) / Spearman's rank correlation with the truth (1: the same order).

| model | ${names.join(' | ')} | mean error |
|---|${names.map(() => '---|').join('')}---|
${table.join('\n')}

What the channels truly brought, percent of all, and what four models say (${names[0]}):

| channel | truth | ${shown.map(([, label]) => label).join(' | ')} |
|---|---|${shown.map(() => '---|').join('')}
${channelRows(simulated[0]!).join('\n')}

How to read it:
- In this world a channel matters most by bringing a lead that would not be there otherwise; between that and the win everybody gets many letters. The more credit a model leaves to what comes in between, the further off it is: least with the first touch, U and W, most with time decay and the last touch, which give e-mail four fifths of all. In a world where the last touch decides it would be the other way round; nothing in the touches says in which world one lives.
- Data-driven models learn which channels go together with winning. A channel that nearly every journey passes, such as e-mail, is missed by nearly every journey when it is taken out: they over-credit it, and their narrow intervals say how steady the answer is, not how true.
- A random error remains: the truth is an expectation, the wins are draws. Between two seeds of one state a model's error differs by as much as the columns show.
- None of this is about your company. It says how to use models: side by side, with the range, and with an experiment (hold a channel back from some people at random) before much money moves.
`;
}

const shown: readonly (readonly [ModelName, string])[] = [
  ['u', 'U-shaped'],
  ['last', 'last touch'],
  ['markov1', 'Markov 1'],
  ['shapley', 'Shapley'],
];

function channelRows({ truth, comparable }: Simulated): string[] {
  const channels = [...truth.keys()].toSorted((a, b) => truth.get(b)! - truth.get(a)!);
  const shares = shown.map(([model]) => sharesOf(comparable, model, channels));
  return channels.map(
    (channel, at) => `| ${channel} | ${truth.get(channel)!.toFixed(1)} | ${shares.map((each) => each[at]!.toFixed(1)).join(' | ')} |`,
  );
}

test('docs/attribution-truth.md says what is so', async () => {
  const text = written();
  if (process.env.UPDATE_TRUTH) await writeFile(page, text);
  const there = await readFile(page, 'utf8');
  // Two touches in one second come in the order of their ids, which chance makes: a last digit may differ.
  const plain = (one: string): string => one.replaceAll(/-?\d+\.\d+/g, '#');
  assert.equal(plain(inRows(there)), plain(inRows(text)));
  const numbers = (one: string): number[] => [...inRows(one).matchAll(/-?\d+\.\d+/g)].map(Number);
  const now = numbers(text);
  for (const [at, number] of numbers(there).entries())
    assert.ok(Math.abs(number - now[at]!) <= 0.11, `${number} is ${now[at]} now: UPDATE_TRUTH=1 npm test -- attribution-truth`);
});

/** Rows of models with nearly the same error may change places. */
const inRows = (text: string): string =>
  text
    .split('\n')
    .map((line) => (line.startsWith('| ') ? line : line.trim()))
    .toSorted()
    .join('\n');

test('models that look at the touch that made the lead come nearer to the truth than the last touch', () => {
  for (const each of simulated)
    for (const model of ['u', 'w', 'z'] as const)
      assert.ok(distance(each, model).error < distance(each, 'last').error, `${each.state} ${each.seed} ${model}`);
});
