/**
 * Won and opened deals as facts. A deal can change after it was won; so its history of recorded facts is read, as known by
 * the cut-off, and each time it was won otherwise than before, the earlier fact is undone and another stands beside it.
 */

import { sql } from 'kysely';
import type { Fact } from '#engine/payout/evidence.ts';
import { dayReader } from '#engine/time/zone-days.ts';
import { dayText } from '#engine/values/calendarDay.ts';
import { applySets, type Sets } from '#features/records/contract/fold.ts';
import { concernsPayee, creditsIn, type FactScope, plainFact, type ReadFact, reversalOf, tagsOf } from './asked.ts';
import { type DealSurroundings, readDealSurroundings } from './deal-surroundings.ts';

/** What of a deal decides a kind of fact: when it counts, and whether it still does. */
interface DealKind {
  readonly kind: 'won' | 'opportunity';
  /** Field that holds the moment. */
  readonly at: 'closedAt' | 'openedAt';
  readonly stands: (deal: Sets) => boolean;
}
const kinds: Readonly<Record<DealKind['kind'], DealKind>> = {
  won: { kind: 'won', at: 'closedAt', stands: ({ status }) => status === 'won' },
  opportunity: { kind: 'opportunity', at: 'openedAt', stands: () => true },
};

interface HistoryRow {
  readonly dealId: string;
  readonly recordedAt: string;
  readonly occurredAt: string;
  readonly sets: Sets;
}

export async function readDealFacts(scope: FactScope, kind: DealKind['kind']): Promise<ReadFact[]> {
  const rows = supposing(scope, await readHistory(scope, kinds[kind]));
  const histories = [...Map.groupBy(rows, ({ dealId }) => dealId)];
  const around = await readDealSurroundings(
    scope,
    histories.map(([id]) => id),
  );
  const dayOf = dayReader(scope.timeZone);
  const read = histories.flatMap(([id, history]) =>
    factsOfDeal({ scope, id, kind: kinds[kind], around, day: (at) => dayText(dayOf(Date.parse(at) * 1000)) }, history),
  );
  return read.filter(({ fact }) => fact.reverses !== null || (fact.on >= scope.from && fact.on <= scope.until));
}

/** Of the deals that stand in the period, or may have stood there before they were changed. */
async function readHistory(
  { tx, workspaceId, from, until, cutOff, timeZone, supposed }: FactScope,
  { at }: DealKind,
): Promise<HistoryRow[]> {
  const column = sql.ref(at === 'closedAt' ? 'd.closed_at' : 'd.opened_at');
  const wasWon = sql`EXISTS (SELECT FROM facts w WHERE w.workspace_id = ${workspaceId}::uuid AND w.subject_id = d.id AND w.sets ->> 'status' = 'won')`;
  const { rows } =
    await sql<HistoryRow>`SELECT f.subject_id AS "dealId", f.recorded_at AS "recordedAt", f.occurred_at AS "occurredAt", f.sets
    FROM deals d JOIN facts f ON f.workspace_id = ${workspaceId}::uuid AND f.subject_id = d.id AND f.subject_kind = 'deal'
      AND f.sets IS NOT NULL AND f.recorded_at <= ${cutOff}::timestamptz
      AND (f.run_id IS NULL OR NOT EXISTS (SELECT FROM import_runs r WHERE r.workspace_id = ${workspaceId}::uuid AND r.id = f.run_id
        AND r.status = 'undone' AND (r.undone_at IS NULL OR r.undone_at <= ${cutOff}::timestamptz)))
    WHERE d.workspace_id = ${workspaceId}::uuid AND (
      (${column} >= (${from}::date::timestamp AT TIME ZONE ${timeZone}) AND (d.status <> 'won' OR ${column} < ((${until}::date + 1)::timestamp AT TIME ZONE ${timeZone})))
      ${at === 'closedAt' ? sql`OR (d.closed_at IS NULL OR d.closed_at >= ((${until}::date + 1)::timestamp AT TIME ZONE ${timeZone})) AND ${wasWon}` : sql``}
      OR d.id = ${supposed?.dealId ?? null}::uuid)
    ORDER BY f.subject_id, f.recorded_at, f.id`.execute(tx);
  return rows;
}

