import { sql } from 'kysely';
import type { z } from 'zod';
import type { Tx, WorkspaceId } from '#platform/db/database.ts';
import { notFound } from '#platform/errors.ts';
import type { FormContent } from '../contract/forms.ts';
import type { HookMapping } from '../contract/hooks.ts';
import type { Submission, SubmissionDetail, submissionsAsk } from '../contract/submissions.ts';
import { beforeCursor, pageOf } from './cursor.ts';
import { valuesOf } from './sent-values.ts';

interface SubmissionRow extends Omit<Submission, 'values'> {
  sent: unknown;
  mended: Record<string, string> | null;
  mapping: HookMapping | null;
  version: number | null;
  consented: boolean | null;
  consent: FormContent['consent'];
}

export async function listSubmissions(tx: Tx, workspaceId: WorkspaceId, ask: z.output<typeof submissionsAsk>) {
  const conditions = [
    beforeCursor(ask.cursor, sql`s.received_at`, sql`s.id`),
    ...(ask.sourceId ? [sql`s.source_id = ${ask.sourceId}::uuid`] : []),
    ...(ask.state ? [sql`s.state = ${ask.state}`] : []),
    ...(ask.leadId ? [sql`s.lead_id = ${ask.leadId}::uuid`] : []),
  ];
  const rows = await rowsWhere(
    tx,
    workspaceId,
    sql`${sql.join(conditions, sql` AND `)} ORDER BY s.received_at DESC, s.id DESC LIMIT ${ask.limit + 1}`,
  );
  return pageOf(rows.map(shown), ask.limit, ({ receivedAt }) => receivedAt);
}

/** @param mayMend whether the asker's role includes it */
export async function getSubmissionDetail(tx: Tx, workspaceId: WorkspaceId, id: string, mayMend: boolean): Promise<SubmissionDetail> {
  const [row] = await rowsWhere(tx, workspaceId, sql`s.id = ${id}::uuid`);
  if (!row) throw notFound('submission');
  return {
    ...shown(row),
    sent: row.sent,
    version: row.version,
    consent: row.consent && { text: row.consent.text, given: row.consented === true },
    can: { mend: whyNotMend(row.state, mayMend) },
  };
}

/** From which state it may be mended; null: it may. */
export function whyNotMend(state: Submission['state'], mayMend: boolean): string | null {
  if (!mayMend) return 'Your role does not include mending submissions.';
  if (state === 'taken') return 'It has become a lead: change the lead instead.';
  return state === 'waiting' ? 'It is about to be taken up: wait a moment.' : null;
}

const shown = (row: SubmissionRow): Submission => ({ ...row, values: valuesOf({ ...row, sourceKind: row.source.kind }) });

async function rowsWhere(tx: Tx, workspaceId: WorkspaceId, where: ReturnType<typeof sql>): Promise<SubmissionRow[]> {
  const { rows } =
    await sql<SubmissionRow>`SELECT s.id, jsonb_build_object('kind', s.source_kind, 'id', s.source_id, 'name', coalesce(f.name, h.name, '')) AS source,
      s.received_at AS "receivedAt", s.state, s.reason, s.sent, s.mended, h.mapping, s.version, s.consented, v.content -> 'consent' AS consent, s.private,
      t.channel, s.made_lead AS "madeLead",
      CASE WHEN m.id IS NOT NULL THEN jsonb_build_object('id', m.id, 'name', m.name) END AS campaign,
      CASE WHEN c.id IS NOT NULL THEN jsonb_build_object('id', c.id, 'name', coalesce(c.full_name, c.email, c.phone, 'Without a name')) END AS contact,
      CASE WHEN l.id IS NOT NULL THEN jsonb_build_object('id', l.id, 'name', coalesce(l.name, l.company, l.email, 'Without a name')) END AS lead
    FROM tracking_submissions s
    LEFT JOIN tracking_forms f ON f.workspace_id = s.workspace_id AND f.id = s.source_id
    LEFT JOIN tracking_form_versions v ON v.workspace_id = s.workspace_id AND v.form_id = s.source_id AND v.number = s.version
    LEFT JOIN tracking_hooks h ON h.workspace_id = s.workspace_id AND h.id = s.source_id
    LEFT JOIN contacts c ON c.workspace_id = s.workspace_id AND c.id = s.contact_id
    LEFT JOIN leads l ON l.workspace_id = s.workspace_id AND l.id = s.lead_id
    LEFT JOIN touches t ON t.workspace_id = s.workspace_id AND t.id = s.touch_id AND t.occurred_at = s.received_at
    LEFT JOIN campaigns m ON m.workspace_id = s.workspace_id AND m.id = coalesce(t.campaign_id, h.campaign_id, (v.content ->> 'campaignId')::uuid)
    WHERE s.workspace_id = ${workspaceId}::uuid AND ${where}`.execute(tx);
  return rows;
}
