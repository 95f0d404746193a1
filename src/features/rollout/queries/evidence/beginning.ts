import { sql } from 'kysely';
import type { Evidence } from '#engine/rollout/evidence.ts';
import { findCharter } from '../charter.ts';
import { readTold } from '../diagnosis.ts';
import { keptBaseline } from '../baseline.ts';
import type { Asking } from './evidence.ts';

export async function sponsorEvidence({ tx, workspaceId }: Asking): Promise<Evidence['sponsor']> {
  const { rows } = await sql<{ charters: number; signed: boolean }>`SELECT count(*)::int AS charters,
    coalesce(bool_or(signed_at IS NOT NULL), false) AS signed FROM rollout_charters WHERE workspace_id = ${workspaceId}::uuid`.execute(tx);
  return rows[0]!;
}

export async function diagnosisEvidence({ tx, workspaceId, ground }: Asking): Promise<Evidence['diagnosis']> {
  const told = await readTold(tx, workspaceId);
  const { rows } = await sql<{ closesOn: string }>`SELECT p.closes_on AS "closesOn" FROM rollout_diagnoses d
    JOIN pulses p ON p.workspace_id = d.workspace_id AND p.id = d.pulse_id
    WHERE d.workspace_id = ${workspaceId}::uuid AND p.closes_on >= ${ground.today}::date ORDER BY p.number DESC LIMIT 1`.execute(tx);
  return {
    told: (['marketing', 'sales'] as const).filter((side) => told[side] !== null),
    closesOn: rows[0]?.closesOn ?? null,
  };
}

export async function dataEvidence({ tx, workspaceId }: Asking): Promise<Evidence['data']> {
  const { rows } = await sql<{ leads: number; decided: number; days: number }>`
    WITH l AS (SELECT count(*)::int AS many, min(opened_at) AS first, max(opened_at) AS last FROM leads
        WHERE workspace_id = ${workspaceId}::uuid AND archived_at IS NULL AND opened_at <= now()),
      d AS (SELECT count(*) FILTER (WHERE status <> 'open')::int AS decided, min(opened_at) AS first, max(opened_at) AS last FROM deals
        WHERE workspace_id = ${workspaceId}::uuid AND archived_at IS NULL AND (opened_at IS NULL OR opened_at <= now()))
    SELECT l.many AS leads, d.decided, coalesce(extract(day FROM greatest(l.last, d.last) - least(l.first, d.first)), 0)::int AS days FROM l, d`.execute(
    tx,
  );
  const charter = await findCharter(tx, workspaceId);
  return { ...rows[0]!, baseline: charter ? (await keptBaseline(tx, workspaceId, charter.figure)) !== null : null };
}
