/** How long a start takes until somebody is served. */

import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { startEmbeddedPostgres } from '#platform/postgres/embedded.ts';
import type { Ground } from './support/ground.ts';
import { median, rounded, timed } from './support/measure.ts';
import type { Outcome, Row } from './support/report.ts';
import { startProduct } from './support/product.ts';

const runs = 5;
const settlingMs = 500;
const root = join(import.meta.dirname, '..');
const serve = [join(root, 'src/entry/main.ts'), 'serve'];
const npmStart = [join(root, 'scripts/start.mjs')];

export async function measureStartup(ground: Ground): Promise<Outcome> {
  const took = {
    new: [] as number[],
    existing: [] as number[],
    npm: [] as number[],
    newPostgres: [] as number[],
    existingPostgres: [] as number[],
  };
  badStops = 0;
  for (let run = 1; run <= runs; run++) {
    ground.say(`startup: run ${run} of ${runs}`);
    const folder = join(ground.folder, `startup-${run}`);
    const bareFolder = join(ground.folder, `startup-postgres-${run}`);
    took.new.push(await startAndStop(ground, serve, folder));
    took.existing.push(await startAndStop(ground, serve, folder));
    took.npm.push(await startAndStop(ground, npmStart, folder));
    took.newPostgres.push(await startAndStopPostgres(bareFolder));
    took.existingPostgres.push(await startAndStopPostgres(bareFolder));
  }
  const row = (start: string, seconds: number[], floor: number[]): Row => ({
    start,
    'median s': rounded(median(seconds), 2),
    'least s': rounded(Math.min(...seconds), 2),
    'most s': rounded(Math.max(...seconds), 2),
    'PostgreSQL alone s': rounded(median(floor), 2),
    'takes ×': rounded(median(seconds) / median(floor), 2),
  });
  return {
    measured: `from starting the process to the first page answered, no data, median of ${runs}`,
    tables: [
      {
        title: 'with the embedded PostgreSQL',
        rows: [
          row('new data folder', took.new, took.newPostgres),
          row('existing data folder', took.existing, took.existingPostgres),
          row('existing data folder, as npm start does it', took.npm, took.existingPostgres),
        ],
      },
    ],
    notes: [
      'npm start first looks whether everything is installed and built; npm’s own time is not in it.',
      `Told to stop, ${badStops} of ${3 * runs} ended with an error.`,
    ],
  };
}

let badStops = 0;

async function startAndStop(ground: Ground, command: readonly string[], folder: string): Promise<number> {
  const started = performance.now();
  const product = await startProduct(ground, folder, command);
  const answer = await fetch(product.url);
  if (!answer.ok || !(await answer.text()).includes('id="app"')) throw new Error(`The first page was answered with ${answer.status}.`);
  const seconds = (performance.now() - started) / 1000;
  await pause(settlingMs); // what is begun after serving (the worker's connections) gets done, so that a stop is a usual one
  product.process.kill('SIGTERM');
  const [code] = (await once(product.process, 'exit')) as [number | null];
  if (code !== 0) badStops++;
  return seconds;
}

async function startAndStopPostgres(dataFolder: string): Promise<number> {
  let postgres: Awaited<ReturnType<typeof startEmbeddedPostgres>>;
  const milliseconds = await timed(async () => (postgres = await startEmbeddedPostgres({ dataFolder })));
  await postgres!.stop();
  return milliseconds / 1000;
}
