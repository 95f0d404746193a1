/** Follows what was noted as changed, until nothing is left: journeys and credits are what records and touches say. */

import { sql } from 'kysely';
import { holdingAlone } from '#features/handoff/actions/hold-alone.ts';
import type { JourneyNote } from '#features/records/actions/changed-journeys.ts';
import type { Database, Tx, WorkspaceId } from '#platform/db/database.ts';
import { renewStatisticsLater } from '#platform/db/statistics.ts';
import { announceChange } from '#platform/facts/facts.ts';
import { findLiveSettings, type JourneyGround, type LiveSettings } from '../queries/attribution-setting.ts';
import { type Grouping, makeGrouping } from '../queries/channel-grouping.ts';
import { computeJourneys } from '../queries/compute-journeys.ts';
import { concernedUnits } from '../queries/concerned-units.ts';
import { type JourneyWords, readWords } from '../queries/journey-words.ts';
import { countRecords, firstId, nextStretch, readStrays, seldomAmong } from '../queries/unit-walk.ts';
import { ensureFirstSetting } from './attribution-settings.ts';
import { writeJourneys } from './write-journeys.ts';

/** Notes, and records of a kind, a transaction: large enough that its statements pay, small enough that nobody waits long. */
const notesAtOnce = 2_000;
const recordsAtOnce = 2_000;

export interface DrainOptions {
  readonly notes?: number;
  readonly records?: number;
  /** Is asked between two transactions; once it says so the rest is left for the next. */
  readonly isToStop?: () => boolean;
}

/**
 * Works off a workspace's backlog, step by step, each in a transaction of its own together with the notes it answers: who
 * is killed leaves the rest for the next. One at a time: where another is at it, that one goes on, and looks once more
 * before it leaves.
 * @returns whether it was this one
 */
export async function drainJourneys(database: Database, workspaceId: WorkspaceId, options: DrainOptions = {}): Promise<boolean> {
  for (;;) {
    const isMine = await holdingAlone(database, `accord.journeys ${workspaceId}`, () => drainAll(database, workspaceId, options));
    // What was noted while the last look was under way found the place taken.
    if (!isMine || options.isToStop?.() || !(await database.inWorkspace(workspaceId, (tx) => hasJourneyWork(tx, workspaceId))))
      return isMine;
  }
}

/** Something is noted, or a setting isn't built, or journeys of an earlier one are still there. */
export async function hasJourneyWork(tx: Tx, workspaceId: WorkspaceId): Promise<boolean> {
  const { rows } = await sql<{ waits: boolean }>`SELECT EXISTS (SELECT FROM journey_backlog WHERE workspace_id = ${workspaceId}::uuid)
    OR EXISTS (SELECT FROM attribution_settings s WHERE s.workspace_id = ${workspaceId}::uuid AND s.built_at IS NULL
      AND s.number = (SELECT max(number) FROM attribution_settings WHERE workspace_id = ${workspaceId}::uuid)) AS waits`.execute(tx);
  return rows[0]!.waits;
}

async function drainAll(database: Database, workspaceId: WorkspaceId, options: DrainOptions): Promise<void> {
  const drain: Drain = { ...options, known: new Map(), toldAt: 0 };
  for (;;) {
    if (options.isToStop?.()) return;
    try {
      const more = await database.inWorkspace(workspaceId, (tx) => drainStep(tx, workspaceId, drain), { statementTimeout: 0 });
      if (!more) return;
    } catch (error) {
      drain.known.clear(); // words it has given a code may not be stored
      throw error;
    }
  }
}

interface Drain extends DrainOptions {
  /** By number of the setting. */
  readonly known: Map<number, Reading>;
  /** When open screens were last told how far a walk has come, epoch milliseconds. */
  toldAt: number;
}

/** What is kept in mind from one transaction to the next. */
interface Reading {
  readonly words: JourneyWords;
  readonly grouping: Grouping;
  /** Of a walk. */
  strays?: Set<string> | null;
}

/** What changed first: a walk over everything takes minutes. @returns whether there may be more */
async function drainStep(tx: Tx, workspaceId: WorkspaceId, drain: Drain): Promise<boolean> {
  const settings = await findLiveSettings(tx, workspaceId);
  if (!settings.current && !settings.building) return ensureFirstSetting(tx, workspaceId);
  return (
    (await followNoted(tx, workspaceId, settings, drain)) ||
    (await buildOn(tx, workspaceId, settings, drain)) ||
    (await walkOn(tx, workspaceId, settings, drain)) ||
    (await forgetEarlier(tx, workspaceId, settings))
  );
}

