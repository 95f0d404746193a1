import { sql } from 'kysely';
import type { z } from 'zod';
import { hashToken, newApiToken as mintToken } from '#platform/auth/tokens.ts';
import type { Tx } from '#platform/db/database.ts';
import { newId } from '#platform/db/ids.ts';
import { notFound, Problem } from '#platform/errors.ts';
import { recordFact } from '#platform/facts/facts.ts';
import { listPolicies, type Who } from '#platform/http/route.ts';
import type { newApiToken } from '../contract.ts';
import { neverByToken } from '../policy.ts';
import { throughGate } from '../queries/gate.ts';

/** What a token may be given: `read` for every GET, or single verbs. */
export const listScopes = (): string[] => [
  'read',
  ...listPolicies()
    .map((each) => each.verb)
    .filter((verb) => !neverByToken.includes(verb)),
];

/**
 * A token that acts as the member who makes it, within its scopes, for as long as that member is active.
 * @returns the token, which is nowhere else
 */
export async function makeApiToken(tx: Tx, who: Who, given: z.output<typeof newApiToken>): Promise<{ id: string; token: string }> {
  const known = listScopes();
  const unknown = given.scopes.filter((scope) => !known.includes(scope));
  if (unknown.length > 0)
    throw new Problem('bad-input', `A token can't have the scope ${unknown.join(', ')}. There are: ${known.join(', ')}.`, {
      fields: [{ at: 'scopes', reason: `Unknown: ${unknown.join(', ')}` }],
    });
  const id = newId();
  const { token, prefix } = mintToken(id);
  await sql`INSERT INTO api_tokens (workspace_id, id, name, prefix, member_id, scopes, expires_at)
    VALUES (${who.workspaceId}, ${id}, ${given.name}, ${prefix}, ${who.memberId}, ${[...new Set(given.scopes)]}::text[], now() + make_interval(days => ${given.expiresInDays ?? null}::int))`.execute(
    tx,
  );
  await throughGate(tx, () =>
    sql`INSERT INTO gate_tokens (token_hash, purpose, workspace_id, record_id) VALUES (${hashToken(token)}, 'api', ${who.workspaceId}, ${id})`.execute(
      tx,
    ),
  );
  await recordFact(tx, who.workspaceId, {
    kind: 'apiToken.made',
    subjectKind: 'apiToken',
    subjectId: id,
    memberId: who.memberId,
    body: { name: given.name, scopes: given.scopes },
  });
  return { id, token };
}

export async function revokeApiToken(tx: Tx, who: Who, id: string): Promise<void> {
  const { rows } =
    await sql`UPDATE api_tokens SET revoked_at = coalesce(revoked_at, now()) WHERE workspace_id = ${who.workspaceId} AND id = ${id} RETURNING 1`.execute(
      tx,
    );
  if (rows.length === 0) throw notFound('API token');
  await throughGate(tx, () => sql`DELETE FROM gate_tokens WHERE record_id = ${id}`.execute(tx));
  await recordFact(tx, who.workspaceId, { kind: 'apiToken.revoked', subjectKind: 'apiToken', subjectId: id, memberId: who.memberId });
}
