/** Compares proposals, their votes and cases, and whether content is archived, with what their facts say. Reads only. */

import { sql } from 'kysely';
import type { Check, Difference } from '#features/records/queries/verify.ts';
import type { Tx, WorkspaceId } from '#platform/db/database.ts';

const mostListed = 1_000;

export const verifyProposals: Check = (database, workspaceId, say) =>
  database.inWorkspace(
    workspaceId,
    async (tx) => {
      say('proposals');
      const found = [
        ...(await proposalsUnlikeFacts(tx, workspaceId)),
        ...(await votesUnlikeFacts(tx, workspaceId)),
        ...(await casesUnlikeFacts(tx, workspaceId)),
        ...(await assetsUnlikeFacts(tx, workspaceId)),
      ];
      const { rows } = await sql<{ proposal: number; asset: number }>`SELECT
          (SELECT count(*)::int FROM proposals WHERE workspace_id = ${workspaceId}::uuid) AS proposal,
          (SELECT count(*)::int FROM assets WHERE workspace_id = ${workspaceId}::uuid) AS asset`.execute(tx);
      return { checked: { ...rows[0]! }, differences: found.slice(0, mostListed), total: found.length };
    },
    { snapshot: true, statementTimeout: 0 },
  );

interface Unlike {
  id: string;
  state: string | null;
  facts: string | null;
}
const differences = (rows: readonly Unlike[], kind: string, field: string): Difference[] =>
  rows.map((row) => ({ ...row, kind, field, what: `${field} differs from what the facts say` }));

const moves = sql`('proposal.proposed', 'proposal.planned', 'proposal.done', 'proposal.declined', 'proposal.withdrawn', 'proposal.reopened')`;

/** State and round are those of the last fact that moved it. */
async function proposalsUnlikeFacts(tx: Tx, workspaceId: WorkspaceId): Promise<Difference[]> {
  const { rows } = await sql<Unlike>`
    WITH last AS (SELECT DISTINCT ON (subject_id) subject_id AS id, body->>'round' AS round,
        CASE WHEN kind IN ('proposal.proposed', 'proposal.reopened') THEN 'open' ELSE substr(kind, 10) END AS state
      FROM facts WHERE workspace_id = ${workspaceId}::uuid AND subject_kind = 'proposal' AND kind IN ${moves} ORDER BY subject_id, recorded_at DESC, id DESC)
    SELECT coalesce(p.id, f.id) AS id, p.state || ' ' || p.round AS state, f.state || ' ' || f.round AS facts
    FROM last f FULL JOIN (SELECT * FROM proposals WHERE workspace_id = ${workspaceId}::uuid) p ON p.id = f.id
    WHERE p.state || ' ' || p.round IS DISTINCT FROM f.state || ' ' || f.round`.execute(tx);
  return differences(rows, 'proposal', 'state');
}

async function votesUnlikeFacts(tx: Tx, workspaceId: WorkspaceId): Promise<Difference[]> {
  const { rows } = await sql<Unlike>`
    WITH last AS (SELECT DISTINCT ON (subject_id, member_id) subject_id AS proposal_id, member_id, kind
      FROM facts WHERE workspace_id = ${workspaceId}::uuid AND subject_kind = 'proposal' AND kind IN ('proposal.voted', 'proposal.voteTakenBack')
      ORDER BY subject_id, member_id, recorded_at DESC, id DESC)
    SELECT coalesce(v.proposal_id, f.proposal_id) AS id, v.member_id::text AS state, f.member_id::text AS facts
    FROM (SELECT * FROM last WHERE kind = 'proposal.voted') f
    FULL JOIN (SELECT * FROM proposal_votes WHERE workspace_id = ${workspaceId}::uuid) v ON (v.proposal_id, v.member_id) = (f.proposal_id, f.member_id)
    WHERE v.member_id IS NULL OR f.member_id IS NULL`.execute(tx);
  return differences(rows, 'proposal', 'votes');
}

async function casesUnlikeFacts(tx: Tx, workspaceId: WorkspaceId): Promise<Difference[]> {
  const { rows } = await sql<Unlike>`
    WITH told AS (SELECT body->>'caseId' AS id, subject_id AS proposal_id, bool_or(kind = 'proposal.caseRemoved') AS removed
      FROM facts WHERE workspace_id = ${workspaceId}::uuid AND subject_kind = 'proposal' AND kind IN ('proposal.caseAdded', 'proposal.caseRemoved') GROUP BY 1, 2)
    SELECT coalesce(c.proposal_id, f.proposal_id) AS id, c.id::text AS state, f.id AS facts
    FROM (SELECT * FROM told WHERE NOT removed) f
    FULL JOIN (SELECT * FROM proposal_cases WHERE workspace_id = ${workspaceId}::uuid AND removed_at IS NULL) c ON c.id::text = f.id
    WHERE c.id IS NULL OR f.id IS NULL`.execute(tx);
  return differences(rows, 'proposal', 'cases');
}

async function assetsUnlikeFacts(tx: Tx, workspaceId: WorkspaceId): Promise<Difference[]> {
  const { rows } = await sql<Unlike>`
    WITH last AS (SELECT DISTINCT ON (subject_id) subject_id AS id, kind FROM facts WHERE workspace_id = ${workspaceId}::uuid AND subject_kind = 'asset'
      AND kind IN ('asset.added', 'asset.archived', 'asset.restored') ORDER BY subject_id, recorded_at DESC, id DESC)
    SELECT coalesce(a.id, f.id) AS id, (a.archived_at IS NOT NULL)::text AS state, (f.kind = 'asset.archived')::text AS facts
    FROM last f FULL JOIN (SELECT * FROM assets WHERE workspace_id = ${workspaceId}::uuid) a ON a.id = f.id
    WHERE a.id IS NULL OR f.id IS NULL OR (a.archived_at IS NOT NULL) <> (f.kind = 'asset.archived')`.execute(tx);
  return differences(rows, 'asset', 'archived');
}
