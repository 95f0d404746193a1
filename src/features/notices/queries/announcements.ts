/** Announcements as somebody sees them: those that went to them, and those they keep. */

import { type RawBuilder, sql } from 'kysely';
import { readPlace, writePlace } from '#features/handoff/queries/paging.ts';
import type { Tx } from '#platform/db/database.ts';
import { notFound } from '#platform/errors.ts';
import type { Who } from '#platform/http/route.ts';
import type { Announcement, AnnouncementDetail, AnnouncementPage, AnnouncementsAsk } from '../contract/announcements.ts';
import { type AnnouncementCase, keeps, whyNotAcknowledge, whyNotAnnounce, whyNotRemind, whyNotWithdraw } from '../policy/announcements.ts';

type Row = Omit<Announcement, 'mine' | 'told' | 'can'> & AnnouncementCase & { readonly readers: number; readonly acknowledged: number };

/** Newest first. `open`: what the asker has still to acknowledge; `mine`: what the asker announced. */
export async function listAnnouncements(tx: Tx, who: Who, { view, limit, cursor }: AnnouncementsAsk): Promise<AnnouncementPage> {
  const after = readPlace(cursor);
  const rows = await readAnnouncements(
    tx,
    who,
    sql`${viewOf[view](who)} ${after ? sql`AND (a.made_at, a.id) < (${after.at}::timestamptz, ${after.id}::uuid)` : sql``}
      ORDER BY a.made_at DESC, a.id DESC LIMIT ${limit + 1}`,
  );
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return {
    items: shown.map((row) => shownAnnouncement(who, row)),
    next: rows.length > shown.length && last ? writePlace({ at: last.madeAt, id: last.id }) : null,
    can: { announce: whyNotAnnounce(who) },
  };
}

const waits = sql`r.member_id IS NOT NULL AND r.acknowledged_at IS NULL AND a.needs_acknowledgement AND a.withdrawn_at IS NULL`;
const viewOf: Readonly<Record<AnnouncementsAsk['view'], (who: Who) => RawBuilder<unknown>>> = {
  all: () => sql`true`,
  open: () => waits,
  mine: (who) => sql`a.made_by = ${who.memberId}::uuid`,
};

const mostWaiting = 20;

/** Oldest first. */
export async function listToAcknowledge(tx: Tx, who: Who): Promise<Announcement[]> {
  const rows = await readAnnouncements(tx, who, sql`${waits} ORDER BY a.made_at, a.id LIMIT ${mostWaiting}`);
  return rows.map((row) => shownAnnouncement(who, row));
}

/** @throws Problem not-found, also for whom it neither went to nor is kept by */
export async function getAnnouncement(tx: Tx, who: Who, id: string): Promise<AnnouncementDetail> {
  const row = await getAnnouncementRow(tx, who, id);
  return { ...shownAnnouncement(who, row), readers: keeps(who, row) ? await readersOf(tx, who, id) : null };
}

/** @param lock holds it until the transaction ends */
export async function getAnnouncementRow(tx: Tx, who: Who, id: string, lock = false): Promise<Row> {
  if (lock)
    await sql`SELECT 1 FROM announcements WHERE workspace_id = ${who.workspaceId}::uuid AND id = ${id}::uuid FOR NO KEY UPDATE`.execute(tx);
  const [row] = await readAnnouncements(tx, who, sql`a.id = ${id}::uuid`);
  if (!row) throw notFound('announcement');
  return row;
}

/** Minutes that lie between two reminders. */
const remindEveryMinutes = 60;

/** @param rest a condition over `a` and the asker’s own `r`, and what follows it */
async function readAnnouncements(tx: Tx, who: Who, rest: RawBuilder<unknown>): Promise<Row[]> {
  const keepsAll = who.role === 'owner' || who.role === 'admin';
  const named = (table: string, ids: string) =>
    sql`(SELECT coalesce(json_agg(json_build_object('id', n.id, 'name', n.name) ORDER BY lower(n.name COLLATE "default"), n.id), '[]')
      FROM ${sql.table(table)} n WHERE n.workspace_id = a.workspace_id AND a.audience -> ${ids}::text ? n.id::text)`;
  const { rows } = await sql<Row>`SELECT a.id, a.title, a.text, json_build_object('id', m.id, 'name', m.name) AS by, a.made_at AS "madeAt",
      json_build_object('sides', a.audience -> 'sides', 'teams', ${named('teams', 'teams')}, 'members', ${named('members', 'members')}) AS audience,
      a.needs_acknowledgement AS "needsAcknowledgement", a.acknowledge_by AS "acknowledgeBy", a.withdrawn_at AS "withdrawnAt",
      a.reminded_at AS "remindedAt", a.made_by AS "madeBy", a.withdrawn_at IS NOT NULL AS "isWithdrawn", r.member_id IS NOT NULL AS "isMine",
      r.acknowledged_at AS "acknowledgedAt", s.readers, s.acknowledged, s.readers - s.acknowledged AS missing,
      coalesce(a.reminded_at > now() - make_interval(mins => ${remindEveryMinutes}), false) AS "wasJustReminded"
    FROM announcements a JOIN members m ON m.workspace_id = a.workspace_id AND m.id = a.made_by
      LEFT JOIN announcement_readers r ON r.workspace_id = a.workspace_id AND r.announcement_id = a.id AND r.member_id = ${who.memberId}::uuid
      CROSS JOIN LATERAL (SELECT count(*)::int AS readers, count(o.acknowledged_at)::int AS acknowledged FROM announcement_readers o
        WHERE o.workspace_id = a.workspace_id AND o.announcement_id = a.id) s
    WHERE a.workspace_id = ${who.workspaceId}::uuid
      AND (r.member_id IS NOT NULL OR a.made_by = ${who.memberId}::uuid OR ${keepsAll}) AND ${rest}`.execute(tx);
  return rows;
}

function shownAnnouncement(who: Who, row: Row): Announcement {
  const {
    madeBy: _by,
    isWithdrawn: _withdrawn,
    isMine,
    acknowledgedAt,
    missing: _missing,
    wasJustReminded: _just,
    readers,
    acknowledged,
    ...shown
  } = row;
  return {
    ...shown,
    mine: isMine ? { acknowledgedAt } : null,
    told: keeps(who, row) ? { readers, acknowledged } : null,
    can: { acknowledge: whyNotAcknowledge(row), withdraw: whyNotWithdraw(who, row), remind: whyNotRemind(who, row) },
  };
}

/** Who hasn’t first, then by name. */
async function readersOf(tx: Tx, { workspaceId }: Who, id: string): Promise<NonNullable<AnnouncementDetail['readers']>> {
  const { rows } = await sql<
    NonNullable<AnnouncementDetail['readers']>[number]
  >`SELECT m.id, m.name, m.side, r.acknowledged_at AS "acknowledgedAt"
    FROM announcement_readers r JOIN members m ON m.workspace_id = r.workspace_id AND m.id = r.member_id
    WHERE r.workspace_id = ${workspaceId}::uuid AND r.announcement_id = ${id}::uuid
    ORDER BY r.acknowledged_at IS NOT NULL, lower(m.name COLLATE "default"), m.id`.execute(tx);
  return rows;
}
