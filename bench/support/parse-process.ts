/** Reads one CSV file with one reader: `node parse-process.ts READER FILE`; prints JSON. */

import { createReadStream, statSync } from 'node:fs';
import { parse } from 'csv-parse';
import Papa from 'papaparse';
import { openSources } from '#connectors/open.ts';

export type Reader = 'ours' | 'ours, rows alone' | 'papaparse' | 'csv-parse';

export interface Parsed {
  /** Without the header. */
  rows: number;
  cells: number;
  seconds: number;
  processorSeconds: number;
  megabytes: number;
}

const [reader, file] = process.argv.slice(2) as [Reader, string];
/** The chunks that ours reads in as well. */
const chunk = { highWaterMark: 1 << 16 };

let cells = 0;
const read: Record<Reader, () => Promise<number>> = {
  async ours() {
    return readOurs(await openSources([file]));
  },
  async 'ours, rows alone'() {
    const tables = await openSources([file]);
    begin();
    return readOurs(tables);
  },
  papaparse: () =>
    new Promise((resolve, reject) => {
      let rows = -1;
      Papa.parse<string[]>(createReadStream(file, { ...chunk, encoding: 'utf8' }), {
        skipEmptyLines: true,
        chunk: ({ data }) => {
          rows += data.length;
          for (const row of data) cells += row.length;
        },
        complete: () => resolve(rows),
        error: reject,
      });
    }),
  async 'csv-parse'() {
    let rows = -1;
    for await (const row of createReadStream(file, chunk).pipe(parse())) {
      rows++;
      cells += (row as string[]).length;
    }
    return rows;
  },
};

async function readOurs([table]: Awaited<ReturnType<typeof openSources>>): Promise<number> {
  let rows = 0;
  for await (const batch of table!.readRows()) {
    rows += batch.rows.length;
    for (const row of batch.rows) cells += row.cells.length;
  }
  return rows;
}

let started = 0;
let processor = process.cpuUsage();
function begin(): void {
  started = performance.now();
  processor = process.cpuUsage();
}

begin();
const rows = await read[reader]();
const seconds = (performance.now() - started) / 1000;
const { user, system } = process.cpuUsage(processor);
const headerCells = reader.startsWith('ours') ? 0 : 10;
const parsed: Parsed = {
  rows,
  cells: cells - headerCells,
  seconds,
  processorSeconds: (user + system) / 1e6,
  megabytes: statSync(file).size / 1e6,
};
console.log(JSON.stringify(parsed));
