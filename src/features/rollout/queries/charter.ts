import { sql } from 'kysely';
import { groundOf } from '#features/campaigns/queries/ground.ts';
import { figuresQuery } from '#features/returns/contract/figures.ts';
import { isAmountFigure } from '#features/returns/contract/figure-table.ts';
import { answerFigures } from '#features/returns/queries/figures.ts';
import type { Database, Tx, WorkspaceId } from '#platform/db/database.ts';
import { notFound } from '#platform/errors.ts';
import type { Who } from '#platform/http/route.ts';
import type { Charter, CharterAnswer, CharterFigure, Measured } from '../contract/charter.ts';
import { whyNotWrite } from '../policy.ts';
import { keptBaseline, whyNotTake } from './baseline.ts';

type CharterRow = Omit<Charter, 'can'>;

const columns = sql`c.id, c.number, c.figure, c.aim, c.aim_on AS "aimOn", c.why, c.content_hash AS "contentHash", c.made_at AS "madeAt", c.signed_at AS "signedAt",
  json_build_object('id', s.id, 'name', s.name) AS sponsor, json_build_object('id', m.id, 'name', m.name) AS "madeBy"
  FROM rollout_charters c JOIN members s ON s.workspace_id = c.workspace_id AND s.id = c.sponsor_id
  JOIN members m ON m.workspace_id = c.workspace_id AND m.id = c.made_by`;

/** The one that counts: signed last, or, while none is signed, written last. */
export async function findCharter(tx: Tx, workspaceId: WorkspaceId): Promise<CharterRow | null> {
  const { rows } = await sql<CharterRow>`SELECT ${columns} WHERE c.workspace_id = ${workspaceId}::uuid
    ORDER BY c.signed_at IS NULL, c.number DESC LIMIT 1`.execute(tx);
  return rows[0] ?? null;
}

/** @throws Problem not-found */
export async function getCharter(tx: Tx, workspaceId: WorkspaceId, id: string): Promise<CharterRow> {
  const { rows } =
    await sql<CharterRow>`SELECT ${columns} WHERE c.workspace_id = ${workspaceId}::uuid AND c.id = ${id}::uuid FOR UPDATE OF c`.execute(tx);
  if (!rows[0]) throw notFound('charter');
  return rows[0];
}

export async function newestCharter(tx: Tx, workspaceId: WorkspaceId): Promise<CharterRow | null> {
  const { rows } =
    await sql<CharterRow>`SELECT ${columns} WHERE c.workspace_id = ${workspaceId}::uuid ORDER BY c.number DESC LIMIT 1`.execute(tx);
  return rows[0] ?? null;
}

/** @param newestId of the charter written last */
export function whyNotSign(who: Who, { id, sponsor, signedAt }: CharterRow, newestId: string): string | null {
  if (signedAt !== null) return 'It is signed.';
  if (id !== newestId) return 'A later charter has taken its place.';
  return sponsor.id === who.memberId ? null : `${sponsor.name} signs it, as its sponsor.`;
}

/** The number over days; costs aren't in it, so the answer is the same for everybody. */
export async function measure(
  database: Database,
  workspaceId: WorkspaceId,
  figure: CharterFigure,
  days: { start?: string; end?: string } = {},
): Promise<Measured> {
  const answer = await answerFigures(database, workspaceId, { marketing: false, sales: false }, figuresQuery.parse(days));
  const found = answer.total.figures[figure];
  const text = (value: string | number | null | undefined): string | null => (value === null || value === undefined ? null : String(value));
  return {
    ...{ start: answer.start, end: answer.end, currency: isAmountFigure(figure) ? answer.currency : '' },
    ...{ value: text(found.value), low: text(found.uncertainty?.low), high: text(found.uncertainty?.high) },
    ...{ why: found.why, n: found.n, small: found.small },
  };
}

export async function answerCharter(database: Database, who: Who): Promise<CharterAnswer> {
  const kept = await database.inWorkspace(who.workspaceId, (tx) => readKept(tx, who));
  const { charter, baseline } = kept;
  const now = charter && (await measure(database, who.workspaceId, charter.figure));
  const since =
    charter && baseline && baseline.end < kept.yesterday
      ? await measure(database, who.workspaceId, charter.figure, { start: nextDay(baseline.end), end: kept.yesterday })
      : null;
  const { yesterday: _, ...answer } = kept;
  return { ...answer, now, since };
}

async function readKept(tx: Tx, who: Who): Promise<Omit<CharterAnswer, 'now' | 'since'> & { yesterday: string }> {
  const { currency, today } = await groundOf(tx, who.workspaceId);
  const [inForce, newest] = [await findCharter(tx, who.workspaceId), await newestCharter(tx, who.workspaceId)];
  const shown = (row: CharterRow): Charter => ({ ...row, can: { sign: whyNotSign(who, row, newest?.id ?? row.id) } });
  return {
    charter: inForce && shown(inForce),
    waiting: newest && newest.id !== inForce?.id ? shown(newest) : null,
    baseline: inForce && (await keptBaseline(tx, who.workspaceId, inForce.figure)),
    currency,
    sponsors: await listSponsors(tx, who.workspaceId),
    can: { write: whyNotWrite(who), takeBaseline: await whyNotTake(tx, who, inForce?.figure ?? null) },
    yesterday: Temporal.PlainDate.from(today).subtract({ days: 1 }).toString(),
  };
}

const nextDay = (day: string): string => Temporal.PlainDate.from(day).add({ days: 1 }).toString();

/** Leaders, and whoever owns the workspace. */
export async function listSponsors(tx: Tx, workspaceId: WorkspaceId): Promise<CharterAnswer['sponsors']> {
  const { rows } = await sql<CharterAnswer['sponsors'][number]>`SELECT id, name, side FROM members
    WHERE workspace_id = ${workspaceId}::uuid AND active AND role <> 'viewer' AND (side = 'leadership' OR role = 'owner') ORDER BY name, id LIMIT 200`.execute(
    tx,
  );
  return rows;
}
