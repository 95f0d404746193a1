import { Button } from '@mantine/core';
import { useState } from 'react';
import { useRights } from '#ui/api/session.ts';
import { count, day } from '#ui/formats.ts';
import { Go } from '#ui/kit/Go.tsx';
import { Page } from '#ui/kit/Page.tsx';
import { Answer, Empty } from '#ui/kit/States.tsx';
import { paths } from '#ui/paths.ts';
import { IncentiveTabs } from '../IncentiveTabs.tsx';
import { type PlanInList, usePlans } from './asking.ts';
import { NewPlan } from './NewPlan.tsx';
import { PlanMark } from './PlanMark.tsx';

/** Plans of pay that concern one: what was signed, what waits for a signature, what is being written. */
export function Plans() {
  const [beginning, setBeginning] = useState(false);
  const plans = usePlans(undefined);
  const begin = useRights().may('incentives.draft') ? <Button onClick={() => setBeginning(true)}>New plan</Button> : null;
  return (
    <Page title="Plans of pay" actions={begin}>
      <IncentiveTabs />
      <Answer of={plans} what="The plans" lines={6}>
        {({ pages }) => {
          const items = pages.flatMap((page) => page.items);
          if (items.length === 0)
            return (
              <Empty title="No plan concerns you" action={begin}>
                A plan says what is paid for what: to each alone, or from a pool that opens when both sides keep what they agreed. It pays
                whom has signed it, from the facts on record.
              </Empty>
            );
          return (
            <>
              <PlanTable items={items} />
              {plans.hasNextPage && (
                <Button variant="default" mt="sm" loading={plans.isFetchingNextPage} onClick={() => void plans.fetchNextPage()}>
                  Show more
                </Button>
              )}
            </>
          );
        }}
      </Answer>
      {beginning && <NewPlan onClose={() => setBeginning(false)} />}
    </Page>
  );
}

const PlanTable = ({ items }: { items: readonly PlanInList[] }) => (
  <div className="table-scroll" tabIndex={0} role="region" aria-label="Plans">
    <table className="plain stacked">
      <thead>
        <tr>
          {['Plan', 'State', 'Counts from', 'People', 'Signed'].map((head) => (
            <th key={head} scope="col">
              {head}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {items.map((plan) => (
          <Row key={plan.id} plan={plan} />
        ))}
      </tbody>
    </table>
  </div>
);

function Row({ plan: { latest, endedFrom, hasPool, name } }: { plan: PlanInList }) {
  const people = latest.payees.marketing + latest.payees.sales;
  return (
    <tr>
      <th scope="row">
        <Go href={paths.incentivePlan(latest.id)}>{name}</Go>
        {hasPool && <span className="dim small-print"> with a pool for both sides</span>}
      </th>
      <td data-label="State">
        <PlanMark version={latest} endedFrom={endedFrom} />
        {latest.awaitsMe && <span className="warn small-print"> waits for your signature</span>}
      </td>
      <td data-label="Counts from">{day(latest.inForceFrom ?? latest.effectiveFrom)}</td>
      <td data-label="People">
        {count(latest.payees.marketing)} of marketing, {count(latest.payees.sales)} of sales
      </td>
      <td data-label="Signed">
        {count(latest.payees.signed)} of {count(people)}
      </td>
    </tr>
  );
}
