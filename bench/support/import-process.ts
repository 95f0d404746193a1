/** One import, measured from opening the files to the commit: `node import-process.ts ORDER`; prints JSON. */

import { readFileSync } from 'node:fs';
import { openSources } from '#connectors/open.ts';
import { recognise } from '#connectors/recognise/recognise.ts';
import { importFiles } from '#features/intake/actions/import-files.ts';
import { createRun } from '#features/intake/actions/runs.ts';
import { openDatabase, type WorkspaceId } from '#platform/db/database.ts';
import type { Imported } from './company.ts';

interface Order {
  appUrl: string;
  ownerUrl: string;
  workspaceId: WorkspaceId;
  timeZone: string;
  currency: string;
  files: string[];
}

const order = JSON.parse(process.argv[2]!) as Order;
const database = openDatabase(order);
const started = performance.now();
const tables = await openSources(order.files);
const { mapping } = recognise(tables);
const files = tables.map(({ name, bytes }) => ({ name, bytes }));
const run = await database.inWorkspace(order.workspaceId, (tx) =>
  createRun(tx, order.workspaceId, {
    source: mapping.source,
    dialect: null,
    files,
    memberId: null,
    status: 'staging',
    worker: `benchmark, process ${process.pid}`,
  }),
);
const workspace = { id: order.workspaceId, timeZone: order.timeZone, currency: order.currency };
const { result, problems } = await importFiles({ database, workspace, runId: run.id, memberId: null, tables, mapping, dryRun: false });
const seconds = (performance.now() - started) / 1000;
await database.close();
if (result.errors > 0)
  throw new Error(
    `${result.errors} rows were refused: ${problems
      .slice(0, 3)
      .map(({ file, line, reason }) => `${file}:${line} ${reason}`)
      .join('; ')}`,
  );
const imported: Imported = {
  seconds,
  readingSeconds: result.seconds.reading,
  writingSeconds: result.seconds.writing,
  rows: result.rows,
  errors: result.errors,
  warnings: result.warnings,
  peakMb: peakMegabytes(),
};
console.log(JSON.stringify(imported));

/** The high-water mark of resident memory; `maxRSS` can be that of the process that started this one. */
function peakMegabytes(): number {
  const told = process.platform === 'linux' && readFileSync('/proc/self/status', 'utf8').match(/VmHWM:\s+(\d+) kB/)?.[1];
  return Math.round(Number(told || process.resourceUsage().maxRSS) / 1024);
}
