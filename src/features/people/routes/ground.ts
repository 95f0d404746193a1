import { sql } from 'kysely';
import { hashToken } from '#platform/auth/tokens.ts';
import type { Database } from '#platform/db/database.ts';
import type { ResetGround } from '../actions/passwords.ts';

/** What the people's routes are built from. */
export type PeopleGround = ResetGround;

/** The login and workspace of a session just opened. */
export async function bySession(database: Database, token: string): Promise<{ loginId: string; workspaceId: string | null } | undefined> {
  const { rows } = await database.atGate('sign-in', (tx) =>
    sql<{
      loginId: string;
      workspaceId: string | null;
    }>`SELECT login_id AS "loginId", workspace_id AS "workspaceId" FROM sessions WHERE token_hash = ${hashToken(token)}`.execute(tx),
  );
  return rows[0];
}
