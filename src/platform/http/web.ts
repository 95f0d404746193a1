import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { sendPage } from './headers.ts';

/**
 * Serves the built web app: files whose name carries a hash for ever, other files checked each time,
 * and index.html for every address that is the app's own to route.
 */
export function serveWeb(server: FastifyInstance, folder: string | undefined): void {
  if (!folder || !existsSync(join(folder, 'index.html'))) return;
  server.register(fastifyStatic, { root: folder, serve: false, cacheControl: false, index: false, preCompressed: true });
  server.route({
    method: ['GET', 'HEAD'],
    url: '/assets/*',
    handler: (request, reply) => sendAsset(request, reply, 'public, max-age=31536000, immutable'),
  });
  server.route({
    method: ['GET', 'HEAD'],
    url: '/*',
    handler: async (request, reply) => {
      const path = request.url.split('?', 1)[0]!;
      if (/^\/(api|health)(\/|$)/.test(path)) return reply.callNotFound();
      if (/\.\w+$/.test(path)) return sendAsset(request, reply, 'no-cache');
      return sendPage(reply, await readFile(join(folder, 'index.html'), 'utf8'));
    },
  });
}

function sendAsset(request: FastifyRequest, reply: FastifyReply, cacheControl: string): FastifyReply {
  // SVG is a document that can run scripts: it may be an image here, never a page with our rights.
  return reply.header('cache-control', cacheControl).sendFile(decodeURIComponent(request.url.split('?', 1)[0]!.slice(1)));
}
