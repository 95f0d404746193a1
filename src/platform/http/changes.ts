import type { FastifyBaseLogger } from 'fastify';
import pg from 'pg';

export interface Change {
  workspaceId: string;
  /** As in facts' `subject_kind`; `everything` after a gap in which changes may have been missed. */
  kind: string;
}

export interface ChangeFeed {
  subscribe(listener: (change: Change | 'gap') => void): () => void;
  /** Whether the database answers, over this feed's own connection, so that a busy pool doesn't look like a lost database. */
  isDatabaseThere(): Promise<boolean>;
  /** Called when the server closes, so that open streams end. */
  onClose(listener: () => void): () => void;
  close(): Promise<void>;
}

const patience = 2_000;

/**
 * One LISTEN connection for all open streams of this process; it connects when first needed and again
 * after it was cut, then telling everybody that there may be a gap.
 */
export function openChangeFeed(ownerUrl: string, log: FastifyBaseLogger): ChangeFeed {
  const listeners = new Set<(change: Change | 'gap') => void>();
  const closers = new Set<() => void>();
  let client: Promise<pg.Client> | undefined;
  let closed = false;

  const tell = (change: Change | 'gap') => {
    for (const listener of listeners) listener(change);
  };
  const lost = (which: pg.Client) => {
    void which.end().catch(() => {});
    client = undefined;
    if (!closed && listeners.size > 0)
      setTimeout(
        () =>
          void connected().then(
            () => tell('gap'),
            () => {},
          ),
        1_000,
      ).unref();
  };
  const connect = async (): Promise<pg.Client> => {
    const fresh = new pg.Client({
      connectionString: ownerUrl,
      connectionTimeoutMillis: patience,
      query_timeout: patience,
      application_name: 'accord changes',
    });
    let over = false;
    const end = () => {
      if (!over) lost(fresh);
      over = true;
    };
    fresh.on('error', end);
    fresh.on('end', end);
    fresh.on('notification', ({ payload }) => {
      const change = readChange(payload);
      if (change) tell(change);
    });
    try {
      await fresh.connect();
      await fresh.query('LISTEN accord_changes');
      return fresh;
    } catch (error) {
      end();
      throw error;
    }
  };
  const connected = (): Promise<pg.Client> => (client ??= connect());

  return {
    subscribe(listener) {
      listeners.add(listener);
      connected().catch((error: unknown) => log.warn({ err: error }, 'no live changes for now'));
      return () => void listeners.delete(listener);
    },
    async isDatabaseThere() {
      if (closed) return false;
      try {
        await (await connected()).query('SELECT 1');
        return true;
      } catch {
        return false;
      }
    },
    onClose(listener) {
      closers.add(listener);
      return () => void closers.delete(listener);
    },
    async close() {
      closed = true;
      for (const closer of [...closers]) closer();
      await client?.then((open) => open.end()).catch(() => {});
    },
  };
}

function readChange(payload: string | undefined): Change | undefined {
  try {
    const { workspaceId, kind } = JSON.parse(payload ?? '') as Partial<Change>;
    return typeof workspaceId === 'string' && typeof kind === 'string' ? { workspaceId, kind } : undefined;
  } catch {
    return undefined;
  }
}