/** What a deal would say of itself comes after all it has said. */
function supposing({ supposed, cutOff }: FactScope, rows: HistoryRow[]): HistoryRow[] {
  if (!supposed) return rows;
  const own = rows.filter(({ dealId }) => dealId === supposed.dealId);
  const said = { dealId: supposed.dealId, recordedAt: cutOff, occurredAt: cutOff, sets: supposed.sets };
  return own.length === 0 ? rows : [...rows.filter(({ dealId }) => dealId !== supposed.dealId), ...own, said];
}

interface Reading {
  readonly scope: FactScope;
  readonly id: string;
  readonly kind: DealKind;
  readonly around: DealSurroundings;
  readonly day: (at: string) => string;
}

function factsOfDeal(reading: Reading, history: readonly HistoryRow[]): ReadFact[] {
  const read: ReadFact[] = [];
  let state: Sets = {};
  let standing = null as { readonly key: string; readonly read: ReadFact } | null;
  for (const row of history) {
    state = applySets(state, row.sets);
    const now = isStanding(reading.kind, state)
      ? factOf(reading, state, row.recordedAt, read.filter(({ fact }) => fact.reverses === null).length)
      : null;
    const key = now ? keyOf(now.fact) : '';
    if (key === (standing?.key ?? '')) continue;
    if (standing) read.push({ ...standing.read, fact: undone(reading, standing.read.fact, state, row) });
    if (now && concernsPayee(reading.scope, now.fact.credits)) read.push(now);
    standing = now && concernsPayee(reading.scope, now.fact.credits) ? { key, read: now } : null;
  }
  return read;
}

const isStanding = ({ at, stands }: DealKind, state: Sets): boolean =>
  stands(state) && typeof state[at] === 'string' && state.archivedAt === undefined && state.mergedInto === undefined;

function factOf({ scope, id, kind, around, day }: Reading, state: Sets, recordedAt: string, before: number): ReadFact | null {
  const at = Temporal.Instant.from(textIn(state, kind.at) ?? '').toString();
  const on = day(at);
  const [stated, currency] = [textIn(state, 'amount'), textIn(state, 'currency')];
  const amount = stated === null ? null : scope.money.inPlan(BigInt(stated), currency, on);
  if (stated !== null && amount === null) return null;
  const beside = around.of({
    leadId: textIn(state, 'leadId'),
    campaignId: textIn(state, 'campaignId'),
    accountId: textIn(state, 'accountId'),
  });
  const fact = plainFact({
    id: before === 0 ? `${kind.kind}:${id}` : `${kind.kind}:${id}:${before + 1}`,
    kind: kind.kind,
    ...{ on, occurredAt: at, recordedAt, amount },
    credits: creditsIn({
      owner: textIn(state, 'ownerId'),
      qualifier: textIn(state, 'qualifierId') ?? beside.qualifierId,
      sourcer: beside.sourcerId,
    }),
    tags: tagsOf({
      segment: textIn(state, 'segment') ?? beside.segment,
      product: textIn(state, 'product'),
      dealType: textIn(state, 'type'),
      pipeline: textIn(state, 'pipeline'),
      channel: beside.channel,
      campaign: beside.campaignId,
      origin: beside.origin,
    }),
  });
  return {
    fact,
    opening: {
      kind: 'deal',
      id,
      label: textIn(state, 'name') ?? 'A deal',
      on,
      amount: stated,
      currency: currency ?? null,
      path: `/api/v1/deals/${id}`,
    },
  };
}

/** A deal that is lost after it was won was true and was cancelled; whatever else it was changed to, it had been wrong. */
function undone({ kind, day }: Reading, fact: Fact, state: Sets, { recordedAt, occurredAt }: HistoryRow): Fact {
  const cancelled = kind.kind === 'won' && state.status === 'lost' && state.archivedAt === undefined;
  const closed = cancelled ? textIn(state, 'closedAt') : null;
  const at =
    closed !== null && closed > fact.occurredAt ? Temporal.Instant.from(closed).toString() : Temporal.Instant.from(occurredAt).toString();
  return reversalOf(fact, {
    id: `${fact.id}:undone`,
    on: laterDay(day(at), fact.on),
    at,
    recordedAt,
    cause: cancelled ? 'cancelled' : 'mistake',
  });
}

const laterDay = (one: string, other: string): string => (one > other ? one : other);

const textIn = (state: Sets, field: string): string | null => {
  const value = state[field];
  return typeof value === 'string' && value !== '' ? value : typeof value === 'number' ? String(value) : null;
};

/** What pay depends on. */
const keyOf = ({ on, occurredAt, amount, credits, tags }: Fact): string => JSON.stringify([on, occurredAt, String(amount), credits, tags]);
