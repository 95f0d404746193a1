import type { FastifyInstance } from 'fastify';
import type { ChangeFeed } from './changes.ts';
import { problemDocument } from './problems.ts';

/** `/health/live`: the process answers. `/health/ready`: it can also reach its database. */
export function healthRoutes(server: FastifyInstance, changes: ChangeFeed): void {
  server.route({ method: ['GET', 'HEAD'], url: '/health/live', handler: async () => ({ status: 'live' }) });
  server.route({
    method: ['GET', 'HEAD'],
    url: '/health/ready',
    handler: async (_request, reply) => {
      if (await changes.isDatabaseThere()) return { status: 'ready' };
      return reply
        .code(503)
        .header('retry-after', '1')
        .type('application/problem+json')
        .send(JSON.stringify(problemDocument(503, 'unavailable', 'The database does not answer.')));
    },
  });
}
