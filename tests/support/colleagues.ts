/** A company of colleagues who are all signed in: for tests of what many do at once. */

import { sql } from 'kysely';
import { hashToken, newToken } from '#platform/auth/tokens.ts';
import type { WorkspaceId } from '#platform/db/database.ts';
import { newId } from '#platform/db/ids.ts';
import type { Role, Side } from '#platform/http/route.ts';
import type { Person, World } from '#tests/security/world.ts';

export type Colleague = Person & { readonly name: string };

export interface ManyColleagues {
  readonly workspaceId: WorkspaceId;
  readonly people: readonly Colleague[];
  /** By name. */
  get(name: string): Colleague;
}

/** Written straight into the tables: hashing a password for each would take longer than the test. */
export async function hireColleagues(
  world: World,
  people: readonly { name: string; side: Side; role?: Role }[],
  { timeZone = 'UTC' }: { timeZone?: string } = {},
): Promise<ManyColleagues> {
  const workspaceId = newId() as WorkspaceId;
  const hired: Colleague[] = [];
  await world.database.atGate('system', (tx) =>
    sql`INSERT INTO workspaces (id, name, slug, time_zone, currency) VALUES (${workspaceId}, 'Northwind', ${workspaceId}, ${timeZone}, 'EUR')`.execute(
      tx,
    ),
  );
  for (const { name, side, role = 'member' } of people) {
    const [memberId, loginId, token] = [newId(), newId(), newToken()];
    const email = `${name.toLowerCase().replaceAll(' ', '.')}.${loginId}@northwind.example`;
    await world.database.atGate('sign-in', async (tx) => {
      await sql`INSERT INTO logins (id, email, email_key, name) VALUES (${loginId}, ${email}, ${email}, ${name})`.execute(tx);
      await sql`INSERT INTO sessions (token_hash, login_id, workspace_id, expires_at) VALUES (${hashToken(token)}, ${loginId}, ${workspaceId}, now() + interval '1 day')`.execute(
        tx,
      );
    });
    await world.database.inWorkspace(workspaceId, (tx) =>
      sql`INSERT INTO members (workspace_id, id, login_id, name, email, email_key, side, role) VALUES (${workspaceId}, ${memberId}, ${loginId}, ${name}, ${email}, ${email}, ${side}, ${role})`.execute(
        tx,
      ),
    );
    hired.push({ name, memberId, loginId, workspaceId, side, role, cookie: `accord_session=${token}` });
  }
  return {
    workspaceId,
    people: hired,
    get(name) {
      const found = hired.find((each) => each.name === name);
      if (!found) throw new Error(`Nobody is called ${name}`);
      return found;
    },
  };
}
