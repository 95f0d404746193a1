import { useMe } from '#ui/api/session.ts';
import { money } from '#ui/formats.ts';
import { paths } from '#ui/paths.ts';
import type { PartToday, TodayItem } from '#ui/today/waiting.ts';
import { useDisputes, useMissingResults, useRuns } from './asking.ts';
import { usePlans } from './plans/asking.ts';

const pay = { part: 'Pay', stake: 'pay' } as const;

/** What of pay waits for one: a plan to sign, a result to record, a run to approve, a dispute to answer. */
export function usePayWaiting(): PartToday {
  const me = useMe().member;
  const isHead = me.role !== 'member' && me.role !== 'viewer';
  const plans = usePlans('awaitsMe');
  const disputes = useDisputes({ status: 'open' });
  const runs = useRuns({ kind: 'regular', status: 'draft' });
  const missing = useMissingResults();
  const toRecord: TodayItem[] = (missing.data?.items ?? []).map((each) => ({
    ...{ ...pay, key: `result ${each.planId} ${each.objective} ${each.payee.id}`, dueAt: null, act: 'Record' },
    ...{ href: `${paths.incentives()}#results`, says: `Record the result of “${each.says}” for ${each.payee.name}`, about: each.planName },
  }));
  const toSign: TodayItem[] = (plans.data?.pages[0]?.items ?? []).map(({ latest, name }) => ({
    ...{ ...pay, key: `pay plan ${latest.id}`, dueAt: null, href: paths.incentivePlan(latest.id), act: 'Read and sign' },
    ...{ says: `Sign “${name}”`, about: `version ${latest.number}: who has not signed is not paid by it` },
  }));
  const toAnswer: TodayItem[] = (disputes.data?.pages[0]?.items ?? [])
    .filter(({ can }) => can.answer === null)
    .map(({ id, payee, line, dueAt }) => ({
      ...{ ...pay, key: `dispute ${id}`, dueAt, href: paths.disputes(), act: 'Answer' },
      ...{ says: `Answer ${payee.name}`, about: `doubts ${money(line.amount, line.currency)}` },
    }));
  const toApprove: TodayItem[] = (isHead ? (runs.data?.pages[0]?.items ?? []) : []).map(({ id, label, approvals }) => ({
    ...{ ...pay, key: `run ${id}`, dueAt: null, href: paths.payoutRun(id), act: 'Check and approve' },
    ...{ says: `Pay of ${label} is to be approved`, about: `${approvals} of 2 have` },
  }));
  return { items: [...toSign, ...toRecord, ...toAnswer, ...toApprove], asked: [plans, missing, disputes, runs] };
}
