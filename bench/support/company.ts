/** The company that is measured: the simulator's files, and databases they were imported into. */

import { join } from 'node:path';
import type pg from 'pg';
import { createUnownedWorkspace } from '#features/people/actions/unowned.ts';
import { writeSimulation } from '#features/simulate/commands.ts';
import type { WorkspaceId } from '#platform/db/database.ts';
import type { BenchDatabase, Ground } from './ground.ts';
import { asOwner } from './ground.ts';

export const company = { seed: 1, months: 36, start: '2023-01-01', end: '2025-12-31', timeZone: 'Europe/Berlin', currency: 'EUR' } as const;

/** What leads and touches refer to; deals refer to leads in turn, which is told of as a warning where they come first. */
const companions = ['members.csv', 'accounts.csv', 'contacts.csv', 'campaigns.csv', 'deals.csv'];
const measured = ['leads.csv', 'touches.csv'];

export interface Files {
  /** All that is imported: what leads and touches refer to, they themselves, and members of campaigns. */
  all: string[];
  companions: string[];
  leadsAndTouches: string[];
  rows: Record<string, number>;
}

const simulated = new WeakMap<Ground, Promise<Files>>();

/** Written once a run. */
export function companyFiles(ground: Ground): Promise<Files> {
  const files = simulated.get(ground) ?? writeFiles(ground);
  simulated.set(ground, files);
  return files;
}

async function writeFiles(ground: Ground): Promise<Files> {
  const folder = join(ground.folder, 'company');
  const { files } = await writeSimulation({
    seed: company.seed,
    months: company.months,
    start: company.start,
    leads: ground.leads,
    folder,
    onProgress: (bytes) => ground.say(`simulating a company: ${Math.round(bytes / 1e6)} MB`),
  });
  const paths = (names: readonly string[]) => names.map((name) => join(folder, name));
  return {
    all: paths([...companions, ...measured, 'campaign_members.csv']),
    companions: paths(companions),
    leadsAndTouches: paths(measured),
    rows: Object.fromEntries(files.map(({ name, rows }) => [name, rows])),
  };
}

export interface Company extends BenchDatabase {
  readonly workspaceId: WorkspaceId;
}

/** A workspace in a database of its own, with nothing in it yet. */
export async function newCompany(ground: Ground): Promise<Company> {
  const opened = await ground.newDatabase();
  const { timeZone, currency } = company;
  return { ...opened, workspaceId: await createUnownedWorkspace(opened.database, { name: 'Bench', timeZone, currency }) };
}

export interface Imported {
  seconds: number;
  readingSeconds: number;
  writingSeconds: number;
  rows: number;
  errors: number;
  warnings: number;
  /** The most memory that Node held, of the import's process alone. */
  peakMb: number;
}

/** Imports files in a process of its own, through the very action that the product uses. */
export function importFiles(ground: Ground, { appUrl, ownerUrl, workspaceId }: Company, files: readonly string[]): Promise<Imported> {
  const order = { appUrl, ownerUrl, workspaceId, timeZone: company.timeZone, currency: company.currency, files };
  return ground.ask(join(import.meta.dirname, 'import-process.ts'), [JSON.stringify(order)]);
}

const filled = new WeakMap<Ground, Promise<Company>>();

/** The whole company imported: what the scenario `import` left, else made now. */
export function filledCompany(ground: Ground): Promise<Company> {
  const found = filled.get(ground) ?? fill(ground);
  filled.set(ground, found);
  return found;
}

/** Lets other scenarios read this one. */
export function keepCompany(ground: Ground, kept: Company): void {
  filled.set(ground, Promise.resolve(kept));
}

async function fill(ground: Ground): Promise<Company> {
  const [files, made] = [await companyFiles(ground), await newCompany(ground)];
  ground.say(`importing ${ground.leads.toLocaleString('en')} leads`);
  await importFiles(ground, made, files.all);
  await settle(made);
  return made;
}

/** Does now what an import leaves to be done in the background (statistics, visibility, writing out), so that nobody else pays for it. */
export async function settle({ ownerUrl }: Company): Promise<void> {
  await asOwner(ownerUrl, async (client) => {
    await client.query('VACUUM ANALYZE');
    await checkpoint(client);
  });
}

/** Copying a database's files makes the server write out what it holds in memory; CHECKPOINT itself is the superuser's. */
export async function checkpoint(client: pg.Client): Promise<void> {
  await client.query('CREATE DATABASE written_out STRATEGY FILE_COPY');
  await client.query('DROP DATABASE written_out');
}
