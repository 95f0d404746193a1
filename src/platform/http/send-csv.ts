import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import type { FastifyReply } from 'fastify';
import { byteOrderMark } from '#engine/csv/write.ts';

/**
 * Answers with a CSV file, a piece at a time, as fast as the reader takes it. What can be refused must be
 * refused with the first piece, before the answer begins. A failure half-way cuts the connection, so that no
 * half file looks whole.
 */
export async function sendCsv(reply: FastifyReply, filename: string, pieces: AsyncGenerator<string>): Promise<void> {
  const first = await pieces.next();
  reply.hijack();
  reply.raw.writeHead(200, {
    ...(reply.getHeaders() as Record<string, string>),
    'content-type': 'text/csv; charset=utf-8',
    'content-disposition': `attachment; filename="${filename}"`,
    'cache-control': 'no-store',
  });
  await sendPieces(reply.raw, byteOrderMark + (first.done ? '' : first.value), pieces);
}

async function sendPieces(raw: ServerResponse, first: string, rest: AsyncGenerator<string>): Promise<void> {
  try {
    await write(raw, first);
    for await (const piece of rest) {
      if (raw.destroyed) return;
      await write(raw, piece);
    }
    raw.end();
  } catch (error) {
    raw.destroy();
    throw error;
  }
}

async function write(raw: ServerResponse, text: string): Promise<void> {
  if (!raw.write(text) && !raw.destroyed) await Promise.race([once(raw, 'drain'), once(raw, 'close')]);
}
