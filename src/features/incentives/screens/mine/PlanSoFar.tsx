import type { Estimate } from '#features/incentives/contract/statements.ts';
import { day, money } from '#ui/formats.ts';
import { Go } from '#ui/kit/Go.tsx';
import { Sheet } from '#ui/kit/Page.tsx';
import { paths } from '#ui/paths.ts';
import { LineTable } from '../LineTable.tsx';
import { PoolSheet } from '../PoolSheet.tsx';

type Plan = Estimate['plans'][number];

/** One plan in the running period: the sum so far, how far the quota is reached, each line, and the pool. */
export function PlanSoFar({ plan, isOwn }: { plan: Plan; isOwn: boolean }) {
  return (
    <div className={plan.pool ? 'columns' : undefined}>
      <Sheet
        title={`${plan.name}, ${plan.label}`}
        actions={<Go href={paths.incentivePlan(plan.versionId)}>The plan, version {plan.number}</Go>}
      >
        <div className="sheet-body">
          <div className="pay-so-far">{money(plan.amount, plan.currency)}</div>
          <div className="dim">
            so far, until {day(plan.periodEnd)}
            {plan.target !== null && `; the target of the period is ${money(plan.target, plan.currency)}`}
          </div>
          {plan.quota && <Quota quota={plan.quota} currency={plan.currency} />}
          {!plan.signed && (
            <p className="notice warn">
              {isOwn
                ? 'You have not signed this plan: it pays you once you have.'
                : 'They have not signed this plan: it pays them once they have.'}{' '}
              <Go href={paths.incentivePlan(plan.versionId)}>Read and sign</Go>
            </p>
          )}
        </div>
        {plan.lines.length > 0 && <LineTable lines={plan.lines} label={`Lines of ${plan.name}`} />}
      </Sheet>
      {plan.pool && <PoolSheet pool={plan.pool} />}
    </div>
  );
}

function Quota({ quota, currency }: { quota: NonNullable<Plan['quota']>; currency: string }) {
  const reached = quota.percent === null ? 0 : Math.min(100, Number(quota.percent));
  const isMoney = /^\d{3,}$/.test(quota.quota);
  const told = (value: string): string => (isMoney ? money(value, currency) : value);
  return (
    <>
      <div className="quota-bar" role="img" aria-label={`${quota.percent ?? '0'} % of the quota`}>
        <span style={{ width: `${reached}%` }} />
      </div>
      <div className="dim small-print">
        {told(quota.reached)} of {told(quota.quota)}: {quota.percent ?? '–'} % of the quota
      </div>
    </>
  );
}
