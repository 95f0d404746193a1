import { sql } from 'kysely';
import type { PeriodKind } from '#engine/payout/plan.ts';
import type { Tx } from '#platform/db/database.ts';
import { newId } from '#platform/db/ids.ts';
import { Problem } from '#platform/errors.ts';
import { recordFact } from '#platform/facts/facts.ts';
import type { Who } from '#platform/http/route.ts';
import { type PayPeriod, payPeriodOf, payPeriodsFrom } from '../contract/plan-periods.ts';
import type { NewRun } from '../contract/runs.ts';
import { whyNotDraft } from '../policy/access.ts';
import { whyNotRunPay } from '../policy/runs.ts';
import { getVersion } from '../queries/plan-rows.ts';
import { nextPeriod } from '../queries/run-periods.ts';
import { sightOf } from '../queries/sight.ts';
import { todayOf } from '../queries/today.ts';

export interface StartedRuns {
  readonly ids: string[];
  readonly seriesId: string | null;
}

/** More periods than that are asked for in parts. */
const mostPeriods = 24;

/**
 * Starts the regular run of a period that is over (several who start it at once start one), or shadow runs of a version
 * over past periods. They are computed afterwards.
 * @throws Problem forbidden, conflict (not its turn), bad-input (no such period), not-found (the version)
 */
export async function startRuns(tx: Tx, who: Who, given: NewRun): Promise<StartedRuns> {
  return given.kind === 'regular' ? startRegular(tx, who, given) : startShadow(tx, who, given);
}

async function startRegular(tx: Tx, who: Who, { periodKind, periodStart }: NewRun & { kind: 'regular' }): Promise<StartedRuns> {
  const reason = whyNotRunPay(await sightOf(tx, who));
  if (reason !== null) throw new Problem('forbidden', reason);
  const period = payPeriodOf(periodStart, periodKind);
  refuseOtherDay(periodStart, period);
  const known = await runOf(tx, who, periodKind, period);
  if (known) return { ids: [known], seriesId: null };
  await refuseOutOfTurn(tx, who, periodKind, period);
  const id = await insertRun(tx, who, { kind: 'regular', periodKind, period, seriesId: null });
  return { ids: [id ?? (await runOf(tx, who, periodKind, period))!], seriesId: null };
}

/** The period's run that isn't discarded. */
async function runOf(tx: Tx, { workspaceId }: Who, kind: PeriodKind, { start }: PayPeriod): Promise<string | undefined> {
  const { rows } = await sql<{ id: string }>`SELECT id FROM payout_runs WHERE workspace_id = ${workspaceId}::uuid AND kind = 'regular'
    AND period_kind = ${kind} AND period_start = ${start}::date AND status <> 'discarded'`.execute(tx);
  return rows[0]?.id;
}

function refuseOtherDay(day: string, { start, label }: PayPeriod): void {
  if (day !== start)
    throw new Problem('bad-input', `${label} begins on ${start}.`, { fields: [{ at: 'periodStart', reason: `${start} begins ${label}` }] });
}

/** Periods are paid one after the other, when they are over: what is late for one is a correction in the next. */
async function refuseOutOfTurn(tx: Tx, { workspaceId }: Who, kind: PeriodKind, period: PayPeriod): Promise<void> {
  const today = await todayOf(tx, workspaceId);
  if (period.end >= today)
    throw new Problem('conflict', `${period.label} is over after ${period.end}. Until then the estimate tells what it would pay so far.`);
  const next = await nextPeriod(tx, workspaceId, kind);
  if (!next) throw new Problem('conflict', `No plan that was signed pays by the ${kind === 'half' ? 'half-year' : kind} yet.`);
  if (next.start !== period.start)
    throw new Problem('conflict', `The next period to pay is ${next.label}: periods are paid one after the other.`, {
      extra: { periodStart: next.start },
    });
}

async function startShadow(tx: Tx, who: Who, given: NewRun & { kind: 'shadow' }): Promise<StartedRuns> {
  const version = await getVersion(tx, who.workspaceId, given.versionId);
  const reason = whyNotDraft(await sightOf(tx, who), version.content.payees);
  if (reason !== null) throw new Problem('forbidden', reason);
  const kind = version.content.period;
  refuseOtherDay(given.periodStart, payPeriodOf(given.periodStart, kind));
  const periods = payPeriodsFrom(given.periodStart, given.lastPeriodStart ?? given.periodStart, kind);
  await refusePeriods(tx, who, periods);
  const seriesId = newId();
  const ids: string[] = [];
  for (const period of periods)
    ids.push((await insertRun(tx, who, { kind: 'shadow', periodKind: kind, period, seriesId, versionId: version.id }))!);
  return { ids, seriesId };
}

async function refusePeriods(tx: Tx, { workspaceId }: Who, periods: readonly PayPeriod[]): Promise<void> {
  const refuse = (reason: string) => new Problem('bad-input', reason, { fields: [{ at: 'lastPeriodStart', reason }] });
  if (periods.length === 0) throw refuse('The last period is not before the first.');
  if (periods.length > mostPeriods) throw refuse(`At most ${mostPeriods} periods at once.`);
  const today = await todayOf(tx, workspaceId);
  const last = periods.at(-1)!;
  if (last.end >= today) throw refuse(`A shadow run is of past periods: ${last.label} ends on ${last.end}.`);
}

interface ToInsert {
  readonly kind: 'regular' | 'shadow';
  readonly periodKind: PeriodKind;
  readonly period: PayPeriod;
  readonly seriesId: string | null;
  readonly versionId?: string;
}

/** @returns undefined where somebody else has just started the same regular run */
async function insertRun(tx: Tx, who: Who, { kind, periodKind, period, seriesId, versionId }: ToInsert): Promise<string | undefined> {
  const id = newId();
  const { numAffectedRows } =
    await sql`INSERT INTO payout_runs (workspace_id, id, kind, status, period_kind, period_start, period_end, series_id, version_id, started_by)
    VALUES (${who.workspaceId}::uuid, ${id}::uuid, ${kind}, 'draft', ${periodKind}, ${period.start}::date, ${period.end}::date, ${seriesId}::uuid, ${versionId ?? null}::uuid, ${who.memberId}::uuid)
    ON CONFLICT (workspace_id, period_kind, period_start) WHERE kind = 'regular' AND status <> 'discarded' DO NOTHING`.execute(tx);
  if (numAffectedRows === 0n) return undefined;
  await recordFact(tx, who.workspaceId, {
    kind: 'payoutRun.started',
    subjectKind: 'payoutRun',
    subjectId: id,
    memberId: who.memberId,
    body: { kind, period: period.key, ...(versionId ? { versionId } : {}) },
  });
  return id;
}
