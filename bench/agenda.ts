/** What a meeting's agenda, the scoreboard and the index take in a process that knows nothing yet, and again. */

import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { type ItemKind, itemKinds } from '#engine/cadence/agenda.ts';
import { sampleCompany } from '#entry/sample.ts';
import { gatherCandidates } from '#features/cadence/queries/agenda/gather.ts';
import { drainBacklog } from '#features/handoff/actions/drain-backlog.ts';
import { drainJourneys } from '#features/returns/actions/follow-journeys.ts';
import { inSnapshot } from '#platform/db/columns-cache.ts';
import { copyRows } from '#platform/db/copy-rows.ts';
import { openDatabase } from '#platform/db/database.ts';
import { type Company, importFiles, newCompany, settle } from './support/company.ts';
import type { Ground } from './support/ground.ts';
import { openServer } from './support/http.ts';
import { rounded, timed } from './support/measure.ts';
import type { Outcome, Row } from './support/report.ts';

const months = 18;
const pages = ['/alignment/index', '/alignment/scoreboard', '/alignment/cost'];

export async function measureAgenda(ground: Ground): Promise<Outcome> {
  const made = await newCompany(ground);
  await fill(ground, made);
  const copied = await timed(() => copyAll(made));
  const whole = await twice(made, 'the whole agenda', (database) => gatherCandidates(database, made.workspaceId));
  const sources: Row[] = [];
  for (const kinds of sourcesOf()) {
    ground.say(`agenda: ${kinds.join(', ')}`);
    sources.push(await twice(made, kinds.join(', '), (database) => gatherCandidates(database, made.workspaceId, { kinds })));
  }
  const shown: Row[] = [];
  for (const page of pages) {
    ground.say(`agenda: ${page}`);
    shown.push(await twicePage(made, page));
  }
  await made.close();
  return {
    measured: `the sample company with ${ground.leads.toLocaleString('en')} leads of ${months} months, agreement, goals, campaigns and meetings; each with nothing kept, then again`,
    tables: [
      {
        title: 'agenda',
        rows: [whole, { what: 'COPY of its leads, touches and deals, nothing reckoned', 'first ms': rounded(copied), 'again ms': null }],
      },
      { title: 'its sources, each alone', rows: sources },
      { title: 'pages', rows: shown },
    ],
    notes: [],
  };
}

/** What is found in one go is asked for in one go. */
const sourcesOf = (): ItemKind[][] => {
  const clauses: ItemKind[] = ['breach', 'speed', 'pace'];
  return [clauses, ...itemKinds.filter((kind) => !clauses.includes(kind) && kind !== 'own').map((kind) => [kind])];
};

async function fill(ground: Ground, made: Company): Promise<void> {
  const { database, workspaceId } = made;
  await (await openServer(made)).close(); // the first who signs in owns it
  const sample = sampleCompany(database, { months, leads: ground.leads });
  const folder = join(ground.folder, 'sample');
  mkdirSync(folder);
  ground.say('agenda: simulating');
  await sample.write(folder, 'EUR');
  ground.say('agenda: importing');
  await importFiles(ground, made, [folder]);
  ground.say('agenda: agreement, campaigns, meetings');
  await sample.complete(workspaceId, folder, async () => {});
  ground.say('agenda: following');
  await drainBacklog(database, workspaceId);
  await drainJourneys(database, workspaceId);
  await settle(made);
}

/** Another handle on the database keeps nothing of what an earlier one had in memory. */
async function twice(made: Company, what: string, ask: (database: Company['database']) => Promise<unknown>): Promise<Row> {
  const database = openDatabase(made);
  const [first, again] = [await timed(() => ask(database)), await timed(() => ask(database))];
  await database.close();
  return { what, 'first ms': rounded(first), 'again ms': rounded(again) };
}

async function twicePage(made: Company, page: string): Promise<Row> {
  const database = openDatabase(made);
  const { get, close } = await openServer({ ...made, database });
  const [first, again] = [await timed(() => get(page)), await timed(() => get(page))];
  await close();
  await database.close();
  return { what: page, 'first ms': rounded(first), 'again ms': rounded(again) };
}

const copyAll = ({ database, workspaceId }: Company): Promise<void> =>
  inSnapshot(database, workspaceId, async (client) => {
    for (const table of ['leads', 'touches', 'deals'])
      for await (const _ of copyRows(client, `SELECT * FROM ${table} WHERE workspace_id = '${workspaceId}'::uuid`));
  });
