/** The journeys of each workspace as columns in memory, as read by the setting that counts. */

import type pg from 'pg';
import { type ColumnsCache, type ColumnsKind, makeColumnsCache } from '#platform/db/columns-cache.ts';
import { copyRows } from '#platform/db/copy-rows.ts';
import type { Database, WorkspaceId } from '#platform/db/database.ts';
import { type AttributionContent, attributionContent } from '../contract/attribution.ts';
import { readColumns, readJourneys } from './journey-reading.ts';
import { bytesOfStore, countLive, type JourneyStore, makeStore, trimStore } from './journey-store.ts';
import { type WordDimension, wordDimensions } from './journey-words.ts';

export interface FreshJourneys {
  readonly timeZone: string;
  readonly currency: string;
  /** The setting whose journeys these are; null: none is built. */
  readonly setting: { readonly number: number; readonly content: AttributionContent } | null;
  readonly store: JourneyStore;
  /** By code; 0 is null. */
  readonly words: Readonly<Record<WordDimension, (string | null)[]>>;
}

const caches = new WeakMap<Database, ColumnsCache<FreshJourneys>>();

/** The cache of this process for a database. */
export function journeysOf(database: Database): ColumnsCache<FreshJourneys> {
  let cache = caches.get(database);
  if (!cache) caches.set(database, (cache = makeColumnsCache(database, journeysKind)));
  return cache;
}

const live = (workspaceId: WorkspaceId, setting: number): string =>
  `SELECT ${readColumns} FROM journeys WHERE workspace_id = '${workspaceId}'::uuid AND setting = ${setting}`;

const journeysKind: ColumnsKind<FreshJourneys> = {
  async load(client, workspaceId) {
    const fresh = await emptyColumns(client, workspaceId);
    if (!fresh.setting) return fresh;
    const rows = readJourneys(fresh.store, fresh.timeZone);
    for await (const chunk of copyRows(client, `${live(workspaceId, fresh.setting.number)} AND NOT gone`)) rows.feed(chunk);
    trimStore(fresh.store);
    await addWords(client, workspaceId, fresh);
    return fresh;
  },
  async countChanges(client, workspaceId, since, most) {
    const { rows } = await client.query<{ changed: bigint }>(
      `SELECT count(*) AS changed FROM (SELECT FROM journeys WHERE workspace_id = $1 AND setting = (${currentSetting}) AND ${since('changed_xid')} LIMIT ${most + 1}) c`,
      [workspaceId],
    );
    return Number(rows[0]!.changed);
  },
  async apply(client, workspaceId, fresh, since) {
    if (!fresh.setting) return fresh;
    const chunks: Uint8Array[] = [];
    for await (const chunk of copyRows(client, `${live(workspaceId, fresh.setting.number)} AND ${since('changed_xid')}`))
      chunks.push(chunk);
    await addWords(client, workspaceId, fresh);
    const rows = readJourneys(fresh.store, fresh.timeZone);
    for (const chunk of chunks) rows.feed(chunk);
    return fresh;
  },
  async stamp(client, workspaceId) {
    const { rows } = await client.query<{ stamp: string }>(
      `SELECT concat_ws(' ', w.time_zone, w.currency, (${currentSetting})) AS stamp FROM workspaces w WHERE w.id = $1`,
      [workspaceId],
    );
    if (!rows[0]) throw new Error(`There is no workspace ${workspaceId}.`);
    return rows[0].stamp;
  },
  async isComplete(client, workspaceId, { setting, store }) {
    const { rows } = await client.query<{ count: bigint }>(
      'SELECT count(*) FROM journeys WHERE workspace_id = $1 AND setting = $2 AND NOT gone',
      [workspaceId, setting?.number ?? 0],
    );
    return Number(rows[0]!.count) === countLive(store.converted) + countLive(store.open);
  },
  bytes: ({ store, words }) => bytesOfStore(store) + wordDimensions.reduce((sum, dimension) => sum + words[dimension].length * 80, 0),
};

/** The number of the setting that counts. */
const currentSetting = 'SELECT max(number) FROM attribution_settings WHERE workspace_id = $1 AND built_at IS NOT NULL';

async function emptyColumns(client: pg.ClientBase, workspaceId: WorkspaceId): Promise<FreshJourneys> {
  const { rows } = await client.query<{ timeZone: string; currency: string; number: number | null; content: unknown }>(
    `SELECT w.time_zone AS "timeZone", w.currency, s.number, s.content FROM workspaces w
     LEFT JOIN attribution_settings s ON s.workspace_id = w.id AND s.number = (${currentSetting}) WHERE w.id = $1`,
    [workspaceId],
  );
  const row = rows[0];
  if (!row) throw new Error(`There is no workspace ${workspaceId}.`);
  return {
    timeZone: row.timeZone,
    currency: row.currency,
    setting: row.number === null ? null : { number: row.number, content: attributionContent.parse(row.content) },
    store: makeStore(),
    words: { channel: [null], campaign: [null], content: [null], member: [null] },
  };
}

/** Words are only ever added: those from the first unknown code on. */
async function addWords(client: pg.ClientBase, workspaceId: WorkspaceId, { setting, words }: FreshJourneys): Promise<void> {
  const { rows } = await client.query<{ dimension: WordDimension; code: number; word: string }>(
    `SELECT w.dimension, w.code, w.word FROM unnest($3::text[], $4::int[]) k(dimension, known)
     JOIN journey_words w ON w.workspace_id = $1 AND w.setting = $2 AND w.dimension = k.dimension AND w.code >= k.known`,
    [workspaceId, setting!.number, [...wordDimensions], wordDimensions.map((dimension) => words[dimension].length)],
  );
  for (const { dimension, code, word } of rows) words[dimension][code] = word;
}
