/** Attribution, in memory and from files, beside DuckDB's SQL for the same work in the same run; both must find the same. */

import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Journeys } from '#engine/attribution/journeys.ts';
import { countChain } from '#engine/attribution/markov-chain.ts';
import { markov } from '#engine/attribution/markov.ts';
import type { RuleModel } from '#engine/attribution/models.ts';
import { onlyConverting } from '#engine/attribution/select.ts';
import { shapley } from '#engine/attribution/shapley.ts';
import { type RuleTallies, tallyRules } from '#engine/attribution/tally.ts';
import { modelsByPlaces, modelsByWindows, shapleySql, stepsByWindows, stepsInOrder } from './support/attribution-sql.ts';
import { type Duck, fillDuck, openDuck } from './support/duckdb.ts';
import type { Ground } from './support/ground.ts';
import {
  allConverting,
  channelNames,
  type JourneyFiles,
  makeBenchJourneys,
  writeConverting,
  writeJourneyFiles,
} from './support/journeys.ts';
import { median, rounded, timed } from './support/measure.ts';
import { type ProcessRun, runProcess } from './support/processes.ts';
import type { Outcome, Row } from './support/report.ts';

const five: readonly RuleModel[] = ['first', 'last', 'linear', 'u', 'time_decay'];
const rounds = 7;
const larger = 5;

export async function measureAttribution(ground: Ground): Promise<Outcome> {
  const one = makeGround(ground, ground.leads);
  const inMemory = await measureInMemory(ground, one);
  const chains = await measureChains(ground, one.journeys);
  const processes = await measureProcesses(ground, one.files);
  rmSync(one.folder, { recursive: true });
  const growth = await measureGrowth(ground, one.journeys, processes.ours);
  return {
    measured: `${ground.leads.toLocaleString('en')} journeys with ${one.journeys.starts.at(-1)!.toLocaleString('en')} touches of ${channelNames.length} channels, one in twenty converting; medians of ${rounds} rounds in turn; DuckDB ${await duckVersion()}, 2 threads`,
    tables: [
      {
        title: 'in memory: columns grouped by journey, one thread; tables in DuckDB’s own types, in the same order, 2 threads',
        rows: inMemory,
      },
      { title: 'Markov, exact, from the same columns; one thread', rows: chains },
      {
        title: `from ${rounded(one.files.megabytes)} MB of CSV in no order to the result, from starting the process to its end`,
        rows: processes.rows,
      },
      { title: `${larger} times as many journeys`, rows: growth },
    ],
    notes: [
      'Both sides found the same, or the run would have failed: conversions to 1e-9 of the total, values to the unit they are split to.',
      'Prepared: with each touch’s place in its journey kept in the table (models), trusting the order of the table (steps), with the journeys that convert apart (Shapley).',
      'Ours splits every value to the unit so that it adds up; the SQL adds fractions.',
    ],
  };
}

interface Given {
  readonly journeys: Journeys;
  readonly folder: string;
  readonly files: JourneyFiles;
}

function makeGround(ground: Ground, count: number): Given {
  ground.say(`attribution: making ${count.toLocaleString('en')} journeys`);
  const journeys = makeBenchJourneys(count);
  const folder = join(ground.folder, `journeys-${count}`);
  mkdirSync(folder);
  return { journeys, folder, files: writeJourneyFiles(journeys, folder) };
}

async function duckVersion(): Promise<string> {
  const { version } = await import('@duckdb/node-api');
  return version();
}

// ── in memory ───────────────────────────────────────────────────────────────

async function measureInMemory(ground: Ground, { journeys, folder, files }: Given): Promise<Row[]> {
  const everyone = allConverting(journeys);
  const converting = onlyConverting(journeys);
  const duck = await openDuck();
  try {
    ground.say('attribution: filling DuckDB');
    await fillDuck(duck, files, writeConverting(everyone, folder));
    const tally = (given: Journeys) => () => tallyRules(given, five, given.channels, given.channelCount, { halfLifeSeconds: 7 * 86_400 });
    return [
      await measureModels(ground, duck, 'five models, journeys that convert', tally(converting), 'converting', 'conversions'),
      await measureModels(ground, duck, 'five models, every journey credited', tally(everyone), '', 'everyone'),
      await measureSteps(ground, duck, journeys),
      await measureShapley(ground, duck, converting),
    ];
  } finally {
    duck.close();
  }
}

/** Ours and the ways of the peer, in turn. @returns medians in ms; the first two rounds warm up */
async function inTurn(ground: Ground, what: string, ways: readonly (() => unknown)[], times = rounds): Promise<number[]> {
  const took = ways.map((): number[] => []);
  for (let round = -2; round < times; round++) {
    ground.say(`attribution: ${what}, round ${Math.max(1, round + 1)} of ${times}`);
    for (const [at, way] of ways.entries()) {
      const milliseconds = await timed(async () => way());
      if (round >= 0) took[at]!.push(milliseconds);
    }
  }
  return took.map(median);
}

