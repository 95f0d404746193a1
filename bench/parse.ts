/** Reading CSV alone: from the bytes of a file to rows of cells, one thread, each reader in a process of its own. */

import { createReadStream, createWriteStream } from 'node:fs';
import { once } from 'node:events';
import { basename, join } from 'node:path';
import { openSources } from '#connectors/open.ts';
import { csvLine } from '#engine/csv/write.ts';
import { companyFiles } from './support/company.ts';
import type { Ground } from './support/ground.ts';
import { median, rounded } from './support/measure.ts';
import type { Outcome, Row } from './support/report.ts';
import type { Parsed, Reader } from './support/parse-process.ts';

const runs = 3;
const columns = 10;
const mostRows = 1_000_000;
const readers: Record<Reader, string> = {
  ours: 'ours (encoding and layout found, every row with its line)',
  'ours, rows alone': 'ours, rows alone (without finding out encoding and layout)',
  papaparse: 'papaparse',
  'csv-parse': 'csv-parse',
};

export async function measureParsing(ground: Ground): Promise<Outcome> {
  const { file, rows } = await writeNarrowTouches(ground);
  const results = new Map<Reader, Parsed[]>();
  for (let run = 1; run <= runs; run++)
    for (const reader of Object.keys(readers) as Reader[]) {
      ground.say(`parse: ${reader}, run ${run} of ${runs}`);
      const parsed = await ground.ask<Parsed>(join(import.meta.dirname, 'support/parse-process.ts'), [reader, file]);
      if (parsed.rows !== rows || parsed.cells !== rows * columns)
        throw new Error(
          `${reader} found ${parsed.rows} rows and ${parsed.cells} cells in ${basename(file)}, which has ${rows} rows of ${columns}.`,
        );
      results.set(reader, [...(results.get(reader) ?? []), parsed]);
    }
  const secondsOf = (reader: Reader) => median(results.get(reader)!.map(({ seconds }) => seconds));
  const ours = secondsOf('ours');
  return {
    measured: `reading ${rows.toLocaleString('en')} touches of ${columns} columns, median of ${runs}`,
    tables: [
      {
        title: 'one thread',
        rows: [...results].map(([reader, parsed]): Row => {
          const seconds = secondsOf(reader);
          return {
            reader: readers[reader],
            seconds: rounded(seconds, 2),
            'rows/s': Math.round(rows / seconds),
            'MB/s': rounded(parsed[0]!.megabytes / seconds),
            'processor s': rounded(median(parsed.map(({ processorSeconds }) => processorSeconds)), 2),
            'takes × ours': rounded(seconds / ours, 2),
          };
        }),
      },
    ],
  };
}

/** The first ten columns of the simulator's touches, at most a million rows. */
async function writeNarrowTouches(ground: Ground): Promise<{ file: string; rows: number }> {
  const { leadsAndTouches } = await companyFiles(ground);
  const [table] = await openSources([leadsAndTouches[1]!]);
  const file = join(ground.folder, 'ten-columns.csv');
  const out = createWriteStream(file);
  out.write(csvLine(table!.header.slice(0, columns)));
  let rows = 0;
  for await (const batch of table!.readRows()) {
    const taken = batch.rows.slice(0, mostRows - rows);
    rows += taken.length;
    if (!out.write(taken.map(({ cells }) => csvLine(cells.slice(0, columns))).join(''))) await once(out, 'drain');
    if (rows === mostRows) break;
  }
  out.end();
  await once(out, 'finish');
  for await (const _ of createReadStream(file)); // every reader finds it in memory
  return { file, rows };
}
