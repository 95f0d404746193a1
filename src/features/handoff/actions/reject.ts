import { sql } from 'kysely';
import type { z } from 'zod';
import type { Tx, WorkspaceId } from '#platform/db/database.ts';
import { newId } from '#platform/db/ids.ts';
import { Problem } from '#platform/errors.ts';
import type { Who } from '#platform/http/route.ts';
import type { newRejection } from '../contract.ts';
import { findJudgingDefinition, type JudgingDefinition, type NamedClause, needsDefinition } from '../queries/judging-definition.ts';
import { textOf } from '../queries/lead-at-hand.ts';
import { insertRejection } from './rejection-record.ts';
import { moveLead, takeLead } from './take-lead.ts';

/**
 * Sales says which clauses of the definition were not met. The rejection goes to the owner of the lead's campaign as
 * work, else to a head of marketing.
 * @returns the rejection's id
 * @throws Problem bad-input (a path that the version doesn't have) · conflict (no definition is signed)
 */
export async function rejectLead(tx: Tx, who: Who, leadId: string, given: z.output<typeof newRejection>): Promise<string> {
  const lead = await takeLead(tx, who, 'reject', { leadId, version: given.version });
  const definition = await findJudgingDefinition(tx, who.workspaceId, lead);
  if (!definition) throw new Problem('conflict', needsDefinition);
  const named = pickClauses(definition, given.clauses);
  const id = newId();
  await insertRejection(tx, who, {
    id,
    leadId,
    versionId: definition.versionId,
    clauses: named.map(({ path }) => path),
    comment: given.comment,
    rejectedBy: who.memberId,
    rejectedAt: lead.at,
    wasAccepted: lead.state === 'accepted',
    campaignId: textOf(lead.lead.campaignId),
    marketerId: await whoAnswers(tx, who.workspaceId, textOf(lead.lead.campaignId)),
  });
  await moveLead(tx, who, lead, {
    kind: 'lead.rejected',
    sets: { rejectedAt: lead.at, rejectedReason: named.map(({ sentence }) => sentence).join('; ') },
    body: { rejectionId: id, note: given.comment },
  });
  return id;
}

function pickClauses({ clauses }: JudgingDefinition, paths: readonly string[]): NamedClause[] {
  const strange = paths.filter((path) => !clauses.some((clause) => clause.path === path));
  if (strange.length > 0)
    throw new Problem(
      'bad-input',
      `clauses: the definition that judged this lead has no ${strange.join(', ')}. It has ${clauses.map(({ path }) => path).join(', ')}.`,
      {
        fields: [{ at: 'clauses', reason: `has no ${strange.join(', ')}` }],
      },
    );
  return clauses.filter(({ path }) => paths.includes(path));
}

/**
 * Whose work it is to answer: the campaign's owner if active in marketing, else the first of the heads of marketing
 * (those who sign in first, then by role, then who came first). Null: marketing has nobody.
 */
async function whoAnswers(tx: Tx, workspaceId: WorkspaceId, campaignId: string | null): Promise<string | null> {
  const { rows } = await sql<{ id: string }>`
    WITH campaign AS (
      SELECT s.owner_id FROM campaigns c JOIN campaigns s ON s.workspace_id = c.workspace_id AND s.id = CASE WHEN c.merged_into IS NULL THEN c.id ELSE c.merged_into END
      WHERE c.workspace_id = ${workspaceId}::uuid AND c.id = ${campaignId}::uuid)
    SELECT m.id FROM members m LEFT JOIN campaign ON campaign.owner_id = m.id
    WHERE m.workspace_id = ${workspaceId}::uuid AND m.active AND m.side = 'marketing' AND m.role <> 'viewer'
      AND (campaign.owner_id IS NOT NULL OR m.role IN ('owner', 'admin', 'manager'))
    ORDER BY campaign.owner_id IS NULL, m.login_id IS NULL, array_position(ARRAY['owner', 'admin', 'manager'], m.role::text), m.created_at, m.id LIMIT 1`.execute(
    tx,
  );
  return rows[0]?.id ?? null;
}
