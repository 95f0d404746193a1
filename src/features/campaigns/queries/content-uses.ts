/** Uses of content: of a lead or deal, and behind the numbers of an asset. */

import { type RawBuilder, sql } from 'kysely';
import type { z } from 'zod';
import { leadName, namesOf } from '#features/records/queries/names.ts';
import type { Tx } from '#platform/db/database.ts';
import { isId } from '#platform/db/ids.ts';
import { notFound, Problem } from '#platform/errors.ts';
import type { Who } from '#platform/http/route.ts';
import type { assetUsesAsk, ContentUse, usesAsk, UsesPage } from '../contract/content-uses.ts';
import { whyMayNotRevoke } from '../policy/library.ts';

type Sql = RawBuilder<unknown>;
interface Paging {
  readonly limit: number;
  readonly cursor?: string | undefined;
}

/** Of one lead or deal; those of a lead’s deals are the lead’s as well. */
export async function listUsesOf(tx: Tx, who: Who, asked: z.output<typeof usesAsk>): Promise<UsesPage> {
  return pageOfUses(
    tx,
    who,
    asked.leadId === undefined ? sql`u.deal_id = ${asked.dealId}::uuid` : sql`u.lead_id = ${asked.leadId}::uuid`,
    asked,
  );
}

const isOpened = sql`EXISTS (SELECT 1 FROM content_opens o WHERE o.workspace_id = u.workspace_id AND o.use_id = u.id AND o.kind = 'person')`;
const conditionOf: Readonly<Record<z.output<typeof assetUsesAsk>['which'], Sql>> = {
  all: sql`true`,
  opened: isOpened,
  links: sql`u.way = 'link'`,
  shown: sql`u.way <> 'link'`,
  reached: sql`(u.way <> 'link' OR ${isOpened})`,
};

/** @throws Problem not-found */
export async function listUsesOfAsset(tx: Tx, who: Who, assetId: string, asked: z.output<typeof assetUsesAsk>): Promise<UsesPage> {
  const { rows } = await sql`SELECT 1 FROM assets WHERE workspace_id = ${who.workspaceId}::uuid AND id = ${assetId}::uuid`.execute(tx);
  if (rows.length === 0) throw notFound('content');
  const byMember = asked.memberId === undefined ? sql`true` : sql`u.member_id = ${asked.memberId}::uuid`;
  return pageOfUses(tx, who, sql`u.asset_id = ${assetId}::uuid AND ${byMember} AND ${conditionOf[asked.which]}`, asked);
}

/** @throws Problem not-found */
export async function getUse(tx: Tx, who: Who, id: string): Promise<ContentUse> {
  const [found] = await shownUses(tx, who, await readUses(tx, who, sql`u.id = ${id}::uuid`, 1));
  if (!found) throw notFound('use of content');
  return found;
}

async function pageOfUses(tx: Tx, who: Who, condition: Sql, { limit, cursor }: Paging): Promise<UsesPage> {
  const after =
    cursor === undefined
      ? sql`true`
      : sql`(u.used_at, u.id) < (SELECT c.used_at, c.id FROM content_uses c
    WHERE c.workspace_id = ${who.workspaceId}::uuid AND c.id = ${cursorId(cursor)}::uuid)`;
  const rows = await readUses(tx, who, sql`${condition} AND ${after}`, limit + 1);
  const shown = rows.slice(0, limit);
  const { rows: counted } = await sql<{
    n: number;
  }>`SELECT count(*)::int AS n FROM content_uses u WHERE u.workspace_id = ${who.workspaceId}::uuid AND ${condition}`.execute(tx);
  return { items: await shownUses(tx, who, shown), next: rows.length > limit ? shown.at(-1)!.id : null, total: counted[0]!.n };
}

function cursorId(cursor: string): string {
  if (isId(cursor)) return cursor;
  throw new Problem('bad-input', 'The cursor does not belong to this list: start again without one.', {
    fields: [{ at: 'cursor', reason: 'unknown' }],
  });
}

