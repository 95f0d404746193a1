import { sql } from 'kysely';
import { namesOf } from '#features/records/queries/names.ts';
import type { Tx } from '#platform/db/database.ts';
import type { Who } from '#platform/http/route.ts';
import type { NewRecurring, RecurringCost } from '../contract/ledger.ts';
import { costsUrl } from './cost-filters.ts';
import { teamNames } from './group-labels.ts';
import { ledgerNow } from './ledger-now.ts';
import { daysOf, visibleRecurring } from './recurring-days.ts';

interface Row {
  readonly id: string;
  readonly every: NewRecurring['every'];
  readonly startsOn: string;
  readonly endsOn: string | null;
  readonly content: Omit<NewRecurring, 'every' | 'startsOn' | 'endsOn' | 'currency'> & { readonly currency: string };
  readonly recordedAt: string;
  readonly recordedBy: string | null;
  readonly endedAt: string | null;
  readonly endedBy: string | null;
  readonly posted: bigint;
  readonly lastOn: string | null;
}

const most = 2_000;

/** Those that go on first, the latest in front. */
export async function listRecurring(tx: Tx, who: Who): Promise<{ items: RecurringCost[]; next: null; total: number | null }> {
  const { today } = await ledgerNow(tx, who.workspaceId);
  const { rows } =
    await sql<Row>`SELECT r.id, r.every, r.starts_on AS "startsOn", r.ends_on AS "endsOn", r.content, r.recorded_at AS "recordedAt",
      r.recorded_by AS "recordedBy", r.ended_at AS "endedAt", r.ended_by AS "endedBy", p.posted, p.last_on AS "lastOn"
    FROM recurring_costs r CROSS JOIN LATERAL (SELECT count(*) AS posted, max(e.occurred_on) AS last_on FROM cost_entries e
      WHERE e.workspace_id = ${who.workspaceId}::uuid AND e.recurring_id = r.id AND e.reverses_id IS NULL) p
    WHERE r.workspace_id = ${who.workspaceId}::uuid AND ${visibleRecurring(who)}
    ORDER BY r.ended_at IS NOT NULL, r.recorded_at DESC, r.id DESC LIMIT ${most}`.execute(tx);
  return { items: await shown(tx, who, rows, today), next: null, total: rows.length < most ? rows.length : null };
}

async function shown(tx: Tx, who: Who, rows: readonly Row[], today: string): Promise<RecurringCost[]> {
  const ids = (of: (row: Row) => (string | null)[]): string[] => [...new Set(rows.flatMap((row) => of(row).filter((id) => id !== null)))];
  const names = await namesOf(tx, who.workspaceId, {
    campaign: ids(({ content }) => [content.campaignId]),
    account: ids(({ content }) => [content.accountId]),
    member: ids(({ content, recordedBy, endedBy }) => [content.memberId, recordedBy, endedBy]),
  });
  const teams = await teamNames(
    tx,
    who.workspaceId,
    ids(({ content }) => [content.teamId]),
  );
  const named = (kind: string, id: string | null) => (id === null ? null : (names.get(`${kind} ${id}`) ?? null));
  return rows.map(({ content, recordedBy, endedBy, posted, ...row }) => {
    const { campaignId, accountId, memberId, teamId, ...told } = content;
    return {
      ...row,
      ...told,
      campaign: named('campaign', campaignId),
      account: named('account', accountId),
      member: named('member', memberId),
      team: teamId !== null && teams.has(teamId) ? { id: teamId, name: teams.get(teamId)! } : null,
      recordedBy: named('member', recordedBy),
      endedBy: named('member', endedBy),
      posted: Number(posted),
      recordsUrl: costsUrl({ recurringId: row.id }),
      nextOn: nextOf(row, today),
    };
  });
}

/** The first day it falls due that has no entry yet. */
function nextOf(
  { every, startsOn, endsOn, endedAt, lastOn }: Omit<Row, 'content' | 'recordedBy' | 'endedBy' | 'posted'>,
  today: string,
): string | null {
  if (endedAt !== null) return null;
  const after = lastOn ?? '';
  const until = Temporal.PlainDate.from([startsOn, lastOn ?? startsOn, today].sort().at(-1)!).add({ years: 1, days: 1 });
  const next = daysOf({ every, startsOn }, until.toString()).find((day) => day > after);
  return next === undefined || (endsOn !== null && next > endsOn) ? null : next;
}
