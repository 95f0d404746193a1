/** A company with a head and a member of each side, who post costs through the API. */

import assert from 'node:assert/strict';
import type { Tx, WorkspaceId } from '#platform/db/database.ts';
import { join, openWorld, type Person, setUpLea, type World } from '#tests/security/world.ts';

/** JSON as it came: a test looks in it for what it expects. */
export type Told = ReturnType<typeof JSON.parse>;

export interface LedgerWorld extends World {
  /** Owner; leads both sides. */
  readonly lea: Person;
  /** Head of marketing, and a member of it. */
  readonly mara: Person;
  readonly max: Person;
  /** Head of sales, and a member of it. */
  readonly sam: Person;
  readonly sue: Person;
  inside<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
  /** Posts an entry of marketing media as somebody (Lea, unless said). @returns its id */
  post(given?: Record<string, unknown>, by?: Person): Promise<string>;
  /** Answers what was asked, and fails where it was refused. */
  get<T = Told>(person: Person, path: string): Promise<T>;
  send<T = Told>(person: Person, method: string, path: string, body?: unknown): Promise<T>;
}

export const cost = { occurredOn: '2026-01-15', side: 'marketing', category: 'media', amount: '100000' };

export async function openLedger(): Promise<LedgerWorld> {
  const world = await openWorld();
  const lea = await setUpLea(world);
  const mara = await join(world, lea, 'Mara', 'marketing', 'manager');
  const max = await join(world, lea, 'Max', 'marketing', 'member');
  const sam = await join(world, lea, 'Sam', 'sales', 'manager');
  const sue = await join(world, lea, 'Sue', 'sales', 'member');
  const send = async <T = Told>(person: Person, method: string, path: string, body?: unknown): Promise<T> => {
    const answer = await world.ask(person, method, path, body);
    assert.ok(answer.statusCode < 300, `${method} ${path}: ${answer.statusCode} ${answer.body}`);
    return (answer.body === '' ? {} : answer.json()) as T;
  };
  return {
    ...world,
    ...{ lea, mara, max, sam, sue, send },
    inside: (work) => world.database.inWorkspace(lea.workspaceId as WorkspaceId, work),
    post: async (given = {}, by = lea) => (await send<{ id: string }>(by, 'POST', '/costs', { ...cost, ...given })).id,
    get: (person, path) => send(person, 'GET', path),
  };
}

export function refused(answer: { statusCode: number; body: string }, status: number, says: RegExp): Told {
  assert.equal(answer.statusCode, status, answer.body);
  const problem = JSON.parse(answer.body);
  assert.match(problem.detail + JSON.stringify(problem.fields ?? []), says);
  return problem;
}
