import { sql } from 'kysely';
import { listPaths } from '#engine/tracking/json-path.ts';
import type { Tx, WorkspaceId } from '#platform/db/database.ts';
import { notFound } from '#platform/errors.ts';
import type { Hook, HookMapping } from '../contract/hooks.ts';
import { mapped } from './sent-values.ts';

interface HookRow extends Omit<Hook, 'url' | 'sample' | 'reads' | 'can'> {
  key: string;
  sampleText: string | null;
  sampleAt: string | null;
}

/** @param publicUrl where senders reach this server */
export async function listHooks(tx: Tx, workspaceId: WorkspaceId, publicUrl: string): Promise<Hook[]> {
  return (await rowsOf(tx, workspaceId, null)).map((row) => shown(row, publicUrl));
}

export async function getHook(tx: Tx, workspaceId: WorkspaceId, publicUrl: string, id: string): Promise<Hook> {
  const [row] = await rowsOf(tx, workspaceId, id);
  if (!row) throw notFound('hook');
  return shown(row, publicUrl);
}

function shown({ key, sampleText, sampleAt, ...row }: HookRow, publicUrl: string): Hook {
  const sample: unknown = sampleText === null ? null : JSON.parse(sampleText);
  const values = mapped(sample, row.mapping);
  return {
    ...row,
    url: `${publicUrl}/t/h/${key}`,
    sample: sampleAt === null ? null : { at: sampleAt, paths: listPaths(sample) },
    reads: row.mapping.map(({ field }) => ({ field, value: values[field] ?? null })),
    can: { activate: whyNotActive(row.mapping) },
  };
}

/** What a mapping must have before what comes can make leads; null: it has it. */
export const whyNotActive = (mapping: HookMapping): string | null =>
  mapping.some(({ field }) => field === 'email' || field === 'phone')
    ? null
    : 'Map the e-mail address or the phone number first: by them a person is known again.';

async function rowsOf(tx: Tx, workspaceId: WorkspaceId, id: string | null): Promise<HookRow[]> {
  const { rows } =
    await sql<HookRow>`SELECT h.id, h.name, h.key, h.proof, h.mapping, h.origin, h.active, h.sample AS "sampleText", h.sample_at AS "sampleAt",
      h.made_at AS "madeAt", h.archived_at AS "archivedAt",
      (SELECT jsonb_build_object('id', c.id, 'name', c.name) FROM campaigns c WHERE c.workspace_id = h.workspace_id AND c.id = h.campaign_id) AS campaign,
      t.submissions, t.failed, t.last AS "lastAt",
      coalesce((SELECT sum(n.count) FROM tracking_counts n WHERE n.workspace_id = h.workspace_id AND n.source_id = h.id AND n.outcome = 'refused'), 0)::int AS refused
    FROM tracking_hooks h
    CROSS JOIN LATERAL (SELECT count(*)::int AS submissions, (count(*) FILTER (WHERE state = 'failed'))::int AS failed, max(received_at) AS last
      FROM tracking_submissions u WHERE u.workspace_id = h.workspace_id AND u.source_id = h.id) t
    WHERE h.workspace_id = ${workspaceId}::uuid ${id === null ? sql`` : sql`AND h.id = ${id}::uuid`}
    ORDER BY h.archived_at IS NOT NULL, h.name, h.id LIMIT 500`.execute(tx);
  return rows;
}
