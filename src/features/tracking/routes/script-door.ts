import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import type { Door } from '#platform/http/door.ts';
import { visitorScript } from './visitor-script.ts';

const zipped = gzipSync(visitorScript, { level: 9 });
const tag = `"${createHash('sha256').update(visitorScript).digest('base64url').slice(0, 16)}"`;
const headers = {
  'content-type': 'text/javascript; charset=utf-8',
  'cache-control': 'public, max-age=3600',
  'cross-origin-resource-policy': 'cross-origin',
  etag: tag,
  vary: 'accept-encoding',
};

/** The script that a customer's pages load. */
export const scriptDoor: Door = {
  methods: ['GET', 'HEAD'],
  path: '/t/accord.js',
  summary: 'The script for a company’s own pages',
  handle: async ({ header, method }) => {
    if (header('if-none-match') === tag) return { status: 304, headers };
    const asZip = /\bgzip\b/.test(header('accept-encoding') ?? '');
    const all = { ...headers, ...(asZip ? { 'content-encoding': 'gzip' } : {}) };
    return { status: 200, headers: all, ...(method === 'HEAD' ? {} : { body: asZip ? zipped : visitorScript }) };
  },
};
