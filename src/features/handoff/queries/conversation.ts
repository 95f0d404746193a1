import { sql } from 'kysely';
import { reachedBy } from '#engine/agreement/evidence.ts';
import { reachedWords } from '#engine/agreement/templates.ts';
import { looksAutomatic } from '#engine/rules/automatic.ts';
import { inForceAt, signedAgreements } from '#features/agreement/queries/in-force.ts';
import type { Tx, WorkspaceId } from '#platform/db/database.ts';
import type { LeadAtHand } from './lead-at-hand.ts';

/** What is told where `findConversation` finds none. */
export const needsConversation =
  'No conversation with this lead is on record. A call that was answered, a reply or a meeting held confirms an opportunity: record it first.';

interface Touch {
  readonly id: string;
  readonly kind: string;
  readonly side: string;
  readonly direction: string | null;
  readonly outcome: string | null;
  readonly subject: string | null;
}

/** The newest touch of this cycle in which the lead was talked to: sales reached it, met it, or it wrote or called itself. */
export async function findConversation(tx: Tx, workspaceId: WorkspaceId, { id, lead }: LeadAtHand): Promise<{ id: string } | null> {
  const inForce = inForceAt(await signedAgreements(tx, workspaceId), Date.now());
  const isReached = reachedBy(inForce?.content.reachedOutcomes ?? reachedWords);
  const touches = await listPersonal(tx, workspaceId, {
    id,
    contactId: lead.contactId ?? null,
    since: lead.openedAt ?? lead.mqlAt ?? null,
  });
  return touches.find((touch) => !looksAutomatic(touch.subject) && isConversation(touch, isReached)) ?? null;
}

const personalKinds = ['email', 'call', 'meeting', 'chat', 'message', 'social', 'event'];
const lettersAndCalls = ['email', 'call', 'meeting', 'chat', 'message', 'social'];
/** A meeting with one of these outcomes, in whatever case, was none. */
const notHeld = /no[ _-]?show|cancel|missed|declin|postpon|resched|scheduled|planned|booked/i;

function isConversation(touch: Touch, isReached: (outcome: string | null) => boolean): boolean {
  const fromLead = touch.direction === 'in' || touch.side === 'customer';
  if (fromLead) return lettersAndCalls.includes(touch.kind) && !notHeld.test(touch.outcome ?? '');
  if (touch.side !== 'sales') return false;
  return isReached(touch.outcome) || (touch.kind === 'meeting' && !notHeld.test(touch.outcome ?? ''));
}

/** Touches between people, newest first: of the lead, and of its contact where they name no lead. */
async function listPersonal(tx: Tx, workspaceId: WorkspaceId, of: { id: string; contactId: unknown; since: unknown }): Promise<Touch[]> {
  const whose = [sql`t.lead_id = ${of.id}::uuid`, sql`t.contact_id = ${of.contactId}::uuid AND t.lead_id IS NULL`];
  const parts = whose.map(
    (condition) => sql`(SELECT t.id, t.occurred_at, t.kind, t.side, t.direction, t.outcome, t.subject FROM touches t
      WHERE t.workspace_id = ${workspaceId}::uuid AND ${condition} AND t.occurred_at <= now() + interval '5 minutes' AND (${of.since}::timestamptz IS NULL OR t.occurred_at >= ${of.since}::timestamptz)
        AND t.voided_by IS NULL AND t.automated IS NOT TRUE AND t.side IN ('sales', 'customer') AND t.kind = ANY(${personalKinds}::text[])
      ORDER BY t.occurred_at DESC LIMIT 1000)`,
  );
  const { rows } = await sql<Touch>`${sql.join(parts, sql` UNION ALL `)} ORDER BY occurred_at DESC, id DESC`.execute(tx);
  return rows;
}
