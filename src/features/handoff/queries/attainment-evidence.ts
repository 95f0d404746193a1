/** What met a clock, in words. */

import { sql } from 'kysely';
import type { Evidence } from '#engine/agreement/evidence.ts';
import type { ClauseRecord } from '#features/agreement/contract.ts';
import type { Tx, WorkspaceId } from '#platform/db/database.ts';

export interface EvidenceRef {
  readonly kind: string | null;
  readonly id: string | null;
  /** When: a touch is found by its time and id. */
  readonly metAt: string | null;
}

interface Touch {
  readonly id: string;
  readonly kind: string;
  readonly side: string;
  readonly channel: string | null;
  readonly outcome: string | null;
  readonly subject: string | null;
  readonly member: string | null;
  /** Who entered it by hand, and the day it was entered where that was more than an hour later. */
  readonly enteredBy: string | null;
  readonly enteredOn: string | null;
}

const acts: Readonly<Record<Exclude<Evidence['kind'], 'touch'>, string>> = {
  accepted: 'Accepted',
  rejected: 'Rejected',
  recycled: 'Back to nurture',
  disqualified: 'Disqualified',
  sql: 'Became an SQL',
  deal: 'Became a deal',
  won: 'Won',
  lost: 'Lost',
};
const kinds: Readonly<Record<string, string>> = { ad_click: 'Ad click', email: 'E-mail' };

/** In the order given; null where there is no evidence. */
export async function evidenceInWords(tx: Tx, workspaceId: WorkspaceId, refs: readonly EvidenceRef[]): Promise<ClauseRecord['evidence'][]> {
  const touches = await touchesOf(
    tx,
    workspaceId,
    refs.filter(({ kind, id, metAt }) => kind === 'touch' && id !== null && metAt !== null),
  );
  return refs.map(({ kind, id }) => {
    if (kind === null) return null;
    if (kind !== 'touch') return { kind, id, says: acts[kind as keyof typeof acts] ?? kind };
    const touch = touches.get(id ?? '');
    return { kind, id, says: touch ? touchInWords(touch) : 'A touch that is no longer on record' };
  });
}

/** By time as well: touches are kept by month, so that each is looked for in one place. */
async function touchesOf(tx: Tx, workspaceId: WorkspaceId, refs: readonly EvidenceRef[]): Promise<Map<string, Touch>> {
  if (refs.length === 0) return new Map();
  const times = refs.map(({ metAt }) => metAt!).sort();
  const { rows } = await sql<Touch>`
    SELECT t.id, t.kind, t.side, t.channel, t.outcome, t.subject, m.name AS member, r.name AS "enteredBy",
      CASE WHEN r.id IS NOT NULL AND t.recorded_at > t.occurred_at + interval '1 hour' THEN to_char(t.recorded_at AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI "UTC"') END AS "enteredOn"
    FROM touches t
    LEFT JOIN members m ON m.workspace_id = ${workspaceId}::uuid AND m.id = t.member_id
    LEFT JOIN members r ON r.workspace_id = ${workspaceId}::uuid AND r.id = t.recorded_by
    WHERE t.workspace_id = ${workspaceId}::uuid AND t.occurred_at = ANY(${[...new Set(times)]}::timestamptz[]) AND t.id = ANY(${refs.map(({ id }) => id!)}::uuid[])
      AND t.occurred_at >= ${times[0]}::timestamptz AND t.occurred_at <= ${times.at(-1)}::timestamptz`.execute(tx);
  return new Map(rows.map((touch) => [touch.id, touch]));
}

/** “Call by Sam Okonjo: Connected”; what a person entered says so, and when, if that was later: evidence is only as good as who states it. */
function touchInWords({ kind, side, member, outcome, subject, enteredBy, enteredOn }: Touch): string {
  const what = kinds[kind] ?? kind.charAt(0).toUpperCase() + kind.slice(1).replaceAll('_', ' ');
  const who = member ?? (side === 'customer' ? 'the lead' : null);
  const more = [outcome, subject && `“${subject}”`].filter(Boolean).join(', ');
  const entered = enteredBy && ` (entered by hand${enteredBy === member ? '' : ` by ${enteredBy}`}${enteredOn ? `, ${enteredOn}` : ''})`;
  return `${what}${who ? ` by ${who}` : ''}${more ? `: ${more}` : ''}${entered ?? ''}`;
}

const excuseLabels: Readonly<Record<string, string>> = {
  outage: 'An outage',
  wrongRouting: 'Wrong routing',
  leave: 'Leave',
  overVolume: 'Beyond the volume agreed',
  other: 'Granted by the other side',
};

/** “An outage: the mail server was down”. */
export const excuseWords = ({ kind, reason }: { kind: string; reason?: string | undefined }): string =>
  `${excuseLabels[kind] ?? kind}${reason ? `: ${reason}` : ''}`;

/** The kinds of excuses, with the reasons given for them. */
export async function excusesInWords(
  tx: Tx,
  workspaceId: WorkspaceId,
  refs: readonly { excuse: string | null; excuseId: string | null }[],
): Promise<(string | null)[]> {
  const ids = [...new Set(refs.flatMap(({ excuseId }) => excuseId ?? []))];
  const { rows } = ids.length
    ? await sql<{
        id: string;
        reason: string;
      }>`SELECT id, reason FROM excuses WHERE workspace_id = ${workspaceId}::uuid AND id = ANY(${ids}::uuid[])`.execute(tx)
    : { rows: [] };
  const reasons = new Map(rows.map(({ id, reason }) => [id, reason]));
  return refs.map(({ excuse, excuseId }) => {
    if (excuse === null) return null;
    const reason = excuseId === null ? undefined : reasons.get(excuseId);
    return excuseWords({ kind: excuse, reason });
  });
}
