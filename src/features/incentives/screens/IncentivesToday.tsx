import { useMe } from '#ui/api/session.ts';
import { dayOfInstant, money } from '#ui/formats.ts';
import { Go } from '#ui/kit/Go.tsx';
import { Sheet } from '#ui/kit/Page.tsx';
import { paths } from '#ui/paths.ts';
import { useDisputes, useRuns } from './asking.ts';
import { usePlans } from './plans/asking.ts';
import './incentives.css';

interface Waiting {
  readonly key: string;
  readonly href: string;
  readonly says: string;
  readonly about: string;
  readonly late: boolean;
}

/** What of pay waits for one: a plan to sign, a run to approve, a dispute to answer. Nothing waits: nothing is shown. */
export function IncentivesToday() {
  const waiting = useWaiting();
  if (waiting.length === 0) return null;
  return (
    <Sheet title="Pay" actions={<Go href={paths.incentives()}>Incentives</Go>}>
      {waiting.map(({ key, href, says, about, late }) => (
        <Go key={key} href={href} className="row-link">
          <span className="grow">
            {says} <span className="dim">{about}</span>
          </span>
          {late && <span className="bad small-print">late</span>}
        </Go>
      ))}
    </Sheet>
  );
}

function useWaiting(): Waiting[] {
  const me = useMe().member;
  const isHead = me.role !== 'member' && me.role !== 'viewer';
  const plans = usePlans('awaitsMe').data?.pages[0]?.items ?? [];
  const disputes = useDisputes({ status: 'open' }).data?.pages[0]?.items ?? [];
  const runs = useRuns({ kind: 'regular', status: 'draft' }).data?.pages[0]?.items ?? [];
  return [
    ...plans.map(({ latest, name }) => ({
      ...{ key: latest.id, href: paths.incentivePlan(latest.id), says: `Sign “${name}”`, late: false },
      about: `version ${latest.number}: who has not signed is not paid by it`,
    })),
    ...disputes
      .filter(({ can }) => can.answer === null)
      .map(({ id, payee, line, dueAt, late }) => ({
        ...{ key: id, href: paths.disputes(), says: `Answer ${payee.name}`, late },
        about: `doubts ${money(line.amount, line.currency)}, due ${dayOfInstant(dueAt)}`,
      })),
    ...(isHead ? runs : []).map(({ id, label, approvals }) => ({
      ...{ key: id, href: paths.payoutRun(id), says: `Pay of ${label} is to be approved`, late: false },
      about: `${approvals} of 2 have`,
    })),
  ].slice(0, 8);
}
