/** Which setting journeys are read by: the one that counts, and one whose journeys are being built. */

import { sql } from 'kysely';
import type { Tx, WorkspaceId } from '#platform/db/database.ts';
import { type AttributionContent, attributionContent, type AttributionSetting } from '../contract/attribution.ts';

/** What journeys are made under: a setting, and what of the workspace amounts and days hang on. */
export interface JourneyGround {
  readonly setting: number;
  readonly content: AttributionContent;
  readonly currency: string;
  readonly timeZone: string;
}

/** Beside how far it has come: where a build goes on, and what it was made under. */
export interface BuildProgress {
  readonly done?: number;
  readonly of?: number;
  /** The last id looked at. */
  readonly after?: string;
  /** The workspace's currency when amounts were converted. */
  readonly currency?: string;
}

export interface LiveSettings {
  /** Its journeys are built: it counts. */
  readonly current: JourneyGround | null;
  /** The newest, where it isn't built yet. */
  readonly building: JourneyGround | null;
  readonly currentProgress: BuildProgress;
  readonly buildingProgress: BuildProgress;
}

interface SettingRow {
  number: number;
  content: unknown;
  builtAt: string | null;
  progress: BuildProgress;
  currency: string;
  timeZone: string;
}

export async function findLiveSettings(tx: Tx, workspaceId: WorkspaceId): Promise<LiveSettings> {
  const { rows } =
    await sql<SettingRow>`SELECT s.number, s.content, s.built_at AS "builtAt", s.progress, w.currency, w.time_zone AS "timeZone"
    FROM attribution_settings s JOIN workspaces w ON w.id = s.workspace_id
    WHERE s.workspace_id = ${workspaceId}::uuid
      AND s.number >= coalesce((SELECT max(number) FROM attribution_settings WHERE workspace_id = ${workspaceId}::uuid AND built_at IS NOT NULL), 0)
    ORDER BY s.number`.execute(tx);
  const current = rows.find(({ builtAt }) => builtAt !== null) ?? null;
  const newest = rows.at(-1) ?? null;
  const building = newest && newest.builtAt === null ? newest : null;
  return {
    current: current && groundOf(current),
    building: building && groundOf(building),
    currentProgress: current?.progress ?? {},
    buildingProgress: building?.progress ?? {},
  };
}

const groundOf = ({ number, content, currency, timeZone }: SettingRow): JourneyGround => ({
  setting: number,
  content: attributionContent.parse(content),
  currency,
  timeZone,
});

/** Newest first. @param most how many */
export async function listSettings(
  tx: Tx,
  workspaceId: WorkspaceId,
  most: number,
  number: number | null = null,
): Promise<AttributionSetting[]> {
  const { rows } = await sql<{
    number: number;
    content: unknown;
    recordedAt: string;
    recordedBy: { id: string; name: string } | null;
    builtAt: string | null;
    progress: BuildProgress;
  }>`SELECT s.number, s.content, s.recorded_at AS "recordedAt", s.built_at AS "builtAt", s.progress,
      CASE WHEN m.id IS NOT NULL THEN json_build_object('id', m.id, 'name', m.name) END AS "recordedBy"
    FROM attribution_settings s LEFT JOIN members m ON m.workspace_id = s.workspace_id AND m.id = s.recorded_by
    WHERE s.workspace_id = ${workspaceId}::uuid AND (${number}::int IS NULL OR s.number = ${number}::int) ORDER BY s.number DESC LIMIT ${most}`.execute(
    tx,
  );
  return rows.map(({ content, progress, ...row }) => ({
    ...row,
    content: attributionContent.parse(content),
    progress: row.builtAt === null && progress.of !== undefined ? { done: progress.done ?? 0, of: progress.of } : null,
  }));
}
