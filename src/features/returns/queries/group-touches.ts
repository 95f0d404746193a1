/** The touches that a rule puts into a channel group, or that fall through, latest first. */

import { sql } from 'kysely';
import type { z } from 'zod';
import { type Named, namesOf } from '#features/records/queries/names.ts';
import type { Database, Tx, WorkspaceId } from '#platform/db/database.ts';
import { isId } from '#platform/db/ids.ts';
import { Problem } from '#platform/errors.ts';
import type { AttributionContent } from '../contract/attribution.ts';
import type { groupTouches, groupTouchesAsk } from '../contract/channel-groups.ts';
import { makeGrouping } from './channel-grouping.ts';
import { signaturesBehind } from './channel-groups.ts';
import { countedTouch, mediumOfTouch, sourceOfTouch } from './journey-touches.ts';
import { signaturesOf, type TouchSignature } from './touch-signatures.ts';

/** @throws Problem bad-input for a cursor that was made up */
export async function listGroupTouches(
  database: Database,
  workspaceId: WorkspaceId,
  asked: z.output<typeof groupTouchesAsk>,
): Promise<z.output<typeof groupTouches>> {
  const after = readCursor(asked.cursor);
  const { content, signatures } = await signaturesOf(database, workspaceId);
  const behind = signaturesBehind(signatures, content.ownRules, asked);
  const months = [...new Set(behind.map(({ month }) => month))].sort().reverse();
  return database.inWorkspace(workspaceId, async (tx) => {
    const rows: TouchRow[] = [];
    // Month by month: a rare combination is not looked for where it isn't.
    for (const month of months) {
      if (rows.length > asked.limit) break;
      if (after && month > after.at) continue;
      const ofMonth = behind.filter((signature) => signature.month === month);
      rows.push(...(await readMonth(tx, workspaceId, content, month, ofMonth, after, asked.limit + 1 - rows.length)));
    }
    const page = rows.slice(0, asked.limit);
    const last = page.at(-1);
    return {
      items: await shown(tx, workspaceId, page, behind, content),
      next: rows.length > asked.limit && last ? `${last.occurredAt}~${last.id}` : null,
      total: behind.reduce((sum, { touches }) => sum + touches, 0),
    };
  });
}

interface TouchRow {
  readonly id: string;
  readonly occurredAt: string;
  readonly side: 'marketing' | 'sales' | 'customer';
  readonly kind: string;
  readonly channel: string | null;
  readonly source: string | null;
  readonly medium: string | null;
  readonly subject: string | null;
  readonly campaignId: string | null;
  readonly memberId: string | null;
  readonly leadId: string | null;
  readonly accountId: string | null;
}

const parts = ['t.channel', sourceOfTouch, mediumOfTouch, 't.kind', 't.side', 't.campaign_id::text'];
/** One text for the combination; a blank is no empty text. */
const combination = sql.raw(`concat_ws(chr(31), ${parts.map((part) => `coalesce(${part}, chr(30))`).join(', ')})`);
const combinationOf = ({ words: { channel, source, medium, kind, side }, campaignId }: TouchSignature): string =>
  [channel, source, medium, kind, side, campaignId].map((part) => part ?? '\u001e').join('\u001f');

async function readMonth(
  tx: Tx,
  workspaceId: WorkspaceId,
  content: AttributionContent,
  month: string,
  signatures: readonly TouchSignature[],
  after: Cursor | null,
  limit: number,
): Promise<TouchRow[]> {
  const earlier = after ? sql`AND (t.occurred_at, t.id) < (${after.at}::timestamptz, ${after.id}::uuid)` : sql``;
  const { rows } =
    await sql<TouchRow>`SELECT t.id, t.occurred_at AS "occurredAt", t.side, t.kind, t.channel, ${sql.raw(sourceOfTouch)} AS source,
      ${sql.raw(mediumOfTouch)} AS medium, t.subject, t.campaign_id AS "campaignId", t.member_id AS "memberId", t.lead_id AS "leadId", t.account_id AS "accountId"
    FROM touches t WHERE t.workspace_id = ${workspaceId}::uuid AND t.occurred_at >= ${month}::timestamptz AND t.occurred_at < ${month}::timestamptz + interval '1 month'
      AND ${countedTouch(content)} AND ${combination} = ANY(${signatures.map(combinationOf)}::text[]) ${earlier}
    ORDER BY t.occurred_at DESC, t.id DESC LIMIT ${limit}`.execute(tx);
  return rows;
}

async function shown(
  tx: Tx,
  workspaceId: WorkspaceId,
  rows: readonly TouchRow[],
  behind: readonly TouchSignature[],
  content: AttributionContent,
): Promise<z.output<typeof groupTouches>['items']> {
  const grouping = makeGrouping(content.ownRules);
  const groups = new Map(behind.map((signature) => [combinationOf(signature), grouping(signature.words).group]));
  const stated = (pick: (row: TouchRow) => string | null): string[] => [...new Set(rows.flatMap((row) => pick(row) ?? []))];
  const names = await namesOf(tx, workspaceId, {
    campaign: stated(({ campaignId }) => campaignId),
    member: stated(({ memberId }) => memberId),
    lead: stated(({ leadId }) => leadId),
    account: stated(({ accountId }) => accountId),
  });
  const named = (kind: string, id: string | null): Named | null => (id === null ? null : (names.get(`${kind} ${id}`) ?? null));
  return rows.map(({ campaignId, memberId, leadId, accountId, ...row }) => ({
    ...row,
    group:
      groups.get([row.channel, row.source, row.medium, row.kind, row.side, campaignId].map((part) => part ?? '\u001e').join('\u001f')) ??
      '',
    campaign: named('campaign', campaignId),
    member: named('member', memberId),
    lead: named('lead', leadId),
    account: named('account', accountId),
  }));
}

interface Cursor {
  readonly at: string;
  readonly id: string;
}

function readCursor(text: string | undefined): Cursor | null {
  if (text === undefined) return null;
  const [at = '', id = '', ...more] = text.split('~');
  if (/^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(at) && !Number.isNaN(Date.parse(at)) && isId(id) && more.length === 0) return { at, id };
  throw new Problem('bad-input', 'The cursor does not belong to this list: start again without one.', {
    fields: [{ at: 'cursor', reason: 'unknown' }],
  });
}
