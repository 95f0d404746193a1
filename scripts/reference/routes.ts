import pino from 'pino';
import { allRoutes } from '#entry/routes.ts';
import { readConfig } from '#platform/config.ts';
import { openDatabase } from '#platform/db/database.ts';

export const file = 'docs/reference/routes.md';

/** The routes are declared, not served: no database is touched. */
export async function make(): Promise<string> {
  const nowhere = 'postgres://nobody@127.0.0.1:1/none';
  const routes = allRoutes({
    database: openDatabase({ appUrl: nowhere, ownerUrl: nowhere }),
    config: readConfig({}),
    log: pino({ level: 'silent' }),
  });
  const rows = [...routes]
    .sort((one, other) => (one.tag + one.path + one.method < other.tag + other.path + other.method ? -1 : 1))
    .map(
      (route) =>
        `| ${route.tag} | ${route.method} | \`/api/v1${route.path}\` | ${route.summary} | ${typeof route.access === 'string' ? route.access : `\`${route.access.verb}\``} |`,
    );
  return [
    '# Routes',
    '',
    'Shapes of parameters, bodies and answers stand in the OpenAPI document of a running server at `/api/v1/openapi.json`, readable at `/api/docs`. The last column is the scope an API token needs.',
    '',
    '| | method | path | what it does | who |',
    '|---|---|---|---|---|',
    ...rows,
    '',
  ].join('\n');
}
