import type { FastifyRequest } from 'fastify';
import { Problem } from '#platform/errors.ts';
import type { ChangeFeed } from './changes.ts';
import { type Identify, policy, type Route, route, type Who } from './route.ts';

const mayListen = policy('live.read', ['owner', 'admin', 'manager', 'member', 'viewer']);
/** Changes of the same kind within this time are one event, however large the import. */
const gatherMillis = 1_000;
/** The first after a quiet while is told this soon: a page asks again well within the second it is promised to be fresh in. */
const promptMillis = 50;
/** How soon a stream ends after its reader lost access (promised: five seconds). */
const recheckMillis = 3_000;

/** `GET /live`: which kinds of records changed in the asker's workspace, as Server-Sent Events. */
export function liveRoute(changes: ChangeFeed, identify: Identify, mostStreams: number): Route {
  let open = 0;
  return route({
    method: 'GET',
    path: '/live',
    summary: 'Which kinds of records change, as Server-Sent Events',
    tag: 'live',
    access: mayListen,
    stream: 'text/event-stream',
    handle: async ({ who, request, reply }) => {
      if (open >= mostStreams)
        throw new Problem('unavailable', 'This server has as many open streams as it can take.', { extra: { retryAfter: 30 } });
      open++;
      const headers = reply.getHeaders() as Record<string, string>;
      reply.hijack();
      reply.raw.writeHead(200, { ...headers, 'content-type': 'text/event-stream', 'x-accel-buffering': 'no' });
      stream(who, request, reply.raw, changes, identify, () => open--);
    },
  });
}

interface Wire {
  write(text: string): boolean;
  end(): void;
  once(event: 'close', listener: () => void): unknown;
  readonly writableLength: number;
  readonly destroyed: boolean;
}

function stream(who: Who, request: FastifyRequest, wire: Wire, changes: ChangeFeed, identify: Identify, over: () => void): void {
  const gather = gatherByKind((kind) => {
    if (wire.writableLength > 64_000) return wire.end(); // a reader that doesn't read
    wire.write(`data: ${JSON.stringify({ kind })}\n\n`);
  });
  const unsubscribe = changes.subscribe((change) => {
    if (change === 'gap') gather.hear('everything');
    else if (change.workspaceId === who.workspaceId) gather.hear(change.kind);
  });
  const checker = setInterval(() => {
    wire.write(':\n\n'); // keeps proxies from closing a quiet stream
    void mayStillListen(who, request, identify).then((may) => {
      if (!may) wire.end();
    });
  }, recheckMillis);
  const unhook = changes.onClose(() => wire.end());
  const close = () => {
    gather.stop();
    clearInterval(checker);
    unsubscribe();
    unhook();
    over();
  };
  // A browser may have left while it was being admitted: then `close` was before anybody listened.
  if (wire.destroyed) return close();
  wire.once('close', close);
  wire.write('retry: 2000\n\n');
}

/** Each kind by itself: a burst of one doesn't hold up the first of another. */
function gatherByKind(tell: (kind: string) => void): { hear(kind: string): void; stop(): void } {
  const waiting = new Map<string, NodeJS.Timeout>();
  const toldAt = new Map<string, number>();
  return {
    hear(kind) {
      if (waiting.has(kind)) return;
      const rest = (toldAt.get(kind) ?? -Infinity) + gatherMillis - performance.now();
      const due = setTimeout(
        () => {
          waiting.delete(kind);
          toldAt.set(kind, performance.now());
          tell(kind);
        },
        Math.max(promptMillis, rest),
      );
      waiting.set(kind, due);
    },
    stop() {
      for (const due of waiting.values()) clearTimeout(due);
      waiting.clear();
    },
  };
}

/** A database that is away is no reason to end the stream; a member who is gone is. */
async function mayStillListen(who: Who, request: FastifyRequest, identify: Identify): Promise<boolean> {
  try {
    const now = await identify(request);
    return now.who?.workspaceId === who.workspaceId && now.who.memberId === who.memberId;
  } catch (error) {
    return !(error instanceof Problem);
  }
}
