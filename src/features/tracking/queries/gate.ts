/** Whose a public key is, and what its door has to know; kept some seconds, so that a flood of visits asks the database little. */

import { sql } from 'kysely';
import type { GroupRule } from '#engine/attribution/channel-groups.ts';
import { ruleOf, type StatedRule } from '#engine/attribution/stated-rules.ts';
import { hashToken } from '#platform/auth/tokens.ts';
import type { Database, Tx, WorkspaceId } from '#platform/db/database.ts';

export type GatePurpose = 'site' | 'form' | 'hook' | 'link';

/** Which workspace and record a key of this purpose opens. */
export async function findByKey(
  database: Database,
  purpose: GatePurpose,
  key: string,
): Promise<{ workspaceId: WorkspaceId; id: string } | null> {
  if (!/^[\w-]{10,100}$/.test(key)) return null;
  const { rows } = await database.atGate('system', (tx) =>
    sql<{ workspaceId: WorkspaceId; id: string }>`SELECT workspace_id AS "workspaceId", record_id AS id FROM gate_tokens
      WHERE token_hash = ${hashToken(key)} AND purpose = ${purpose}`.execute(tx),
  );
  return rows[0] ?? null;
}

export interface KnownSite {
  readonly workspaceId: WorkspaceId;
  readonly id: string;
  readonly domains: readonly string[];
  readonly identitySecret: Buffer | null;
  readonly rules: readonly GroupRule[];
}

async function findSite(database: Database, key: string): Promise<KnownSite | null> {
  const found = await findByKey(database, 'site', key);
  if (!found) return null;
  const { workspaceId, id } = found;
  return database.inWorkspace(workspaceId, async (tx) => {
    const { rows } = await sql<{
      domains: string[];
      secret: Buffer | null;
    }>`SELECT domains, identity_secret AS secret FROM tracking_sites WHERE workspace_id = ${workspaceId}::uuid AND id = ${id}::uuid AND archived_at IS NULL`.execute(
      tx,
    );
    const site = rows[0];
    return site
      ? { workspaceId, id, domains: site.domains, identitySecret: site.secret, rules: await findChannelRules(tx, workspaceId) }
      : null;
  });
}

/** The company's own channel rules, as attribution reads them now. */
export async function findChannelRules(tx: Tx, workspaceId: WorkspaceId): Promise<GroupRule[]> {
  const { rows } = await sql<{ rules: StatedRule[] | null }>`SELECT content -> 'ownRules' AS rules FROM attribution_settings
    WHERE workspace_id = ${workspaceId}::uuid ORDER BY built_at IS NULL, number DESC LIMIT 1`.execute(tx);
  return (rows[0]?.rules ?? []).map(ruleOf);
}

const keptMilliseconds = 5_000;
const mostKept = 5_000;

/** Sites by key, also those that are none, for some seconds. */
export function keepSites(database: Database): (key: string) => Promise<KnownSite | null> {
  const kept = new Map<string, { site: Promise<KnownSite | null>; until: number }>();
  return (key) => {
    const known = kept.get(key);
    if (known && known.until > Date.now()) return known.site;
    if (kept.size >= mostKept) kept.clear();
    const site = findSite(database, key);
    kept.set(key, { site, until: Date.now() + keptMilliseconds });
    site.catch(() => kept.delete(key));
    return site;
  };
}
