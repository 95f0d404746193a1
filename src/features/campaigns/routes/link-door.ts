/** The public door of tracked links. What it answers is described in README.md. */

import { createHash } from 'node:crypto';
import { isbot } from 'isbot';
import type { Database } from '#platform/db/database.ts';
import type { Door, DoorAnswer, Visit } from '#platform/http/door.ts';
import { type Led, openLink } from '../actions/open-link.ts';
import { fileHeaders, fileStream, getFile } from '../queries/asset-file.ts';

export const linkDoor = (database: Database): Door => ({
  methods: ['GET', 'HEAD'],
  path: '/s/:token',
  summary: 'A tracked link to content: leads to it, and tells the rep who sent it that it was opened',
  handle: async (visit) => answerFor(database, visit, await openLink(database, visit.params['token'] ?? '', requestOf(visit))),
});

const requestOf = ({ method, header }: Visit) => ({
  method,
  optedOut: header('sec-gpc') === '1' || header('dnt') === '1',
  isProgram: isbot(header('user-agent')),
  agent: header('user-agent'),
  accept: header('accept'),
  fetchDest: header('sec-fetch-dest'),
  purposes: [header('purpose'), header('sec-purpose'), header('x-moz')],
});

/** Not to be found by search engines, nor told to where it leads. */
const always = { 'x-robots-tag': 'noindex', 'referrer-policy': 'no-referrer' };

async function answerFor(database: Database, { method }: Visit, led: Led | null): Promise<DoorAnswer> {
  if (led === null) return leadsNowhere;
  if (led.to === 'link') return { status: 302, headers: { ...always, location: led.url } };
  const { workspaceId, assetId, versionId } = led;
  const file = await database.inWorkspace(workspaceId, (tx) => getFile(tx, workspaceId, { id: assetId, versionId }));
  const headers = { ...always, ...fileHeaders(file) };
  return method === 'HEAD' ? { status: 200, headers } : { status: 200, headers, body: fileStream(database, workspaceId, file) };
}

const look =
  'body{margin:15vh auto;max-width:34rem;padding:0 1.25rem;font:1rem/1.6 system-ui,sans-serif}h1{font-size:1.5rem;line-height:1.3}';
/** The page’s one style sheet, by its hash, and nothing else. */
const onlyLook = `default-src 'none'; style-src 'sha256-${createHash('sha256').update(look).digest('base64')}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`;

/** The same to the byte for a link that never was, one that was closed, and one whose content has expired. */
const leadsNowhere: DoorAnswer = {
  status: 404,
  headers: { ...always, 'content-type': 'text/html; charset=utf-8', 'content-security-policy': onlyLook },
  body: `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark"><title>This link leads nowhere</title><style>${look}</style></head>
<body><main><h1>This link leads nowhere</h1><p>It may be mistyped, or what it led to is no longer offered. Whoever sent it to you can send a new one.</p></main></body></html>
`,
};
