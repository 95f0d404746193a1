import { sql } from 'kysely';
import type { WorkspaceId } from '#platform/db/database.ts';
import type { InstallationCommand } from '#platform/cli/command.ts';
import { Problem } from '#platform/errors.ts';
import { readConfig } from '#platform/config.ts';
import { makeReset, resetLink } from './actions/passwords.ts';
import { createUnownedWorkspace } from './actions/unowned.ts';
import { newWorkspace } from './contract.ts';

interface Row {
  id: WorkspaceId;
  slug: string;
  name: string;
  timeZone: string;
  currency: string;
}

export const workspaceCommand: InstallationCommand = {
  name: 'workspace',
  summary: 'lists workspaces, or makes one: workspace create NAME',
  needs: 'installation',
  positionals: '[create NAME]',
  options: {
    'time-zone': { type: 'string', value: 'ZONE', description: 'IANA zone of a new workspace (default UTC)' },
    currency: { type: 'string', value: 'CODE', description: 'ISO 4217 currency of a new workspace (default EUR)' },
  },
  async run({ values, positionals }, io) {
    const [verb, ...words] = positionals;
    if (verb === 'create') {
      const given = newWorkspace.safeParse({
        name: words.join(' '),
        timeZone: values['time-zone'] ?? 'UTC',
        currency: values.currency ?? 'EUR',
      });
      if (!given.success)
        throw new Problem('bad-input', given.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('; '));
      await createUnownedWorkspace(io.database, given.data);
    } else if (verb !== undefined)
      throw new Problem('bad-input', `"${verb}" is nothing this command knows: accord workspace [create NAME]`);
    const { rows } = await io.database.atGate('system', (tx) =>
      sql<Row>`SELECT id, slug, name, time_zone AS "timeZone", currency FROM workspaces ORDER BY created_at`.execute(tx),
    );
    if (io.json) io.out(JSON.stringify({ workspaces: rows }));
    else for (const row of rows) io.out(`${row.slug}  ${row.name}  ${row.timeZone}  ${row.currency}  ${row.id}`);
    return 0;
  },
};

/** For installations without a mail server, and for whoever runs them: the link goes to the terminal only. */
export const resetPasswordCommand: InstallationCommand = {
  name: 'reset-password',
  summary: 'prints a link with which somebody sets a new password, good for an hour: reset-password EMAIL',
  needs: 'installation',
  positionals: 'EMAIL',
  options: {},
  async run({ positionals }, io) {
    const [email] = positionals;
    if (!email) throw new Problem('bad-input', 'Say whose password: accord reset-password EMAIL');
    const made = await makeReset(io.database, email);
    if (!made) throw new Problem('not-found', `${email} has no login here, or was given three links within the hour.`);
    const link = resetLink(readConfig().publicUrl, made.token);
    io.out(io.json ? JSON.stringify({ email: made.email, link }) : link);
    return 0;
  },
};
