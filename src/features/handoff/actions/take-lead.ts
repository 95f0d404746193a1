import { sql } from 'kysely';
import { leadCan, type Verb } from '#engine/handoff/states.ts';
import { recordFields } from '#features/records/actions/record-fields.ts';
import type { Tx } from '#platform/db/database.ts';
import { Problem } from '#platform/errors.ts';
import type { Who } from '#platform/http/route.ts';
import { type LeadVerb, whyMayNot } from '../policy/verbs.ts';
import { getLeadAtHand, type LeadAtHand, stageFields } from '../queries/lead-at-hand.ts';
import { whatHappened } from '../queries/what-happened.ts';
import { followLeads } from './follow-leads.ts';

/** A lead that is held for a move; `at` is when the move happens, later than all that it states. */
export interface TakenLead extends LeadAtHand {
  readonly at: string;
}

/**
 * Holds a lead for a verb: of two who act at once the second finds what the first made of it.
 * @param call.version of the hand-off that was looked at; refused when the lead moved since
 * @throws Problem not-found · conflict (moved since, or not to be done from where it stands: says what happened) · forbidden
 */
export async function takeLead(
  tx: Tx,
  who: Who,
  verb: LeadVerb,
  call: { leadId: string; version?: string | undefined },
): Promise<TakenLead> {
  const lead = await getLeadAtHand(tx, who.workspaceId, call.leadId, true);
  if (call.version !== undefined && call.version !== lead.version)
    throw await refused(tx, who, lead, 'This lead moved since you looked at it.');
  if (lead.lead.archivedAt) throw new Problem('conflict', 'This lead is archived: restore it first.');
  await refuseState(tx, who, lead, verb);
  const whyNot = whyMayNot(verb, who, lead);
  if (whyNot) throw new Problem('forbidden', whyNot);
  return { ...lead, at: await momentOf(tx, lead) };
}

/** @throws Problem conflict where the verb can't be done from where the lead stands */
export async function refuseState(tx: Tx, who: Who, lead: LeadAtHand, verb: Verb): Promise<void> {
  const { from, otherwise } = leadCan[verb];
  if (lead.state === null || !from.includes(lead.state)) throw await refused(tx, who, lead, otherwise);
}

async function refused(tx: Tx, who: Who, lead: LeadAtHand, reason: string): Promise<Problem> {
  const happened = await whatHappened(tx, who.workspaceId, lead);
  return new Problem('conflict', `${reason} ${happened}`, { extra: { state: lead.state, version: lead.version } });
}

/** Clocks of machines differ a little; a time further ahead is a mistake in the record. */
const aheadMinutes = 5;

/**
 * Now, taken while the lead is held, so that the order of times is the order of moves. Where a source's clock is a
 * little ahead of ours, just after the lead's latest time.
 */
export async function momentOf(tx: Tx, { lead }: LeadAtHand): Promise<string> {
  const times = stageFields.flatMap((field) => (typeof lead[field] === 'string' ? [lead[field]] : []));
  const { rows } = await sql<{ at: string; latest: string | null; ahead: boolean }>`
    SELECT greatest(clock_timestamp(), latest + interval '1 microsecond') AS at, latest, coalesce(latest > clock_timestamp() + make_interval(mins => ${aheadMinutes}), false) AS ahead
    FROM (SELECT max(stated) AS latest FROM unnest(${times}::timestamptz[]) stated) l`.execute(tx);
  const { at, latest, ahead } = rows[0]!;
  if (ahead) throw new Problem('conflict', `This lead states a stage at ${String(latest)}, which is still to come. Correct that first.`);
  return at;
}

export interface LeadMove {
  readonly kind: string;
  readonly sets: Readonly<Record<string, unknown>>;
  readonly body?: Record<string, unknown> | undefined;
}

/** Writes what a verb does to the lead, as one fact. What follows from it is left to `followLeads`. */
export async function writeMove(tx: Tx, who: Pick<Who, 'workspaceId' | 'memberId'>, lead: TakenLead, move: LeadMove): Promise<void> {
  await recordFields(tx, who.workspaceId, {
    kind: 'lead',
    id: lead.id,
    sets: move.sets,
    memberId: who.memberId,
    occurredAt: lead.at,
    factKind: move.kind,
    body: move.body,
    followed: true,
  });
}

/** Writes a move and lets the hand-off follow. */
export async function moveLead(tx: Tx, who: Pick<Who, 'workspaceId' | 'memberId'>, lead: TakenLead, move: LeadMove): Promise<void> {
  await writeMove(tx, who, lead, move);
  await followLeads(tx, who.workspaceId, [lead.id]);
}
