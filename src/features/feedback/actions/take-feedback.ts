/** Feedback taken into hand for a verb: locked, in a state that allows it, by somebody who may; and the step that follows. */

import { sql } from 'kysely';
import { feedbackCan, type FeedbackVerb, whyNotIn } from '#engine/feedback/states.ts';
import type { Tx, WorkspaceId } from '#platform/db/database.ts';
import { newId } from '#platform/db/ids.ts';
import { notFound, Problem } from '#platform/errors.ts';
import { recordFact } from '#platform/facts/facts.ts';
import type { Who } from '#platform/http/route.ts';
import type { EntryKind } from '../contract/feedback.ts';
import { whyMayNot } from '../policy/feedback.ts';
import { readable } from '../queries/readable.ts';
import { feedbackColumns, type FeedbackRow } from '../queries/rows.ts';

/** @throws Problem not-found; forbidden and conflict say who may, or from where */
export async function takeFeedback(tx: Tx, who: Who, verb: FeedbackVerb, id: string): Promise<FeedbackRow> {
  const { rows } = await sql<FeedbackRow>`SELECT ${feedbackColumns} FROM feedback f
    WHERE f.workspace_id = ${who.workspaceId}::uuid AND f.id = ${id}::uuid AND ${readable(who)} FOR NO KEY UPDATE OF f`.execute(tx);
  const found = rows[0];
  if (!found) throw notFound('feedback');
  const forbidden = whyMayNot(verb, who, found);
  if (forbidden) throw new Problem('forbidden', forbidden);
  const wrongState = whyNotIn(verb, found);
  if (wrongState) throw new Problem('conflict', wrongState, { extra: { state: found.state } });
  return found;
}

/** As it reads in a thread, and as its fact is called. */
export const entryOf: Readonly<Record<FeedbackVerb, EntryKind>> = {
  accept: 'accepted',
  explain: 'explained',
  disagree: 'disagreed',
  thank: 'thanked',
  confirm: 'confirmed',
  reopen: 'reopened',
  withdraw: 'withdrawn',
  say: 'said',
};

/** What a step changes beside the state. */
export interface Sets {
  readonly dueAt?: string | null;
  readonly answeredBy?: string;
  readonly answeredAt?: string;
  readonly answeredInTime?: boolean | null;
  readonly action?: string | null;
  readonly actionDueOn?: string | null;
}

const columns: Readonly<Record<keyof Sets, { name: string; type: string }>> = {
  dueAt: { name: 'due_at', type: 'timestamptz' },
  answeredBy: { name: 'answered_by', type: 'uuid' },
  answeredAt: { name: 'answered_at', type: 'timestamptz' },
  answeredInTime: { name: 'answered_in_time', type: 'boolean' },
  action: { name: 'action', type: 'text' },
  actionDueOn: { name: 'action_due_on', type: 'date' },
};

export interface Step {
  readonly verb: FeedbackVerb;
  readonly text: string;
  readonly on: string;
  /** Null: by the anonymous giver, and at no moment that is kept. */
  readonly by: { readonly memberId: string; readonly at: string } | null;
  readonly sets?: Sets;
  /** The entry’s id, where it was told beforehand. */
  readonly entryId?: string;
}

/** State, entry and fact, in the transaction that holds the feedback. */
export async function writeStep(tx: Tx, workspaceId: WorkspaceId, row: FeedbackRow, step: Step): Promise<void> {
  const { verb, text, on, by, sets = {}, entryId = newId() } = step;
  const state = feedbackCan[verb].to ?? row.state;
  const changes = (Object.keys(sets) as (keyof Sets)[]).map(
    (key) => sql`${sql.ref(columns[key].name)} = ${sets[key]}::${sql.raw(columns[key].type)}`,
  );
  await sql`UPDATE feedback SET ${sql.join([sql`state = ${state}`, sql`changed_on = ${on}::date`, ...changes])}
    WHERE workspace_id = ${workspaceId}::uuid AND id = ${row.id}::uuid`.execute(tx);
  await sql`INSERT INTO feedback_entries (workspace_id, id, feedback_id, place, kind, member_id, text, said_on, said_at)
    SELECT ${workspaceId}::uuid, ${entryId}::uuid, ${row.id}::uuid, coalesce(max(place), 0) + 1, ${entryOf[verb]}, ${by?.memberId ?? null}::uuid, ${text},
      ${on}::date, ${by?.at ?? null}::timestamptz
    FROM feedback_entries WHERE workspace_id = ${workspaceId}::uuid AND feedback_id = ${row.id}::uuid`.execute(tx);
  await recordFact(tx, workspaceId, {
    kind: `feedback.${entryOf[verb]}`,
    subjectKind: 'feedback',
    subjectId: row.id,
    memberId: by?.memberId ?? null,
    ...(verb !== 'say' && { sets: { state, ...sets } }),
  });
}
