/**
 * The inbox with an agreement in force: of the busiest rep, of a middling one, of everybody, near and deep, and what is
 * read of one lead, as requests through the whole server (session, checks, query, answer) without the network.
 */

import { sql } from 'kysely';
import type { InboxPage } from '#features/handoff/contract.ts';
import { drainBacklog } from '#features/handoff/actions/drain-backlog.ts';
import { noteAllLeads } from '#features/records/actions/changed-leads.ts';
import { newId } from '#platform/db/ids.ts';
import { officeHours, salesClauses, sign } from './clocks.ts';
import { company, type Company, filledCompany, settle } from './support/company.ts';
import type { Ground } from './support/ground.ts';
import { openServer } from './support/http.ts';
import { repeat } from './support/measure.ts';
import type { Outcome, Row } from './support/report.ts';

const runs = 40;

type Get = <T>(path: string) => Promise<T>;

export async function measureInbox(ground: Ground): Promise<Outcome> {
  const filled = await filledCompany(ground);
  await agree(ground, filled);
  const { get, close } = await openServer(filled);
  try {
    const pages: Row[] = [];
    for (const { who, of } of await findReps(filled)) {
      ground.say(`inbox: ${who}`);
      pages.push(...(await measurePages(get, who, of)));
    }
    ground.say('inbox: one lead, rejections, quality');
    return {
      measured: `pages of 50 in the server, ${ground.leads.toLocaleString('en')} leads, ${runs} requests each, one after the other`,
      tables: [
        { title: 'the inbox, with its counts', rows: pages },
        { title: 'other reads', rows: await measureOthers(get) },
        { title: 'of all inboxes', rows: [worst(pages)] },
      ],
    };
  } finally {
    await close();
  }
}

/** Signs and follows, unless the clocks have been measured on this company before; each rejection of the source gets its due process. */
async function agree(ground: Ground, filled: Company): Promise<void> {
  const { database, workspaceId } = filled;
  if ((await countOf(filled, sql`SELECT count(*)::int AS count FROM agreement_versions WHERE workspace_id = ${workspaceId}`)) === 0)
    await sign(filled, salesClauses, Date.parse(company.start), officeHours);
  await database.inWorkspace(workspaceId, (tx) => addRejections(tx, filled), { statementTimeout: 0 });
  ground.say(`inbox: following ${ground.leads.toLocaleString('en')} leads`);
  await database.inWorkspace(workspaceId, (tx) => noteAllLeads(tx, workspaceId));
  await drainBacklog(database, workspaceId);
  await settle(filled);
}

type Tx = Parameters<Parameters<Company['database']['inWorkspace']>[1]>[0];

async function addRejections(tx: Tx, { workspaceId }: Company): Promise<void> {
  const versionId = newId();
  const rule = JSON.stringify({ all: [{ of: 'lead', field: 'email', is: 'notBlank' }] });
  await sql`INSERT INTO definition_versions (workspace_id, id, term, number, status, text, rule, effective_from, content_hash, proposed_at, signed_at)
    SELECT ${workspaceId}::uuid, ${versionId}::uuid, 'mql', coalesce(max(number), 0) + 1, 'signed', 'Can be written to.', ${rule}::jsonb, current_date, 'bench', now(), now()
    FROM definition_versions WHERE workspace_id = ${workspaceId}::uuid`.execute(tx);
  await sql`INSERT INTO rejections (workspace_id, id, lead_id, version_id, clauses, comment, rejected_by, rejected_at, campaign_id, answer, answered_at, in_sample, ruling, ruled_at)
    SELECT ${workspaceId}::uuid, accord.new_id(), l.id, ${versionId}::uuid, ARRAY['all.0'], 'Not so.', coalesce(l.owner_id, m.id), l.rejected_at, l.campaign_id,
      CASE WHEN place % 10 > 0 THEN 'agreed' END, CASE WHEN place % 10 > 0 THEN l.rejected_at END, place % 10 = 1, CASE WHEN place % 20 = 1 THEN 'upheld' END, CASE WHEN place % 20 = 1 THEN l.rejected_at END
    FROM (SELECT l.*, row_number() OVER (ORDER BY l.id) AS place FROM leads l WHERE l.workspace_id = ${workspaceId}::uuid AND l.rejected_at IS NOT NULL) l,
      (SELECT id FROM members WHERE workspace_id = ${workspaceId}::uuid AND side = 'sales' ORDER BY id LIMIT 1) m`.execute(tx);
}

