/** A submission with what its form or hook says of it. */

import { sql } from 'kysely';
import type { Tx, WorkspaceId } from '#platform/db/database.ts';
import { notFound } from '#platform/errors.ts';
import type { HookMapping } from '../contract/hooks.ts';
import type { submissionStates } from '../contract/submissions.ts';

export interface StoredSubmission {
  readonly id: string;
  readonly sourceKind: 'form' | 'hook';
  readonly sourceId: string;
  readonly name: string;
  /** What the lead’s origin says. */
  readonly origin: string;
  readonly receivedAt: string;
  readonly sent: unknown;
  readonly mended: Record<string, string> | null;
  readonly mapping: HookMapping | null;
  readonly private: boolean;
  readonly siteId: string | null;
  readonly dayVisitor: Buffer | null;
  readonly source: string | null;
  readonly medium: string | null;
  readonly campaign: string | null;
  readonly campaignId: string | null;
  /** Of the tracked link that led to the form. */
  readonly linkCampaignId: string | null;
  readonly state: (typeof submissionStates)[number];
}

/** @param forChange locks it until the transaction ends */
export async function getSubmission(tx: Tx, workspaceId: WorkspaceId, id: string, forChange: boolean): Promise<StoredSubmission> {
  const { rows } =
    await sql<StoredSubmission>`SELECT s.id, s.source_kind AS "sourceKind", s.source_id AS "sourceId", coalesce(f.name, h.name) AS name,
      coalesce(h.origin, f.name, h.name) AS origin, s.received_at AS "receivedAt", s.sent, s.mended, h.mapping, s.private, s.site_id AS "siteId",
      s.day_visitor AS "dayVisitor", s.source, s.medium, s.campaign, coalesce(h.campaign_id, (v.content ->> 'campaignId')::uuid) AS "campaignId", s.state,
      (SELECT k.campaign_id FROM tracking_links k WHERE k.workspace_id = s.workspace_id AND k.token_hash = s.link_hash) AS "linkCampaignId"
    FROM tracking_submissions s
    LEFT JOIN tracking_forms f ON s.source_kind = 'form' AND f.workspace_id = s.workspace_id AND f.id = s.source_id
    LEFT JOIN tracking_form_versions v ON f.id IS NOT NULL AND v.workspace_id = s.workspace_id AND v.form_id = s.source_id AND v.number = s.version
    LEFT JOIN tracking_hooks h ON s.source_kind = 'hook' AND h.workspace_id = s.workspace_id AND h.id = s.source_id
    WHERE s.workspace_id = ${workspaceId}::uuid AND s.id = ${id}::uuid ${forChange ? sql`FOR UPDATE OF s` : sql``}`.execute(tx);
  const found = rows[0];
  if (!found) throw notFound('submission');
  return found;
}
