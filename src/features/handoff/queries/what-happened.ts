import { sql } from 'kysely';
import { stateWords } from '#engine/handoff/states.ts';
import type { Tx, WorkspaceId } from '#platform/db/database.ts';
import type { LeadAtHand } from './lead-at-hand.ts';

/** The moves of a lead, as a refusal tells them. */
const moves: Readonly<Record<string, string>> = {
  'lead.accepted': 'accepted',
  'lead.rejected': 'rejected',
  'lead.recycled': 'sent back to nurture',
  'lead.disqualified': 'disqualified',
  'lead.confirmed': 'confirmed as an opportunity',
  'lead.claimed': 'claimed',
  'lead.routed': 'routed to a rep',
  'lead.reassigned': 'given to somebody else',
  'lead.mended': 'mended and returned',
  'lead.contested': 'contested',
  'lead.upheld': 'judged: the rejection was upheld',
  'lead.reinstated': 'judged: the rejection was overturned',
  'lead.converted': 'made a deal',
};

/** “It was accepted by Sam Okafor.”, of the last move; where none is on record, where the lead stands. */
export async function whatHappened(tx: Tx, workspaceId: WorkspaceId, { id, state }: LeadAtHand): Promise<string> {
  if (state === null) return 'It is not an MQL.';
  const { rows } = await sql<{ kind: string; name: string | null }>`
    SELECT f.kind, m.name FROM facts f LEFT JOIN members m ON m.workspace_id = f.workspace_id AND m.id = f.member_id
    WHERE f.workspace_id = ${workspaceId}::uuid AND f.subject_id = ${id}::uuid AND f.kind = ANY(${Object.keys(moves)}::text[])
    ORDER BY f.recorded_at DESC, f.id DESC LIMIT 1`.execute(tx);
  const last = rows[0];
  if (!last) return `It stands at “${stateWords[state].label}”.`;
  return `It was ${moves[last.kind]!}${last.name ? ` by ${last.name}` : ''}.`;
}