/** Who has the most leads at hand, and who has as many as most have. */
async function findReps({ database, workspaceId }: Company): Promise<{ who: string; of: string }[]> {
  const { rows } = await database.inWorkspace(workspaceId, (tx) =>
    sql<{ id: string; open: number }>`SELECT owner_id AS id, count(*)::int AS open FROM handoffs
      WHERE workspace_id = ${workspaceId}::uuid AND state IN ('waiting', 'accepted') AND owner_id IS NOT NULL GROUP BY 1 ORDER BY 2 DESC`.execute(
      tx,
    ),
  );
  const busiest = rows[0];
  const middling = rows[Math.floor(rows.length / 2)];
  const all = rows.reduce((sum, { open }) => sum + open, 0);
  return [
    ...(busiest ? [{ who: `the busiest rep (${busiest.open.toLocaleString('en')} open)`, of: busiest.id }] : []),
    ...(middling ? [{ who: `a middling rep (${middling.open.toLocaleString('en')} open)`, of: middling.id }] : []),
    { who: `everybody (${all.toLocaleString('en')} open)`, of: 'all' },
  ];
}

async function measurePages(get: Get, who: string, of: string): Promise<Row[]> {
  const rows: Row[] = [];
  for (const state of ['open', 'waiting', 'accepted', 'unrouted']) {
    const path = (cursor: string | null) => `/inbox?of=${of}&state=${state}&cursor=${encodeURIComponent(cursor ?? '')}`;
    rows.push({ inbox: who, state, page: 'first', ...shown(await repeat(runs, () => get(path(null)))) });
    const deep = await cursorAt(get, path, 20);
    if (deep) rows.push({ inbox: who, state, page: deep.page, ...shown(await repeat(runs, () => get(path(deep.cursor)))) });
  }
  return rows;
}

/** The cursor after so many pages, or the last there is. */
async function cursorAt(
  get: Get,
  path: (cursor: string | null) => string,
  pages: number,
): Promise<{ cursor: string; page: string } | null> {
  let cursor: string | null = null;
  for (let page = 1; page <= pages; page++) {
    const { next }: InboxPage = await get<InboxPage>(path(cursor));
    if (next === null) return cursor === null ? null : { cursor, page: `no. ${page}` };
    cursor = next;
  }
  return cursor === null ? null : { cursor, page: `no. ${pages + 1}` };
}

async function measureOthers(get: Get): Promise<Row[]> {
  const { items } = await get<InboxPage>('/inbox?of=all');
  const { items: rejections } = await get<{ items: { lead: { id: string } }[] }>('/rejections?state=all');
  const leadId = items[0]?.leadId ?? rejections[0]!.lead.id;
  const years = `start=${company.start}&end=${company.end}`;
  const reads: [string, string][] = [
    ['the hand-off of one lead', `/leads/${leadId}/handoff`],
    ['rejections to answer', '/rejections?state=unanswered'],
    ['rejections to judge', '/rejections?state=toJudge'],
    ['all rejections', '/rejections?state=all'],
    ['lead quality of a quarter, by segment', `/rejections/quality?start=2025-07-01&end=2025-09-30&by=segment`],
    ['lead quality of three years, by rep', `/rejections/quality?${years}&by=person`],
    ['lead quality of three years, by clause', `/rejections/quality?${years}&by=clause`],
  ];
  const rows: Row[] = [];
  for (const [read, path] of reads) rows.push({ read, ...shown(await repeat(path.includes(years) ? 5 : runs, () => get(path))) });
  return rows;
}

const shown = ({ medianMs, p95Ms }: { medianMs: number; p95Ms: number }) => ({ 'p50 ms': medianMs, 'p95 ms': p95Ms });

function worst(pages: readonly Row[]): Row {
  const slowest = pages.toSorted((one, other) => Number(other['p95 ms']) - Number(one['p95 ms']));
  return {
    kinds: pages.length,
    'median of p95 ms': slowest[Math.floor(slowest.length / 2)]!['p95 ms']!,
    'greatest p95 ms': slowest[0]!['p95 ms']!,
    'which page': `${slowest[0]!['inbox']}, ${slowest[0]!['state']}, ${slowest[0]!['page']}`,
  };
}

async function countOf({ database, workspaceId }: Company, query: ReturnType<typeof sql>): Promise<number> {
  const { rows } = await database.inWorkspace(workspaceId, (tx) => query.execute(tx));
  return (rows[0] as { count: number }).count;
}