function besides(what: string, [ours, plain, prepared]: readonly number[]): Row {
  return {
    what,
    'ours ms': rounded(ours!, 2),
    'DuckDB ms': rounded(plain!),
    'DuckDB ms, prepared': rounded(prepared!),
    'the faster ÷ ours': rounded(Math.min(plain!, prepared!) / ours!),
  };
}

async function measureModels(
  ground: Ground,
  duck: Duck,
  what: string,
  ours: () => RuleTallies,
  prefix: string,
  conversions: string,
): Promise<Row> {
  const plain = modelsByWindows({ touches: prefix || 'touches', conversions });
  const placed = modelsByPlaces({ touches: prefix ? `${prefix}_placed` : 'placed', conversions });
  const found = ours();
  for (const sql of [plain, placed]) checkModels(found, await duck.rows(sql));
  const medians = await inTurn(ground, what, [ours, () => duck.rows(plain), () => duck.rows(placed)]);
  return besides(what, medians);
}

function checkModels({ models, total }: RuleTallies, rows: readonly Record<string, number>[]): void {
  for (const model of five) {
    const tally = models.get(model)!;
    if (tally.conversions === null) throw new Error(tally.reason);
    for (const row of rows) {
      const channel = row['channel']!;
      expectNear(
        `${model}, conversions of ${channelNames[channel]}`,
        tally.conversions[channel]!,
        row[`${model}_conversions`]!,
        total.conversions * 1e-9,
      );
      // At most half a unit for every touch, in either direction as likely.
      expectNear(
        `${model}, value of ${channelNames[channel]}`,
        tally.values[channel]!,
        row[`${model}_value`]!,
        5 * Math.sqrt(total.conversions * 4) + total.value * 1e-9,
      );
    }
  }
}

function expectNear(what: string, ours: number, theirs: number, tolerance: number): void {
  if (!(Math.abs(ours - theirs) <= tolerance)) throw new Error(`${what}: ${ours} by ours, ${theirs} by SQL`);
}

async function measureSteps(ground: Ground, duck: Duck, journeys: Journeys): Promise<Row> {
  const { first, targets, counts, windows } = countChain(journeys, 1);
  const ours = new Map<string, number>();
  for (let state = 0; state + 1 < first.length; state++)
    for (let at = first[state]!; at < first[state + 1]!; at++) ours.set(`${windows[state]} ${windows[targets[at]!]}`, counts[at]!);
  for (const sql of [stepsByWindows, stepsInOrder]) {
    const rows = await duck.rows(sql);
    if (rows.length !== ours.size) throw new Error(`${ours.size} kinds of steps by ours, ${rows.length} by SQL`);
    for (const { one, other, count } of rows) expectNear(`steps ${one} to ${other}`, ours.get(`${one} ${other}`) ?? 0, count!, 0);
  }
  const medians = await inTurn(ground, 'steps', [
    () => countChain(journeys, 1),
    () => duck.rows(stepsByWindows),
    () => duck.rows(stepsInOrder),
  ]);
  return besides('steps of order 1, all journeys', medians);
}

async function measureShapley(ground: Ground, duck: Duck, converting: Journeys): Promise<Row> {
  const { channels, totals } = shapley(converting);
  const [all, few] = [shapleySql(channelNames.length, 'touches'), shapleySql(channelNames.length, 'converting')] as const;
  for (const sql of [all, few])
    for (const { channel, conversions, value } of await duck.rows(sql)) {
      expectNear(
        `Shapley, conversions of ${channelNames[channel!]}`,
        channels[channel!]!.conversions,
        conversions!,
        totals.conversions * 1e-9,
      );
      expectNear(`Shapley, value of ${channelNames[channel!]}`, Number(channels[channel!]!.value), value!, 1 + Number(totals.value) * 1e-9);
    }
  const medians = await inTurn(ground, 'Shapley', [() => shapley(converting), () => duck.rows(all), () => duck.rows(few)]);
  return besides(`Shapley over ${channelNames.length} channels, journeys that convert`, medians);
}

async function measureChains(ground: Ground, journeys: Journeys): Promise<Row[]> {
  const rows: Row[] = [];
  for (const order of [1, 2, 3, 4]) {
    const [milliseconds] = await inTurn(ground, `Markov of order ${order}`, [() => markov(journeys, { order })], 5);
    rows.push({ order, states: markov(journeys, { order }).states, 'ours ms': rounded(milliseconds!) });
  }
  return rows;
}

// ── files to result ─────────────────────────────────────────────────────────

const accord = join(import.meta.dirname, '../bin/accord');
const peer = join(import.meta.dirname, 'support/duckdb-process.ts');

