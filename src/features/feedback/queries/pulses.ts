/** Pulses: the open one and those that are closed. How many or who has answered is told to nobody while one is open. */

import { sql } from 'kysely';
import { groundOf } from '#features/campaigns/queries/ground.ts';
import type { Sealing } from '#platform/auth/sealing.ts';
import type { Tx, WorkspaceId } from '#platform/db/database.ts';
import { notFound, Problem } from '#platform/errors.ts';
import type { Who } from '#platform/http/route.ts';
import type { Pulse, PulseQuestion, Pulses } from '../contract/pulse.ts';
import { mayAnswerPulses, mayOpenPulses } from '../policy.ts';
import { answeredBy } from './marks.ts';

export interface PulseRow {
  readonly id: string;
  readonly number: number;
  readonly title: string;
  readonly questions: PulseQuestion[];
  readonly asksText: boolean;
  readonly opensOn: string;
  readonly closesOn: string;
  readonly isFrozen: boolean;
}

export const pulseColumns = sql`p.id, p.number, p.title, p.questions, p.asks_text AS "asksText", p.opens_on AS "opensOn", p.closes_on AS "closesOn",
  EXISTS (SELECT 1 FROM pulse_results r WHERE r.workspace_id = p.workspace_id AND r.pulse_id = p.id) AS "isFrozen"`;

export const aboutPulse = (id: string): string => `pulse ${id}`;

export async function findPulse(tx: Tx, workspaceId: WorkspaceId, id: string): Promise<PulseRow> {
  const { rows } =
    await sql<PulseRow>`SELECT ${pulseColumns} FROM pulses p WHERE p.workspace_id = ${workspaceId}::uuid AND p.id = ${id}::uuid`.execute(
      tx,
    );
  if (!rows[0]) throw notFound('pulse');
  return rows[0];
}

export const isOver = ({ closesOn, isFrozen }: PulseRow, today: string): boolean => isFrozen || closesOn < today;

export async function getPulse(tx: Tx, who: Who, sealing: Sealing, id: string): Promise<Pulse> {
  const { today } = await groundOf(tx, who.workspaceId);
  const [pulse] = await shownPulses(tx, who, sealing, { rows: [await findPulse(tx, who.workspaceId, id)], today });
  return pulse!;
}

/** Newest first. */
export async function listPulses(
  tx: Tx,
  who: Who,
  sealing: Sealing,
  { limit, cursor }: { limit: number; cursor?: string | undefined },
): Promise<Pulses> {
  const { today } = await groundOf(tx, who.workspaceId);
  const before = readCursor(cursor);
  const { rows } = await sql<PulseRow>`SELECT ${pulseColumns} FROM pulses p WHERE p.workspace_id = ${who.workspaceId}::uuid
    AND (${before}::int IS NULL OR p.number < ${before}::int) ORDER BY p.number DESC LIMIT ${limit + 1}`.execute(tx);
  const items = await shownPulses(tx, who, sealing, { rows: rows.slice(0, limit), today });
  const last = items.at(-1);
  return {
    items,
    next: rows.length > limit && last ? String(last.number) : null,
    can: { open: whyNotOpen(who, await hasOpenPulse(tx, who.workspaceId)) },
  };
}

export function whyNotOpen(who: Who, isOneOpen: boolean): string | null {
  if (!mayOpenPulses.may(who)) return 'Heads and administrators open pulses.';
  return isOneOpen ? 'One is open. Two at once could be subtracted from each other.' : null;
}

/** Also one whose last day is over, until it is counted. */
export async function hasOpenPulse(tx: Tx, workspaceId: WorkspaceId): Promise<boolean> {
  const { rows } = await sql`SELECT 1 FROM pulses p WHERE p.workspace_id = ${workspaceId}::uuid
    AND NOT EXISTS (SELECT 1 FROM pulse_results r WHERE r.workspace_id = p.workspace_id AND r.pulse_id = p.id) LIMIT 1`.execute(tx);
  return rows.length > 0;
}

async function shownPulses(
  tx: Tx,
  who: Who,
  sealing: Sealing,
  { rows, today }: { rows: readonly PulseRow[]; today: string },
): Promise<Pulse[]> {
  const abouts = rows.filter((row) => !isOver(row, today)).map(({ id }) => aboutPulse(id));
  const answered = await answeredBy(tx, who.workspaceId, sealing, { abouts, memberId: who.memberId });
  return rows.map((row) => shownPulse(who, row, { over: isOver(row, today), answered: answered.has(aboutPulse(row.id)) }));
}

function shownPulse(who: Who, { isFrozen, ...pulse }: PulseRow, { over, answered }: { over: boolean; answered: boolean }): Pulse {
  const early = over ? 'It has just ended and is being counted.' : 'Results are told when it has ended, and never before.';
  return {
    ...pulse,
    state: over ? 'closed' : 'open',
    answered,
    can: { answer: whyNotAnswer(who, { over, answered }), results: isFrozen ? null : early },
  };
}

export function whyNotAnswer(who: Who, { over, answered }: { over: boolean; answered: boolean }): string | null {
  if (!mayAnswerPulses.may(who)) return 'Those who look on don’t answer.';
  if (over) return 'It has ended.';
  return answered ? 'You have answered. What you wrote can’t be found again, not even to change it.' : null;
}

function readCursor(text: string | undefined): number | null {
  if (text === undefined) return null;
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw new Problem('bad-input', 'The cursor does not belong to this list: start again without one.', {
    fields: [{ at: 'cursor', reason: 'unknown' }],
  });
}
