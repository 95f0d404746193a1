/** Decisions, and what became of that to which they led. */

import { sql } from 'kysely';
import type { DecisionKind } from '#engine/cadence/states.ts';
import { readPlace, writePlace } from '#features/handoff/queries/paging.ts';
import type { Tx } from '#platform/db/database.ts';
import { notFound } from '#platform/errors.ts';
import type { Who } from '#platform/http/route.ts';
import type { Decision, DecisionPage, DecisionsAsk } from '../contract/actions.ts';
import { whyNotWithdraw } from '../policy/meetings.ts';

type Sql = ReturnType<typeof sql>;

interface DecisionRow {
  readonly id: string;
  readonly kind: DecisionKind;
  readonly text: string;
  readonly meeting: Decision['meeting'];
  readonly itemId: string | null;
  readonly item: string | null;
  readonly decidedBy: { readonly id: string; readonly name: string };
  readonly decidedAt: string;
  readonly ledTo: Decision['ledTo'];
  readonly withdrawnAt: string | null;
}

const builtInName = sql`coalesce((SELECT t.name FROM terms t WHERE t.workspace_id = v.workspace_id AND t.key = v.term), upper(v.term))`;
const ledTo = sql`CASE d.kind
  WHEN 'definition' THEN (SELECT json_build_object('kind', 'definition', 'id', v.id, 'name', ${builtInName} || ', version ' || v.number, 'status', v.status,
      'opens', '/agreement/definitions/' || v.term || '?version=' || v.id) FROM definition_versions v WHERE v.workspace_id = d.workspace_id AND v.id = d.led_to)
  WHEN 'contract' THEN (SELECT json_build_object('kind', 'agreement', 'id', v.id, 'name', 'Contract, version ' || v.number, 'status', v.status,
      'opens', '/agreement/contracts/' || v.id) FROM agreement_versions v WHERE v.workspace_id = d.workspace_id AND v.id = d.led_to)
  WHEN 'ruling' THEN (SELECT json_build_object('kind', 'rejection', 'id', r.id, 'name', coalesce(l.name, l.company, l.email, 'a lead without a name'),
      'status', coalesce(r.ruling, 'toJudge'), 'opens', '/rejections?tab=' || coalesce(r.ruling, 'toJudge') || '&at=' || r.id)
      FROM rejections r LEFT JOIN leads l ON l.workspace_id = r.workspace_id AND l.id = r.lead_id WHERE r.workspace_id = d.workspace_id AND r.id = d.led_to) END`;
const columns = sql`d.id, d.kind, d.text, d.item_id AS "itemId", d.decided_at AS "decidedAt", d.withdrawn_at AS "withdrawnAt",
  (SELECT json_build_object('id', m.id, 'title', m.title, 'startsAt', to_char(m.starts_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')) FROM meetings m
    WHERE m.workspace_id = d.workspace_id AND m.id = d.meeting_id) AS meeting,
  (SELECT i.content->>'sentence' FROM agenda_items i WHERE i.workspace_id = d.workspace_id AND i.id = d.item_id) AS item,
  (SELECT json_build_object('id', p.id, 'name', p.name) FROM members p WHERE p.workspace_id = d.workspace_id AND p.id = d.decided_by) AS "decidedBy", ${ledTo} AS "ledTo"`;

/** Newest first. */
export async function listDecisions(tx: Tx, who: Who, { seriesId, kind, limit, cursor }: DecisionsAsk): Promise<DecisionPage> {
  const after = readPlace(cursor);
  const conditions: Sql[] = [
    ...(kind ? [sql`d.kind = ${kind}`] : []),
    ...(seriesId
      ? [
          sql`EXISTS (SELECT 1 FROM meetings s WHERE s.workspace_id = d.workspace_id AND s.id = d.meeting_id AND s.series_id = ${seriesId}::uuid)`,
        ]
      : []),
    ...(after ? [sql`(d.decided_at, d.id) < (${after.at}::timestamptz, ${after.id}::uuid)`] : []),
    sql`true`,
  ];
  const rows = await read(tx, who, sql.join(conditions, sql` AND `), sql`ORDER BY d.decided_at DESC, d.id DESC LIMIT ${limit + 1}`);
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  return {
    items: page.map((row) => shown(who, row)),
    next: rows.length > page.length && last ? writePlace({ at: last.decidedAt, id: last.id }) : null,
  };
}

/** @throws Problem not-found */
export async function getDecision(tx: Tx, who: Who, id: string): Promise<Decision> {
  const [row] = await read(tx, who, sql`d.id = ${id}::uuid`, sql``);
  if (!row) throw notFound('decision');
  return shown(who, row);
}

export async function decisionsOfMeeting(tx: Tx, who: Who, meetingId: string): Promise<Decision[]> {
  const rows = await read(tx, who, sql`d.meeting_id = ${meetingId}::uuid`, sql`ORDER BY d.decided_at, d.id LIMIT 500`);
  return rows.map((row) => shown(who, row));
}

async function read(tx: Tx, who: Who, where: Sql, tail: Sql): Promise<DecisionRow[]> {
  const { rows } =
    await sql<DecisionRow>`SELECT ${columns} FROM decisions d WHERE d.workspace_id = ${who.workspaceId}::uuid AND d.meeting_id IS NOT NULL AND ${where} ${tail}`.execute(
      tx,
    );
  return rows;
}

const shown = (who: Who, row: DecisionRow): Decision => ({
  ...row,
  can: { withdraw: whyNotWithdraw(who, { kind: row.kind, decidedBy: row.decidedBy.id, withdrawnAt: row.withdrawnAt }) },
});