const runOurs = ({ touches, conversions }: JourneyFiles, model: readonly string[]): Promise<ProcessRun> =>
  runProcess(accord, ['calc', 'attribution', '--touches', touches, '--conversions', conversions, '--json', '--model', ...model]);

async function measureProcesses(ground: Ground, files: JourneyFiles): Promise<{ rows: Row[]; ours: number }> {
  const runs: { ours: ProcessRun[]; theirs: ProcessRun[]; chain: ProcessRun[] } = { ours: [], theirs: [], chain: [] };
  for (let round = -1; round < rounds; round++) {
    ground.say(`attribution: files to result, round ${Math.max(1, round + 1)} of ${rounds}`);
    const ours = await runOurs(files, ['linear']);
    const theirs = await runProcess(process.execPath, [peer, files.touches, files.conversions]);
    const chain = await runOurs(files, ['markov', '--order', '2']);
    checkLinear(ours, theirs);
    if (round < 0) continue;
    runs.ours.push(ours);
    runs.theirs.push(theirs);
    runs.chain.push(chain);
  }
  const ours = processRow('ours, linear', runs.ours);
  const theirs = processRow('DuckDB, linear', runs.theirs);
  const seconds = secondsOf(runs.ours);
  return {
    rows: [
      ours,
      { ...theirs, 'DuckDB ÷ ours': rounded(secondsOf(runs.theirs) / seconds, 2) },
      processRow('ours, Markov of order 2', runs.chain),
    ],
    ours: seconds,
  };
}

interface LinearAnswer {
  readonly channels: readonly { channel: string; conversions: number; value: number }[];
}

function checkLinear(ours: ProcessRun, theirs: ProcessRun): void {
  const [mine, other] = [ours, theirs].map(({ output }) => (JSON.parse(output) as LinearAnswer).channels) as [
    LinearAnswer['channels'],
    LinearAnswer['channels'],
  ];
  if (mine.length !== other.length) throw new Error(`${mine.length} channels by ours, ${other.length} by SQL`);
  for (const { channel, conversions, value } of other) {
    const found = mine.find((each) => each.channel === channel);
    expectNear(`linear, conversions of ${channel}`, found?.conversions ?? 0, conversions, 1e-6 * Math.max(1, conversions));
    expectNear(`linear, value of ${channel}`, found?.value ?? 0, value, 0.0101 + value * 1e-9);
  }
}

const secondsOf = (runs: readonly ProcessRun[]): number => median(runs.map(({ seconds }) => seconds));

function processRow(what: string, runs: readonly ProcessRun[]): Row {
  const told = (of: (run: ProcessRun) => number | null) =>
    runs.some((run) => of(run) === null) ? null : median(runs.map((run) => of(run)!));
  const processor = told(({ processorSeconds }) => processorSeconds);
  return {
    what,
    seconds: rounded(secondsOf(runs), 3),
    'processor s': processor === null ? null : rounded(processor, 2),
    'peak MB': told(({ peakMegabytes }) => peakMegabytes),
  };
}

// ── growth ──────────────────────────────────────────────────────────────────

async function measureGrowth(ground: Ground, journeys: Journeys, oursSeconds: number): Promise<Row[]> {
  const { journeys: many, files, folder } = makeGround(ground, larger * journeys.count);
  const rows: Row[] = [];
  const grown = async (what: string, work: (given: Journeys) => () => unknown): Promise<void> => {
    const [small, large] = await inTurn(ground, `${what}, grown`, [work(journeys), work(many)], 5);
    rows.push(growthRow(what, small!, large!));
  };
  await grown('five models, every journey credited', (given) => {
    const everyone = allConverting(given);
    return () => tallyRules(everyone, five, everyone.channels, everyone.channelCount, { halfLifeSeconds: 7 * 86_400 });
  });
  for (const order of [1, 3]) await grown(`Markov of order ${order}`, (given) => () => markov(given, { order }));
  await grown(`Shapley over ${channelNames.length} channels`, (given) => {
    const converting = onlyConverting(given);
    return () => shapley(converting);
  });
  const runs: ProcessRun[] = [];
  for (let round = 0; round < 3; round++) {
    ground.say(`attribution: ${rounded(files.megabytes)} MB to result, round ${round + 1} of 3`);
    runs.push(await runOurs(files, ['linear']));
  }
  rows.push({
    ...growthRow('files to result, linear', oursSeconds * 1000, secondsOf(runs) * 1000),
    'peak MB': processRow('', runs)['peak MB']!,
  });
  rmSync(folder, { recursive: true });
  return rows;
}

const growthRow = (what: string, small: number, large: number): Row => ({
  what,
  '1 × ms': rounded(small, 2),
  [`${larger} × ms`]: rounded(large, 2),
  'takes ×': rounded(large / small, 2),
});
