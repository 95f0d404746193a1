/** Import, end to end, beside what PostgreSQL needs at least: a COPY of the finished rows. */

import { createReadStream, createWriteStream, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { from as copyFrom, to as copyTo } from 'pg-copy-streams';
import {
  checkpoint,
  type Company,
  companyFiles,
  filledCompany,
  type Files,
  importFiles,
  type Imported,
  keepCompany,
  newCompany,
  settle,
} from './support/company.ts';
import { asOwner, type Ground } from './support/ground.ts';
import { median, rounded, timed } from './support/measure.ts';
import type { Outcome, Row, Table } from './support/report.ts';

const leadsAndTouches = ['leads', 'touches'];
const everyRecord = ['members', 'accounts', 'contacts', 'campaigns', 'deals', ...leadsAndTouches, 'campaign_members'];
/** What an import writes besides the rows themselves: the history and the sources' ids. */
const alsoWritten = ['facts', 'external_ids'];

/** The least that rows cost. */
const floors = [
  { name: 'COPY into bare tables', indexed: false },
  { name: 'COPY into indexed tables', indexed: true },
] as const;

interface Variant {
  name: string;
  files: readonly string[];
  before: readonly string[];
  tables: readonly string[];
}

export async function measureImport(ground: Ground): Promise<Outcome> {
  const files = await companyFiles(ground);
  const variants: Variant[] = [
    {
      name: 'leads and touches, of people and companies that are known',
      files: files.leadsAndTouches,
      before: files.companions,
      tables: leadsAndTouches,
    },
    { name: 'everything at once', files: files.all, before: [], tables: everyRecord },
  ];
  const tables: Table[] = [];
  for (const [at, variant] of variants.entries()) tables.push(await measureVariant(ground, variant, at === variants.length - 1));
  const { 'leads.csv': leads = 0, 'touches.csv': touches = 0 } = files.rows;
  return {
    measured: `importing ${count(leads)} leads with ${count(touches)} touches (${describe(files)}), a process of its own, median of ${ground.runs}`,
    tables,
    notes: [
      `The database of the whole company takes ${count(await megabytes(await filledCompany(ground)))} MB.`,
      'An import opens, reads and checks the files, finds who is known, and writes records, history and the sources’ ids in one transaction.',
      'The COPYs write the finished rows of the same tables, one transaction, from one connection; “all that was written” adds the history and the sources’ ids.',
    ],
  };
}

async function measureVariant(ground: Ground, variant: Variant, keep: boolean): Promise<Table> {
  const imports: Imported[] = [];
  const copies = new Map<string, { rows: number; seconds: number[] }>();
  for (let run = 1; run <= ground.runs; run++) {
    const company = await newCompany(ground);
    ground.say(`import: ${variant.name}, run ${run} of ${ground.runs}`);
    if (variant.before.length > 0) await importFiles(ground, company, variant.before);
    await settle(company);
    imports.push(await importFiles(ground, company, variant.files));
    await settle(company);
    for (const { name, rows, seconds } of await measureFloors(ground, company, variant)) {
      const copy = copies.get(name) ?? { rows, seconds: [] };
      copy.seconds.push(seconds);
      copies.set(name, copy);
    }
    if (keep && run === ground.runs) keepCompany(ground, company);
    else await company.close();
  }
  return { title: variant.name, rows: [importRow(imports), ...[...copies].map(([name, copy]) => copyRow(name, copy, imports))] };
}

function importRow(imports: readonly Imported[]): Row {
  const seconds = median(imports.map((one) => one.seconds));
  const { rows } = imports[0]!;
  return {
    what: 'import',
    rows,
    seconds: rounded(seconds, 2),
    'rows/s': Math.round(rows / seconds),
    'import takes ×': 1,
    'peak MB of Node': median(imports.map((one) => one.peakMb)),
    'reading s': rounded(median(imports.map((one) => one.readingSeconds)), 2),
    'writing s': rounded(median(imports.map((one) => one.writingSeconds)), 2),
    warnings: imports[0]!.warnings,
  };
}

function copyRow(name: string, { rows, seconds }: { rows: number; seconds: number[] }, imports: readonly Imported[]): Row {
  const took = median(seconds);
  return {
    what: name,
    rows,
    seconds: rounded(took, 2),
    'rows/s': Math.round(rows / took),
    'import takes ×': rounded(median(imports.map((one) => one.seconds)) / took, 2),
  };
}

async function measureFloors(
  ground: Ground,
  company: Company,
  variant: Variant,
): Promise<{ name: string; rows: number; seconds: number }[]> {
  const exported = new Map<string, Exported>();
  for (const table of [...variant.tables, ...alsoWritten]) exported.set(table, await exportTable(ground, company, table));
  const measured = [];
  for (const { name, indexed } of floors) measured.push({ name, ...(await copyIn(company, variant.tables, exported, indexed)) });
  const all = [...variant.tables, ...alsoWritten];
  measured.push({ name: 'COPY of all that was written, indexed', ...(await copyIn(company, all, exported, true)) });
  for (const { file } of exported.values()) rmSync(file);
  return measured;
}

interface Exported {
  file: string;
  columns: string;
  rows: number;
}

/** The finished rows as text, without generated columns. */
function exportTable(ground: Ground, { ownerUrl, workspaceId }: Company, table: string): Promise<Exported> {
  const file = join(ground.folder, `${table}.copy`);
  return asOwner(ownerUrl, async (client) => {
    const { rows } = await client.query<{ name: string }>(
      `SELECT quote_ident(attname) AS name FROM pg_attribute WHERE attrelid = $1::regclass AND attnum > 0 AND NOT attisdropped AND attgenerated = '' ORDER BY attnum`,
      [`accord.${table}`],
    );
    const columns = rows.map(({ name }) => name).join(', ');
    await client.query(`SELECT set_config('app.workspace', $1, false), set_config('app.gate', '', false)`, [workspaceId]);
    const copy = client.query(copyTo(`COPY (SELECT ${columns} FROM accord.${table}) TO STDOUT`));
    await pipeline(copy, createWriteStream(file));
    return { file, columns, rows: copy.rowCount };
  });
}

/** Seconds of one transaction that copies the tables into fresh ones of the same columns. */
function copyIn(
  { ownerUrl }: Company,
  tables: readonly string[],
  exported: ReadonlyMap<string, Exported>,
  indexed: boolean,
): Promise<{ rows: number; seconds: number }> {
  return asOwner(ownerUrl, async (client) => {
    await client.query('CREATE SCHEMA floor');
    for (const table of tables)
      await client.query(
        `CREATE TABLE floor.${table} (LIKE accord.${table} INCLUDING ${indexed ? 'ALL' : 'DEFAULTS INCLUDING GENERATED'})`,
      );
    await checkpoint(client);
    const milliseconds = await timed(async () => {
      await client.query('BEGIN');
      for (const table of tables) {
        const { file, columns } = exported.get(table)!;
        await pipeline(
          createReadStream(file, { highWaterMark: 1 << 20 }),
          client.query(copyFrom(`COPY floor.${table} (${columns}) FROM STDIN`)),
        );
      }
      await client.query('COMMIT');
    });
    await client.query('SET client_min_messages = warning; DROP SCHEMA floor CASCADE');
    return { rows: tables.reduce((sum, table) => sum + exported.get(table)!.rows, 0), seconds: milliseconds / 1000 };
  });
}

function megabytes({ ownerUrl }: Company): Promise<number> {
  return asOwner(ownerUrl, async (client) => {
    const { rows } = await client.query<{ bytes: string }>('SELECT pg_database_size(current_database()) AS bytes');
    return Math.round(Number(rows[0]!.bytes) / 1e6);
  });
}

const count = (number: number): string => number.toLocaleString('en');

function describe({ all, rows }: Files): string {
  return `with the rest ${count(all.reduce((sum, path) => sum + (rows[basename(path)] ?? 0), 0))} rows in ${all.length} files`;
}
