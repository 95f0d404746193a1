import { checkPlan } from '#engine/payout/check-plan.ts';
import type { Database } from '#platform/db/database.ts';
import { Problem } from '#platform/errors.ts';
import type { Who } from '#platform/http/route.ts';
import { noteLooks } from '../actions/note-looks.ts';
import type { PlanContent } from '../contract/plan-content.ts';
import { type PayPeriod, payPeriodBefore, payPeriodsFrom } from '../contract/plan-periods.ts';
import type { PlanWhatIf, PlanWhatIfAsk } from '../contract/what-if.ts';
import { whyNotDraft } from '../policy/access.ts';
import { type ComputedPlan, computePlan } from './computed-plan.ts';
import { getVersion, membersById, type VersionRow } from './plan-rows.ts';
import { sightOf } from './sight.ts';
import { todayOf } from './today.ts';

/** Periods that are computed where none are named, and at most. */
const usualPeriods = 4;
const mostPeriods = 12;

/**
 * A plan as it could be over past periods, beside the version it comes from. Nothing is stored.
 * @throws Problem forbidden, not-found (the version), bad-input (a plan that can't be computed, the periods)
 */
export async function planWhatIf(database: Database, who: Who, asked: PlanWhatIfAsk): Promise<PlanWhatIf> {
  refuseProblems(asked.content);
  const { against, periods } = await database.inWorkspace(who.workspaceId, async (tx) => {
    const version = asked.against ? await getVersion(tx, who.workspaceId, asked.against) : null;
    const payees = [...asked.content.payees, ...(version?.content.payees ?? [])];
    const reason = whyNotDraft(await sightOf(tx, who), payees);
    if (reason !== null) throw new Problem('forbidden', reason);
    await noteLooks(
      tx,
      who,
      payees.map(({ id }) => id),
      'plan',
      version?.id ?? null,
    );
    return { against: version, periods: periodsOf(asked, await todayOf(tx, who.workspaceId)) };
  });
  const after = await computeAll(database, who, asked.content, null, periods);
  const before =
    against && against.content.period === asked.content.period ? await computeAll(database, who, against.content, against, periods) : null;
  return {
    currency: asked.content.currency,
    periods: periods.map(({ start, label }, at) => ({
      periodStart: start,
      label,
      before: before ? String(sumOf(before[at]!)) : null,
      after: String(sumOf(after[at]!)),
      pool: after[at]!.pool,
    })),
    payees: await payeesOf(database, who, asked.content, before, after),
    notes: [
      ...new Set([
        ...after.flatMap(({ notes }) => notes.filter(({ payee }) => payee === null).map(({ what }) => what)),
        ...differentKind(against, asked.content),
      ]),
    ],
  };
}

function refuseProblems(content: PlanContent): void {
  const problems = checkPlan(content);
  if (problems.length > 0)
    throw new Problem('bad-input', `${problems[0]!.at}: ${problems[0]!.what}; ${problems[0]!.fine} would be fine.`, {
      fields: problems.slice(0, 50).map(({ at, what, fine }) => ({ at: `content.${at}`, reason: `${what}; ${fine} would be fine` })),
    });
}

function periodsOf({ content, periodStart, lastPeriodStart }: PlanWhatIfAsk, today: string): PayPeriod[] {
  let last = payPeriodBefore(today, content.period);
  let first = last;
  for (let n = 1; n < usualPeriods; n++) first = payPeriodBefore(first.start, content.period);
  if (periodStart !== undefined) first = payPeriodsFrom(periodStart, periodStart, content.period)[0]!;
  if (lastPeriodStart !== undefined) last = payPeriodsFrom(lastPeriodStart, lastPeriodStart, content.period)[0]!;
  const periods = payPeriodsFrom(first.start, last.start, content.period);
  const fine = `From one to ${mostPeriods} periods that are over.`;
  if (periods.length === 0 || periods.length > mostPeriods || last.end >= today)
    throw new Problem('bad-input', fine, { fields: [{ at: 'periodStart', reason: fine }] });
  return periods;
}

/** What is carried from period to period begins with the first of them. */
async function computeAll(
  database: Database,
  who: Who,
  content: PlanContent,
  version: VersionRow | null,
  periods: readonly PayPeriod[],
): Promise<ComputedPlan[]> {
  const shown = version ?? { id: 'what-if', planId: '', number: 0, content };
  const plan = {
    version: shown as VersionRow,
    versions: [{ version: shown.id, plan: content, from: periods[0]!.start }],
    posted: [],
    signed: null,
  };
  const computed: ComputedPlan[] = [];
  for (const { start } of periods)
    computed.push(
      await computePlan(database, who.workspaceId, plan, { periodStart: start, cutOff: null, planId: version?.planId ?? null }),
    );
  return computed;
}

const sumOf = ({ lines }: ComputedPlan, payee?: string): bigint =>
  lines.reduce((sum, { line }) => (payee === undefined || line.payee === payee ? sum + line.amount : sum), 0n);

async function payeesOf(
  database: Database,
  { workspaceId }: Who,
  content: PlanContent,
  before: readonly ComputedPlan[] | null,
  after: readonly ComputedPlan[],
): Promise<PlanWhatIf['payees']> {
  const names = await database.inWorkspace(workspaceId, (tx) =>
    membersById(
      tx,
      workspaceId,
      content.payees.map(({ id }) => id),
    ),
  );
  const total = (computed: readonly ComputedPlan[], id: string): string =>
    String(computed.reduce((sum, each) => sum + sumOf(each, id), 0n));
  return content.payees.map(({ id, side }) => ({
    payee: { id, name: names.get(id)?.name ?? '', side },
    before: before && total(before, id),
    after: total(after, id),
    periods: after.length,
  }));
}

const differentKind = (against: VersionRow | null, content: PlanContent): string[] =>
  against && against.content.period !== content.period
    ? ['The version beside it pays by another kind of period: they can’t be compared.']
    : [];