async function followNoted(tx: Tx, workspaceId: WorkspaceId, settings: LiveSettings, drain: Drain): Promise<boolean> {
  const { rows } = await sql<JourneyNote>`DELETE FROM journey_backlog b USING (
      SELECT id FROM journey_backlog WHERE workspace_id = ${workspaceId}::uuid AND NOT everything ORDER BY id LIMIT ${drain.notes ?? notesAtOnce}) next
    WHERE b.workspace_id = ${workspaceId}::uuid AND b.id = next.id RETURNING b.kind, b.record_id AS id`.execute(tx);
  if (rows.length === 0) return false;
  // A build that hasn't begun reads it all anyway.
  const begun = settings.buildingProgress.after === undefined ? null : settings.building;
  for (const ground of [settings.current, begun]) {
    if (!ground) continue;
    const reading = await readingOf(tx, workspaceId, ground, drain);
    const units = await concernedUnits(tx, workspaceId, ground.content.basis, rows);
    for (const id of units) reading.strays?.add(id);
    const changed = await bring(tx, workspaceId, ground, units, reading);
    if (changed > 0 && ground === settings.current) await announceChange(tx, workspaceId, 'attribution');
  }
  return true;
}

async function readingOf(tx: Tx, workspaceId: WorkspaceId, { setting, content }: JourneyGround, { known }: Drain): Promise<Reading> {
  const reading = known.get(setting) ?? { words: await readWords(tx, workspaceId, setting), grouping: makeGrouping(content.ownRules) };
  known.set(setting, reading);
  return reading;
}

/** Computes the journeys of these units and stores what differs. @returns how many rows of journeys did */
async function bring(
  tx: Tx,
  workspaceId: WorkspaceId,
  ground: JourneyGround,
  units: readonly string[],
  reading: Reading,
  walking = false,
): Promise<number> {
  if (units.length === 0) return 0;
  const seldom = walking ? seldomAmong(reading.strays ?? null) : undefined;
  const journeys = await computeJourneys(tx, workspaceId, ground, units, seldom);
  return writeJourneys(tx, workspaceId, ground, { units, journeys }, reading);
}

// ── a new setting ───────────────────────────────────────────────────────────

/** The next stretch of a setting that isn't built. The one before counts until it is. */
async function buildOn(tx: Tx, workspaceId: WorkspaceId, { building, buildingProgress }: LiveSettings, drain: Drain): Promise<boolean> {
  if (!building) return false;
  const isStart = buildingProgress.after === undefined;
  const of = isStart ? await countRecords(tx, workspaceId) : (buildingProgress.of ?? 0);
  // It reads all there is from here on: who asked for a walk over everything by now is answered by it.
  if (isStart) await sql`DELETE FROM journey_backlog WHERE workspace_id = ${workspaceId}::uuid AND everything`.execute(tx);
  const { until, isLast, records } = await walkStretch(tx, workspaceId, building, buildingProgress.after ?? firstId, drain);
  const progress = { after: until, done: Math.min(of, (buildingProgress.done ?? 0) + records), of, currency: building.currency };
  await sql`UPDATE attribution_settings SET progress = ${JSON.stringify(progress)}::jsonb, built_at = CASE WHEN ${isLast} THEN clock_timestamp() END
    WHERE workspace_id = ${workspaceId}::uuid AND number = ${building.setting}`.execute(tx);
  await tellProgress(tx, workspaceId, drain, isLast);
  return true;
}

/** A walk has hundreds of stretches; who looks on is told once a second. */
async function tellProgress(tx: Tx, workspaceId: WorkspaceId, drain: Drain, isLast: boolean): Promise<void> {
  if (!isLast && Date.now() - drain.toldAt < 1_000) return;
  drain.toldAt = Date.now();
  await announceChange(tx, workspaceId, 'attribution');
}

async function walkStretch(tx: Tx, workspaceId: WorkspaceId, ground: JourneyGround, after: string, drain: Drain) {
  const reading = await readingOf(tx, workspaceId, ground, drain);
  if (reading.strays === undefined) reading.strays = await readStrays(tx, workspaceId, ground.content.basis);
  const stretch = await nextStretch(tx, workspaceId, ground.content.basis, after, drain.records ?? recordsAtOnce);
  const changed = await bring(tx, workspaceId, ground, stretch.units, reading, true);
  if (stretch.isLast && after !== firstId) await renewStatisticsLater(tx, workspaceId, ['journeys', 'attribution_credits']);
  return { ...stretch, changed: changed + (await forgetRemoved(tx, workspaceId, ground.setting, after, stretch)) };
}