interface UseRow {
  id: string;
  assetId: string;
  title: string;
  versionId: string;
  number: number;
  way: ContentUse['way'];
  memberId: string;
  leadId: string | null;
  dealId: string | null;
  subjectName: string | null;
  company: string | null;
  note: string;
  usedAt: string;
  revokedAt: string | null;
  opens: number;
  scanned: number;
  inVain: number;
  firstOpenedAt: string | null;
  lastOpenedAt: string | null;
  servedNumber: number | null;
}

const sumOf = (kind: string) => sql`coalesce(sum(o.opens) FILTER (WHERE o.kind = ${kind}), 0)::int`;

async function readUses(tx: Tx, who: Who, condition: Sql, limit: number): Promise<UseRow[]> {
  const { rows } =
    await sql<UseRow>`SELECT u.id, u.asset_id AS "assetId", a.title, v.id AS "versionId", v.number, u.way, u.member_id AS "memberId",
      u.lead_id AS "leadId", u.deal_id AS "dealId", coalesce(d.name, ${leadName('l')}) AS "subjectName", coalesce(c.name, l.company) AS company,
      u.note, u.used_at AS "usedAt", u.revoked_at AS "revokedAt", o.*
    FROM (SELECT u.* FROM content_uses u WHERE u.workspace_id = ${who.workspaceId}::uuid AND ${condition} ORDER BY u.used_at DESC, u.id DESC LIMIT ${limit}) u
    JOIN assets a ON a.workspace_id = u.workspace_id AND a.id = u.asset_id
    JOIN asset_versions v ON v.workspace_id = u.workspace_id AND v.id = u.version_id
    LEFT JOIN deals d ON d.workspace_id = u.workspace_id AND d.id = u.deal_id
    LEFT JOIN leads l ON l.workspace_id = u.workspace_id AND l.id = u.lead_id
    LEFT JOIN accounts c ON c.workspace_id = u.workspace_id AND c.id = coalesce(d.account_id, l.account_id)
    CROSS JOIN LATERAL (SELECT ${sumOf('person')} AS opens, ${sumOf('scanner')} AS scanned, ${sumOf('inVain')} AS "inVain",
        min(o.first_at) FILTER (WHERE o.kind = 'person') AS "firstOpenedAt", max(o.last_at) FILTER (WHERE o.kind = 'person') AS "lastOpenedAt",
        (SELECT s.number FROM content_opens x JOIN asset_versions s ON s.workspace_id = x.workspace_id AND s.id = x.version_id
          WHERE x.workspace_id = u.workspace_id AND x.use_id = u.id AND x.kind = 'person' AND x.version_id <> u.version_id
          ORDER BY x.last_at DESC LIMIT 1) AS "servedNumber"
      FROM content_opens o WHERE o.workspace_id = u.workspace_id AND o.use_id = u.id) o
    ORDER BY u.used_at DESC, u.id DESC`.execute(tx);
  return rows;
}

async function shownUses(tx: Tx, who: Who, rows: readonly UseRow[]): Promise<ContentUse[]> {
  const names = await namesOf(tx, who.workspaceId, { member: new Set(rows.map(({ memberId }) => memberId)) });
  return rows.map(({ assetId, title, versionId, number, memberId, leadId, dealId, subjectName, company, ...row }) => ({
    ...row,
    asset: { id: assetId, name: title },
    version: { id: versionId, number },
    member: names.get(`member ${memberId}`) ?? { id: memberId, name: 'somebody who is gone' },
    subject: { kind: dealId === null ? 'lead' : 'deal', id: dealId ?? leadId ?? '', name: subjectName ?? 'without a name', company },
    mayNotRevoke: whyMayNotRevoke(who, { memberId, way: row.way, revokedAt: row.revokedAt }),
  }));
}
