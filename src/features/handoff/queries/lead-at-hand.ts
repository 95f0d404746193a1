import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import type { RejectionCase, Routing, StageTimes } from '#engine/agreement/lead-facts.ts';
import { handoffStateOf } from '#engine/handoff/state.ts';
import type { HandoffState } from '#engine/handoff/states.ts';
import { leadStages } from '#features/records/contract.ts';
import { statedValues } from '#features/records/queries/columns.ts';
import { getRow } from '#features/records/queries/records.ts';
import type { Tx, WorkspaceId } from '#platform/db/database.ts';
import { rejectionsOfLead, type StoredRejection } from './stored-rejections.ts';

/** One lead with all that decides where it stands between the sides. */
export interface LeadAtHand {
  readonly id: string;
  /** What the lead states, by field name. */
  readonly lead: Readonly<Record<string, unknown>>;
  /** Null: it is no MQL, so it doesn't stand between the sides. */
  readonly state: HandoffState | null;
  /** Who has it: works it, and owes its clocks. */
  readonly ownerId: string | null;
  /** The latest rejection, answered or not. */
  readonly rejection: StoredRejection | null;
  /** Another with every move: owner, stages, or what became of the rejection. Edits of other fields and touches leave it. */
  readonly version: string;
}

/**
 * @param lock holds the lead, then its rejection, until the transaction ends: whoever moves a lead takes them in this order
 * @throws Problem not-found
 */
export async function getLeadAtHand(tx: Tx, workspaceId: WorkspaceId, leadId: string, lock = false): Promise<LeadAtHand> {
  const lead = statedValues('lead', await getRow(tx, workspaceId, 'lead', leadId, lock));
  const rejections = await rejectionsOfLead(tx, workspaceId, leadId, lock);
  const routings = await routingsOf(tx, workspaceId, leadId);
  // Whom it was routed to; of a lead that its source gave to somebody the SDR who works it, else its rep (as in lead-facts.ts).
  const ownerId = textOf(routings.length > 0 ? lead.ownerId : (lead.qualifierId ?? lead.ownerId));
  const facts = { stages: stagesOf(lead), rejections: rejections.map(caseOf), routings };
  const rejection = rejections.at(-1) ?? null;
  return { id: leadId, lead, state: handoffStateOf(facts, ownerId), ownerId, rejection, version: versionOf(lead, rejection) };
}

/** A stated text, or null. */
export const textOf = (value: unknown): string | null => (typeof value === 'string' ? value : null);

export const stageFields = leadStages.map(({ field }) => field);
/** Epoch milliseconds with microseconds as their fraction, as the engine is given all times. */
const millis = (value: string): number => Number(Temporal.Instant.from(value).epochNanoseconds / 1_000n) / 1_000;
const statedMillis = (value: unknown): number | null => (typeof value === 'string' ? millis(value) : null);

const stagesOf = (lead: LeadAtHand['lead']): StageTimes =>
  Object.fromEntries(stageFields.map((field) => [field, statedMillis(lead[field])])) as unknown as StageTimes;

const caseOf = ({ id, rejectedAt, answer, answeredAt, ruling, ruledAt }: StoredRejection): RejectionCase => ({
  id,
  at: millis(rejectedAt),
  answer,
  answeredAt: statedMillis(answeredAt),
  ruling,
  ruledAt: statedMillis(ruledAt),
});

async function routingsOf(tx: Tx, workspaceId: WorkspaceId, leadId: string): Promise<Routing[]> {
  const { rows } = await sql<{ id: string; kind: Routing['kind']; at: string; recordedAt: string; memberId: string | null }>`
    SELECT r.id, r.kind, r.occurred_at AS at, r.recorded_at AS "recordedAt", r.member_id AS "memberId" FROM routings r
    WHERE r.workspace_id = ${workspaceId}::uuid AND r.lead_id = ${leadId}::uuid ORDER BY r.occurred_at, r.id`.execute(tx);
  return rows.map((row) => ({ ...row, at: millis(row.at), recordedAt: millis(row.recordedAt) }));
}

type Outcome = Pick<StoredRejection, 'id' | 'answer' | 'ruling'>;

/** See `LeadAtHand.version`. */
export function versionOf(lead: Readonly<Record<string, unknown>>, rejection: Outcome | null): string {
  const moved = [lead.ownerId, ...stageFields.map((field) => lead[field]), rejection?.id, rejection?.answer, rejection?.ruling];
  return createHash('sha256')
    .update(JSON.stringify(moved.map((value) => value ?? null)))
    .digest('base64url')
    .slice(0, 22);
}
