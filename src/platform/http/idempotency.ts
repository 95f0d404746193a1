/**
 * One effect per request. A client that lost its connection can't know whether its write happened; it
 * sends the same request again with the same `Idempotency-Key`.
 *
 * How: the first `transact` of a write with a key opens a transaction that starts by inserting the key's
 * row. It stays open until `handle` has returned; then the answer is stored in that row and the
 * transaction commits: effect and answer exist together or not at all. So
 * - cut before or inside the commit: nothing is there, the retry does the work anew;
 * - cut after the commit, before the answer arrived: the retry finds the row and gets the stored answer;
 * - two at once: the second waits in the unique index for the first to end, then finds its answer (or,
 *   the first having rolled back, does the work itself);
 * - another body under the same key: 422.
 * A refusal (4xx, 5xx) is not stored: it had no effect.
 *
 * A handler may call `transact` several times; with a key all calls share the one transaction (a second
 * connection could wait for the first one's locks for ever). What must not happen before the commit,
 * such as mail, belongs in `ask.afterCommit`. Keys belong to a member and are kept for two days.
 */
import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import type { Database, Tx, WorkspaceOptions } from '#platform/db/database.ts';
import { Problem } from '#platform/errors.ts';
import type { Written } from './answer.ts';
import { toJson } from './json.ts';
import type { Who } from './route.ts';

/** The database work of one request. */
export interface Work {
  transact<T>(work: (tx: Tx) => Promise<T>, options?: WorkspaceOptions): Promise<T>;
  /** Commits what is open; returns the answer to send (a stored one when the request was a repetition). */
  complete(answer: Written): Promise<Written>;
  /** Rolls back what is open; returns the stored answer when that is why the handler stopped, else throws. */
  abandon(error: unknown): Promise<Written>;
}

export interface Claim {
  key: string;
  actor: string;
  requestHash: string;
  /** The answer holds a secret and is not stored. */
  secret: boolean;
}

/** Thrown out of the handler when the key was used before: its effect exists already. */
class Repetition extends Error {
  readonly answer: Written;
  constructor(answer: Written) {
    super('Repeated request');
    this.answer = answer;
  }
}

export function plainWork(database: Database, who: Who | undefined): Work {
  return {
    transact: (work, options) => {
      if (!who) throw new Error('This route has no workspace to transact in: give it a policy, or use the gate.');
      return database.inWorkspace(who.workspaceId, work, options);
    },
    complete: async (answer) => answer,
    abandon: async (error) => {
      throw error;
    },
  };
}

export function keyedWork(database: Database, who: Who, claim: Claim): Work {
  let held: HeldTransaction | undefined;
  let broken: { error: unknown } | undefined;
  return {
    async transact(work, options) {
      held ??= holdTransaction(database, who, claim, options);
      const tx = await held.entered;
      try {
        return await work(tx);
      } catch (error) {
        broken = { error }; // PostgreSQL has given this transaction up, whatever the handler makes of it
        throw error;
      }
    },
    async complete(answer) {
      if (!held) return answer;
      if (broken) held.rollBack(broken.error);
      else held.commitWith(answer);
      await held.over.catch((error: unknown) => {
        if (error !== broken?.error) throw error;
      });
      return answer;
    },
    async abandon(error) {
      held?.rollBack(error);
      await held?.over.catch(() => {});
      if (error instanceof Repetition) return error.answer;
      throw error;
    },
  };
}

interface HeldTransaction {
  entered: Promise<Tx>;
  over: Promise<void>;
  commitWith(answer: Written): void;
  rollBack(error: unknown): void;
}

function holdTransaction(database: Database, who: Who, claim: Claim, options?: WorkspaceOptions): HeldTransaction {
  const entered = Promise.withResolvers<Tx>();
  const ending = Promise.withResolvers<Written>();
  const over = database.inWorkspace(
    who.workspaceId,
    async (tx) => {
      await claimKey(tx, who, claim);
      entered.resolve(tx);
      await storeAnswer(tx, who, claim, await ending.promise);
    },
    options,
  );
  over.catch(entered.reject);
  entered.promise.catch(() => {}); // told through the handler, or through `over`
  ending.promise.catch(() => {});
  return { entered: entered.promise, over, commitWith: ending.resolve, rollBack: ending.reject };
}

async function claimKey(tx: Tx, who: Who, claim: Claim): Promise<void> {
  await sql`DELETE FROM idempotency_keys WHERE (workspace_id, actor, key) IN (SELECT workspace_id, actor, key FROM idempotency_keys
    WHERE workspace_id = ${who.workspaceId} AND created_at < now() - interval '2 days' ORDER BY created_at LIMIT 10 FOR UPDATE SKIP LOCKED)`.execute(
    tx,
  );
  const { rows: claimed } = await sql`INSERT INTO idempotency_keys (workspace_id, actor, key, request_hash)
    VALUES (${who.workspaceId}, ${claim.actor}, ${claim.key}, ${claim.requestHash}) ON CONFLICT DO NOTHING RETURNING 1`.execute(tx);
  if (claimed.length > 0) return;
  const { rows } = await sql<{
    request_hash: string;
    status: number;
    response: Omit<Written, 'status'> | null;
  }>`SELECT request_hash, status, response
    FROM idempotency_keys WHERE workspace_id = ${who.workspaceId} AND actor = ${claim.actor} AND key = ${claim.key}`.execute(tx);
  const earlier = rows[0];
  if (!earlier) throw new Problem('unavailable', 'The earlier request with this Idempotency-Key is just being forgotten. Try again.');
  if (earlier.request_hash !== claim.requestHash)
    throw new Problem('idempotency-mismatch', 'This Idempotency-Key was used for another request. Use a new key for a new request.');
  if (!earlier.response) throw new Problem('conflict', 'This was done already; its answer held a secret that is shown only once.');
  throw new Repetition({ ...earlier.response, status: earlier.status });
}

async function storeAnswer(tx: Tx, who: Who, claim: Claim, answer: Written): Promise<void> {
  const response = claim.secret ? null : toJson({ text: answer.text, headers: answer.headers });
  await sql`UPDATE idempotency_keys SET status = ${answer.status}, response = ${response}::jsonb
    WHERE workspace_id = ${who.workspaceId} AND actor = ${claim.actor} AND key = ${claim.key}`.execute(tx);
}

/** Reads the header; `undefined` when there is none. */
export function idempotencyKey(header: string | string[] | undefined): string | undefined {
  if (header === undefined) return undefined;
  if (typeof header !== 'string' || !/^[\x21-\x7e]{1,200}$/.test(header))
    throw new Problem('bad-input', 'Idempotency-Key: 1 to 200 printable characters without spaces, e.g. a UUID.');
  return header;
}

/** The same request again has the same hash: method, address with query, and parsed body. */
export function hashRequest(method: string, url: string, body: unknown): string {
  return createHash('sha256')
    .update(`${method} ${url}\n`)
    .update(toJson(body) ?? '')
    .digest('hex');
}
