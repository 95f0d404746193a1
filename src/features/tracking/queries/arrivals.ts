/** What arrived, counted by day, by channel and by what was refused. Days are in UTC, as the counts are. */

import { sql } from 'kysely';
import type { z } from 'zod';
import type { Tx, WorkspaceId } from '#platform/db/database.ts';
import { Problem } from '#platform/errors.ts';
import { type Arrivals, type arrivalsAsk, type Refusal, refusalWords } from '../contract/arrivals.ts';

const usualDays = 28;
const mostDays = 400;

interface CountRow {
  day: string;
  sourceId: string;
  kind: 'site' | 'form' | 'hook' | null;
  name: string | null;
  outcome: 'seen' | 'private' | 'bot' | 'refused';
  label: string;
  count: number;
  lastAt: string;
  example: string | null;
}

export async function answerArrivals(tx: Tx, workspaceId: WorkspaceId, ask: z.output<typeof arrivalsAsk>): Promise<Arrivals> {
  const { from, to } = await daysOf(tx, ask);
  const rows = await countsOf(tx, workspaceId, { from, to, siteId: ask.siteId ?? null });
  const seen = rows.filter(({ outcome }) => outcome !== 'refused');
  return {
    from,
    to,
    totals: totalsOf(rows),
    days: daysBetween(from, to).map((day) => ({ day, ...totalsOf(rows.filter((row) => row.day === day)) })),
    channels: channelsOf(seen, { from, to, siteId: ask.siteId }),
    refused: refusedOf(rows),
    lastEventAt: seen.reduce<string | null>((last, { lastAt }) => (last === null || lastAt > last ? lastAt : last), null),
  };
}

async function daysOf(tx: Tx, ask: z.output<typeof arrivalsAsk>): Promise<{ from: string; to: string }> {
  const { rows } = await sql<{ today: string }>`SELECT to_char(now() AT TIME ZONE 'UTC', 'YYYY-MM-DD') AS today`.execute(tx);
  const to = Temporal.PlainDate.from(ask.to ?? rows[0]!.today);
  const from = ask.from === undefined ? to.subtract({ days: usualDays - 1 }) : Temporal.PlainDate.from(ask.from);
  const days = from.until(to).days + 1;
  if (days < 1 || days > mostDays)
    throw new Problem('bad-input', `from, to: take 1 to ${mostDays} days.`, { fields: [{ at: 'from', reason: `1 to ${mostDays} days` }] });
  return { from: from.toString(), to: to.toString() };
}

async function countsOf(tx: Tx, workspaceId: WorkspaceId, of: { from: string; to: string; siteId: string | null }): Promise<CountRow[]> {
  const { rows } =
    await sql<CountRow>`SELECT to_char(c.day, 'YYYY-MM-DD') AS day, c.source_id AS "sourceId", c.outcome, c.label, c.count::float8 AS count, c.last_at AS "lastAt", c.example,
      CASE WHEN s.id IS NOT NULL THEN 'site' WHEN f.id IS NOT NULL THEN 'form' WHEN h.id IS NOT NULL THEN 'hook' END AS kind, coalesce(s.name, f.name, h.name) AS name
    FROM tracking_counts c
    LEFT JOIN tracking_sites s ON s.workspace_id = c.workspace_id AND s.id = c.source_id
    LEFT JOIN tracking_forms f ON f.workspace_id = c.workspace_id AND f.id = c.source_id
    LEFT JOIN tracking_hooks h ON h.workspace_id = c.workspace_id AND h.id = c.source_id
    WHERE c.workspace_id = ${workspaceId}::uuid AND c.day BETWEEN ${of.from}::date AND ${of.to}::date
      AND (${of.siteId}::uuid IS NULL OR c.source_id = ${of.siteId}::uuid)
    ORDER BY c.day, c.source_id, c.outcome, c.label`.execute(tx);
  return rows;
}

const sum = (rows: readonly CountRow[], outcome: CountRow['outcome']): number =>
  rows.reduce((total, row) => total + (row.outcome === outcome ? row.count : 0), 0);

const totalsOf = (rows: readonly CountRow[]): Arrivals['totals'] => ({
  seen: sum(rows, 'seen'),
  private: sum(rows, 'private'),
  bots: sum(rows, 'bot'),
  refused: sum(rows, 'refused'),
});

function daysBetween(from: string, to: string): string[] {
  const first = Temporal.PlainDate.from(from);
  return Array.from({ length: first.until(to).days + 1 }, (_, place) => first.add({ days: place }).toString());
}

/** A blank label counts pages within a visit: they have no channel of their own. */
function channelsOf(rows: readonly CountRow[], of: { from: string; to: string; siteId: string | undefined }): Arrivals['channels'] {
  const labels = new Set(
    rows.filter(({ outcome, label }) => (outcome === 'seen' || outcome === 'private') && label !== '').map(({ label }) => label),
  );
  return [...labels]
    .map((channel) => {
      const own = rows.filter(({ label }) => label === channel);
      const search = new URLSearchParams({ channel, from: of.from, to: of.to, ...(of.siteId === undefined ? {} : { siteId: of.siteId }) });
      return { channel, seen: sum(own, 'seen'), private: sum(own, 'private'), eventsUrl: `/tracking/events?${search.toString()}` };
    })
    .toSorted((one, other) => other.seen + other.private - one.seen - one.private || (one.channel < other.channel ? -1 : 1));
}

function refusedOf(rows: readonly CountRow[]): Arrivals['refused'] {
  const groups = Map.groupBy(
    rows.filter(({ outcome, kind }) => outcome === 'refused' && kind !== null),
    ({ sourceId, label }) => `${sourceId} ${label}`,
  );
  return [...groups.values()]
    .map((same) => {
      const last = same.reduce((one, other) => (other.lastAt > one.lastAt ? other : one));
      const reason = last.label as Refusal;
      return {
        source: { kind: last.kind ?? 'site', id: last.sourceId, name: last.name ?? '' },
        reason,
        words: refusalWords[reason],
        count: same.reduce((total, { count }) => total + count, 0),
        lastAt: last.lastAt,
        example: same.findLast(({ example }) => example !== null)?.example ?? null,
      };
    })
    .toSorted((one, other) => (one.lastAt < other.lastAt ? 1 : -1));
}
