/** Runs the named scenarios on a database of their own and tells what they found: a table, and bench/last.json. */

import { statfsSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { measureAgenda } from './agenda.ts';
import { measureAttainment } from './attainment.ts';
import { measureAttribution } from './attribution.ts';
import { measureClocks } from './clocks.ts';
import { measureFreshness } from './freshness.ts';
import { measureFunnel } from './funnel.ts';
import { measureImport } from './import.ts';
import { measureInbox } from './inbox.ts';
import { measureJudging } from './judge.ts';
import { measureLists } from './lists.ts';
import { measureParsing } from './parse.ts';
import { measureParticipation } from './participation.ts';
import { measurePayout } from './payout.ts';
import { measureReturns } from './returns.ts';
import { measureRouting } from './routing.ts';
import { measureStartup } from './startup.ts';
import { measureTracking } from './tracking.ts';
import { type Ground, openGround } from './support/ground.ts';
import { describeMachine, printMachine } from './support/machine.ts';
import { type Outcome, printOutcome } from './support/report.ts';
import { measureWeb } from './web.ts';

/** In this order: lists and the funnel read what the import brought in. */
const scenarios: Record<string, { about: string; measure(ground: Ground): Promise<Outcome> }> = {
  import: { about: 'files to records, beside a bare COPY of the same rows', measure: measureImport },
  lists: { about: 'pages of records, in the server', measure: measureLists },
  funnel: { about: 'conversions by every grouping, beside plain SQL', measure: measureFunnel },
  routing: { about: 'to whom a lead goes, in the engine and to the end', measure: measureRouting },
  judge: { about: 'all leads judged by a definition, beside SQL written by hand', measure: measureJudging },
  clocks: { about: 'following all leads, and a tick over as many open clocks', measure: measureClocks },
  inbox: { about: 'the inbox with an agreement in force, rejections and quality', measure: measureInbox },
  attainment: { about: 'attainment of both sides, speed to lead, who hands to whom', measure: measureAttainment },
  attribution: { about: 'every model of attribution, beside DuckDB’s SQL', measure: measureAttribution },
  payout: { about: 'statements of pay, beside DuckDB’s SQL', measure: measurePayout },
  returns: { about: 'figures, ledger and attribution: every page, after a start and after a change', measure: measureReturns },
  agenda: { about: 'a meeting’s agenda, scoreboard and index, first and again', measure: measureAgenda },
  participation: { about: 'who took part in a campaign of 200,000 people, beside SQL', measure: measureParticipation },
  freshness: { about: 'from a touch to the page of attribution, at ten touches a lead', measure: measureFreshness },
  tracking: { about: 'events of visitors kept a second, the server killed in the middle', measure: measureTracking },
  startup: { about: 'from starting to serving, new and existing data folder', measure: measureStartup },
  web: { about: 'size of the scripts, Lighthouse', measure: measureWeb },
  parse: { about: 'reading CSV, beside papaparse and csv-parse', measure: measureParsing },
};

const file = join(import.meta.dirname, 'last.json');

/** @returns the exit code */
export async function runBench(args: readonly string[]): Promise<number> {
  const asked = readArguments(args);
  if (typeof asked === 'number') return asked;
  const missing = missingGigabytes(asked);
  if (missing > 0) {
    console.error(
      `${tmpdir()} has ${missing} GB too little room for ${asked.leads.toLocaleString('en')} leads. Point TMPDIR to a larger disk, or take fewer: --leads 100000.`,
    );
    return 1;
  }
  const ground = openGround(asked);
  const before = describeMachine();
  const outcomes: Record<string, Outcome & { seconds: number }> = {};
  const failed: string[] = [];
  printMachine(before, asked);
  try {
    for (const name of asked.names) {
      const started = performance.now();
      try {
        const outcome = await scenarios[name]!.measure(ground);
        outcomes[name] = { ...outcome, seconds: Math.round((performance.now() - started) / 1000) };
        ground.say('');
        printOutcome(name, outcomes[name]);
      } catch (error) {
        if (ground.ended) throw error;
        failed.push(name);
        ground.say('');
        console.error(`\n${name} failed: ${(error as Error).stack}`);
      }
      write({
        at: new Date().toISOString(),
        leads: asked.leads,
        runs: asked.runs,
        machine: before,
        loadAfter: describeMachine().load,
        failed,
        scenarios: outcomes,
      });
    }
  } finally {
    await ground.close();
  }
  console.log(`\nWritten to ${file}`);
  return failed.length === 0 ? 0 : 1;
}

/** Files, database, its copy and its journal took 30 KB a lead. */
function missingGigabytes({ names, leads }: { names: readonly string[]; leads: number }): number {
  const filling = names.some((name) =>
    ['import', 'lists', 'funnel', 'routing', 'clocks', 'inbox', 'attainment', 'returns', 'agenda', 'participation', 'freshness'].includes(
      name,
    ),
  );
  const { bavail, bsize } = statfsSync(tmpdir());
  return Math.ceil(((filling ? leads * 30_000 : 0) + 1e9 - bavail * bsize) / 1e9);
}

function write(result: unknown): void {
  writeFileSync(file, `${JSON.stringify(result, null, 2)}\n`);
}

function readArguments(args: readonly string[]): { names: string[]; leads: number; runs: number } | number {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      leads: { type: 'string', default: '1000000' },
      runs: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  });
  const known = Object.keys(scenarios);
  const unknown = positionals.filter((name) => !known.includes(name));
  const leads = Number(values.leads.replaceAll('_', ''));
  const runs = Number(values.runs ?? (leads > 200_000 ? 1 : 3)); // an import of a million takes minutes
  const wrong =
    unknown.length > 0
      ? `There is no scenario ${unknown.join(', ')}.`
      : !Number.isSafeInteger(leads) || leads < 1000
        ? `--leads is “${values.leads}”; a whole number from 1000 would do.`
        : !Number.isSafeInteger(runs) || runs < 1
          ? `--runs is “${values.runs}”; a whole number from 1 would do.`
          : '';
  if (wrong) console.error(wrong);
  if (wrong || values.help) {
    console.log('npm run bench [-- SCENARIO…] [--leads N (1000000)] [--runs N (of an import; 3, and 1 beyond 200,000 leads)]');
    for (const [name, { about }] of Object.entries(scenarios)) console.log(`  ${name.padEnd(12)}${about}`);
    return wrong ? 2 : 0;
  }
  return { names: known.filter((name) => positionals.length === 0 || positionals.includes(name)), leads, runs };
}