/** Journeys of units that are gone, as after an import was undone, or that are none any more. */
async function forgetRemoved(
  tx: Tx,
  workspaceId: WorkspaceId,
  setting: number,
  after: string,
  { units, until }: { units: readonly string[]; until: string },
): Promise<number> {
  const { rows } = await sql<{
    unitId: string;
    place: number;
  }>`UPDATE journeys SET gone = true, touch_count = 0, touches = '', first_at = NULL, converted_at = NULL,
      conversion_id = NULL, amount = NULL, changed_xid = pg_current_xact_id()
    WHERE workspace_id = ${workspaceId}::uuid AND setting = ${setting} AND unit_id > ${after}::uuid AND unit_id <= ${until}::uuid AND NOT gone
      AND unit_id <> ALL(${units}::uuid[]) RETURNING unit_id AS "unitId", place`.execute(tx);
  if (rows.length > 0)
    await sql`DELETE FROM attribution_credits WHERE workspace_id = ${workspaceId}::uuid AND setting = ${setting}
      AND unit_id = ANY(${rows.map(({ unitId }) => unitId)}::uuid[])`.execute(tx);
  return rows.length;
}

// ── everything ──────────────────────────────────────────────────────────────

/** The next stretch of a walk over everything under the setting that counts. */
async function walkOn(tx: Tx, workspaceId: WorkspaceId, { current }: LiveSettings, drain: Drain): Promise<boolean> {
  const walk = current && (await findWalk(tx, workspaceId));
  if (!walk) return false;
  const reading = await readingOf(tx, workspaceId, current, drain);
  if (walk.after === firstId) delete reading.strays;
  const { until, isLast, changed } = await walkStretch(tx, workspaceId, current, walk.after, drain);
  if (isLast) {
    await sql`DELETE FROM journey_backlog WHERE workspace_id = ${workspaceId}::uuid AND id = ${walk.id}::uuid`.execute(tx);
    await sql`UPDATE attribution_settings SET progress = progress || ${JSON.stringify({ currency: current.currency })}::jsonb
      WHERE workspace_id = ${workspaceId}::uuid AND number = ${current.setting}`.execute(tx);
  } else
    await sql`UPDATE journey_backlog SET after = ${until}::uuid WHERE workspace_id = ${workspaceId}::uuid AND id = ${walk.id}::uuid`.execute(
      tx,
    );
  if (changed > 0 || isLast) await tellProgress(tx, workspaceId, drain, isLast);
  return true;
}

/** The walk that is under way, else a new one, which answers everybody who has asked for one by now. */
async function findWalk(tx: Tx, workspaceId: WorkspaceId): Promise<{ id: string; after: string } | null> {
  const { rows } = await sql<{ id: string; after: string | null }>`SELECT id, after FROM journey_backlog
    WHERE workspace_id = ${workspaceId}::uuid AND everything ORDER BY after IS NULL, id`.execute(tx);
  const [first, ...others] = rows;
  if (!first) return null;
  if (first.after === null && others.length > 0)
    await sql`DELETE FROM journey_backlog WHERE workspace_id = ${workspaceId}::uuid AND id = ANY(${others.map(({ id }) => id)}::uuid[])`.execute(
      tx,
    );
  return { id: first.id, after: first.after ?? firstId };
}

// ── what is left of earlier settings ────────────────────────────────────────

const rowsAtOnce = 20_000;

async function forgetEarlier(tx: Tx, workspaceId: WorkspaceId, { current }: LiveSettings): Promise<boolean> {
  if (!current) return false;
  for (const table of ['journeys', 'attribution_credits', 'journey_words', 'attribution_estimates']) {
    const key = {
      journeys: 'unit_id, place',
      attribution_credits: 'unit_id, place, touch_no',
      journey_words: 'dimension, code',
      attribution_estimates: 'id',
    }[table]!;
    const { numAffectedRows } =
      await sql`DELETE FROM ${sql.table(table)} WHERE workspace_id = ${workspaceId}::uuid AND (setting, ${sql.raw(key)}) IN (
      SELECT setting, ${sql.raw(key)} FROM ${sql.table(table)} WHERE workspace_id = ${workspaceId}::uuid AND setting < ${current.setting} LIMIT ${rowsAtOnce})`.execute(
        tx,
      );
    if (Number(numAffectedRows ?? 0) > 0) return true;
  }
  return false;
}
