/**
 * From a touch being recorded to the page of attribution that holds it, at ten touches a lead: through the whole server
 * and a worker as the product runs it, without the network.
 */

import { sql } from 'kysely';
import type pg from 'pg';
import { pino } from 'pino';
import { drainJourneys } from '#features/returns/actions/follow-journeys.ts';
import { returnsJobs } from '#features/returns/jobs.ts';
import { noteAllJourneys } from '#features/records/actions/changed-journeys.ts';
import { startWorker } from '#platform/jobs/worker.ts';
import { type Company, filledCompany, settle } from './support/company.ts';
import { asOwner, type Ground } from './support/ground.ts';
import { openServer } from './support/http.ts';
import { median, percentile, rounded, timed } from './support/measure.ts';
import type { Outcome } from './support/report.ts';

const touchesALead = 10;
const runs = 30;
const page = '/attribution?by=channel';

interface Answer {
  readonly total: { readonly touches: number };
}
interface Credits {
  readonly conversions: readonly { readonly conversion: { readonly id: string; readonly at: string } }[];
}

export async function measureFreshness(ground: Ground): Promise<Outcome> {
  const filled = await filledCompany(ground);
  ground.say('freshness: more touches');
  const touches = await topUp(filled, ground.leads * touchesALead);
  ground.say(`freshness: building journeys of ${touches.toLocaleString('en')} touches`);
  await filled.database.inWorkspace(filled.workspaceId, (tx) => noteAllJourneys(tx, filled.workspaceId));
  const building = await timed(() => drainJourneys(filled.database, filled.workspaceId));
  await settle(filled);
  const worker = await startWorker({ ownerUrl: filled.ownerUrl, log: pino({ level: 'silent' }), handlers: returnsJobs(filled.database) });
  const { get, post, close } = await openServer(filled);
  try {
    const loading = await timed(() => get(page));
    const again = await timed(() => get(page));
    const took = await asOwner(filled.ownerUrl, async (client) => recordOneByOne(ground, { get, post }, await listen(client)));
    return {
      measured: `${touches.toLocaleString('en')} touches of ${ground.leads.toLocaleString('en')} leads; ${runs} touches recorded one after the other; the page is asked for when its change is told, as an open one does`,
      tables: [
        {
          title: 'from recording a touch to the page that holds it',
          rows: [{ 'p50 ms': rounded(median(took)), 'p95 ms': rounded(percentile(took, 95)), 'greatest ms': rounded(Math.max(...took)) }],
        },
        {
          title: 'before',
          rows: [
            {
              'journeys built in s': rounded(building / 1000),
              'first page in s': rounded(loading / 1000, 2),
              'the same page again in ms': rounded(again),
              'MB of this process': Math.round(process.memoryUsage().rss / 1e6),
            },
          ],
        },
      ],
    };
  } finally {
    await close();
    await worker.stop();
  }
}

async function recordOneByOne(
  ground: Ground,
  { get, post }: { get<T>(path: string): Promise<T>; post(path: string, body: object): Promise<unknown> },
  changes: Changes,
): Promise<number[]> {
  const { conversions } = await get<Credits>(`/attribution/credits?by=channel&limit=${runs}`);
  const took: number[] = [];
  for (const [run, { conversion }] of conversions.entries()) {
    ground.say(`freshness: touch ${run + 1} of ${conversions.length}`);
    const before = (await get<Answer>(page)).total.touches;
    const occurredAt = new Date(Date.parse(conversion.at) - 3_600_000).toISOString();
    took.push(
      await timed(async () => {
        const told = changes.next();
        await post('/touches', { dealId: conversion.id, side: 'sales', kind: 'meeting', occurredAt });
        await told;
        // As an open page does, which is told of the change; once more where what it was told of was another's.
        while ((await get<Answer>(page)).total.touches <= before);
      }),
    );
  }
  return took;
}

interface Changes {
  /** The next change of attribution that is told to open pages. */
  next(): Promise<void>;
}

/** Hears what servers hear and pass on to open pages. */
async function listen(client: pg.Client): Promise<Changes> {
  let hear = () => {};
  client.on('notification', ({ payload }) => {
    if (payload?.includes('"attribution"')) hear();
  });
  await client.query('LISTEN accord_changes');
  return { next: () => new Promise((resolve) => (hear = resolve)) };
}

/** Touches that are there once more, a second later, until there are so many; months stay months. @returns how many there are */
async function topUp({ database, workspaceId }: Company, wanted: number): Promise<number> {
  const count = () =>
    database.inWorkspace(
      workspaceId,
      async (tx) => {
        const { rows } = await sql<{ count: bigint }>`SELECT count(*) FROM touches WHERE workspace_id = ${workspaceId}::uuid`.execute(tx);
        return Number(rows[0]!.count);
      },
      { statementTimeout: 0 },
    );
  for (let there = await count(); there < wanted; there = await count())
    await database.inWorkspace(
      workspaceId,
      (tx) =>
        sql`INSERT INTO touches (workspace_id, occurred_at, id, lead_id, contact_id, account_id, deal_id, campaign_id, member_id, automated, side, kind, channel, direction, outcome, subject)
          SELECT workspace_id, occurred_at + interval '1 second', accord.new_id(), lead_id, contact_id, account_id, deal_id, campaign_id, member_id, automated, side, kind, channel, direction, outcome, subject
          FROM touches WHERE workspace_id = ${workspaceId}::uuid
            AND date_trunc('month', occurred_at AT TIME ZONE 'UTC') = date_trunc('month', (occurred_at + interval '1 second') AT TIME ZONE 'UTC')
          LIMIT ${wanted - there}`.execute(tx),
      { statementTimeout: 0 },
    );
  return count();
}
