import type { FastifyInstance } from 'fastify';

export class PortTaken extends Error {
  override readonly name = 'PortTaken';
}

/**
 * Starts to listen; port 0 takes a free one.
 * @returns the address people can open, with the port that was taken
 * @throws PortTaken with what to do, when another program has the port
 */
export async function listen(server: FastifyInstance, at: { port: number; host: string }): Promise<string> {
  try {
    await server.listen({ port: at.port, host: at.host });
  } catch (error) {
    throw clearer(error, at);
  }
  const address = server.server.address();
  const port = typeof address === 'object' && address ? address.port : at.port;
  const everywhere = ['0.0.0.0', '::', '127.0.0.1', '::1'].includes(at.host);
  return `http://${everywhere ? 'localhost' : at.host}:${port}`;
}

function clearer(error: unknown, at: { port: number; host: string }): unknown {
  const code = (error as { code?: string }).code;
  if (code === 'EADDRINUSE')
    return new PortTaken(`Port ${at.port} is taken by another program. Stop it, or choose another port: PORT=${at.port + 1} npm start`);
  if (code === 'EACCES') return new PortTaken(`Port ${at.port} may not be opened by this user. Choose one above 1023: PORT=4400 npm start`);
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND')
    return new PortTaken(`This machine has no address ${at.host}. Set HOST to one it has, or to 0.0.0.0 for all.`);
  return error;
}
