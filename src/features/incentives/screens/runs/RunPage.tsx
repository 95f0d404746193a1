import { Button, Text } from '@mantine/core';
import type { Run } from '#features/incentives/contract/runs.ts';
import { count, day, dayOfInstant, instant, money } from '#ui/formats.ts';
import { Go } from '#ui/kit/Go.tsx';
import { Page, Sheet } from '#ui/kit/Page.tsx';
import { usePathParam } from '#ui/kit/search.ts';
import { Answer } from '#ui/kit/States.tsx';
import { paths } from '#ui/paths.ts';
import { useRun, useStatements } from '../asking.ts';
import { IncentiveTabs } from '../IncentiveTabs.tsx';
import { MoneySums } from '../MoneySums.tsx';
import { PoolSheet } from '../PoolSheet.tsx';
import { RunCheck } from './RunCheck.tsx';
import { RunDeeds } from './RunDeeds.tsx';
import { RunState } from './RunState.tsx';
import { RunSteps } from './RunSteps.tsx';

/** One run: what it pays, whether the pool opens, who approved it, and what to know before. */
export function RunPage() {
  const id = usePathParam('id');
  const run = useRun(id);
  const title = run.data ? `${run.data.payable ? 'Pay' : 'Shadow run'}, ${run.data.label}` : 'Run';
  return (
    <Page title={title} actions={run.data && <RunState run={run.data} />}>
      <IncentiveTabs />
      <Answer of={run} what="The run" lines={10}>
        {(known) => <Known run={known} />}
      </Answer>
    </Page>
  );
}

function Known({ run }: { run: Run }) {
  return (
    <div className="stack">
      {!run.payable && <p className="notice shadow-notice">A shadow run shows what a plan would have paid. Nothing of it is ever paid.</p>}
      <p className="lead-sentence">
        {run.attempt === 0 ? 'Not computed yet.' : <MoneySums sums={run.sums} none="Nothing" />}
        {run.attempt > 0 && ` to ${count(run.payees)} ${run.payees === 1 ? 'person' : 'people'}`}
        {run.attempt > 0 && !run.sumsAreWhole && ' whose pay you see'}
        {run.computedAt && `, by what was on record on ${instant(run.cutoff)}`}.
      </p>
      {run.payable && <RunSteps run={run} />}
      <RunDeeds run={run} />
      {run.discardedBecause && <p className="notice">Discarded: {run.discardedBecause}</p>}
      {run.notes.length > 0 && (
        <ul className="notice">
          {run.notes.map((note) => (
            <li key={note}>{note}</li>
          ))}
        </ul>
      )}
      {run.pools.map((pool) => (
        <PoolSheet key={pool.versionId} pool={pool} />
      ))}
      <div className="columns">
        <Statements run={run} />
        <div className="stack">
          <Plans run={run} />
          {run.approvalList.length > 0 && <Approvals run={run} />}
          {run.status === 'locked' && <RunCheck id={run.id} />}
          {run.postings.length > 0 && <Postings run={run} />}
        </div>
      </div>
    </div>
  );
}

function Statements({ run }: { run: Run }) {
  const list = useStatements({ runId: run.id, kind: run.kind });
  return (
    <Sheet title="Statements">
      <Answer of={list} what="The statements" lines={4}>
        {({ pages }) => {
          const items = pages.flatMap((page) => page.items);
          if (items.length === 0) return <p className="sheet-body dim">It pays nobody whose pay you see.</p>;
          return (
            <>
              {items.map((item) => (
                <Go key={item.id} href={paths.statement(item.id)} className="row-link">
                  <span className="grow">
                    {item.payee.name}
                    {item.openDisputes > 0 && <span className="warn"> · disputed</span>}
                  </span>
                  <MoneySums sums={item.sums} />
                </Go>
              ))}
              {list.hasNextPage && (
                <Button variant="subtle" fullWidth loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
                  Show more
                </Button>
              )}
            </>
          );
        }}
      </Answer>
    </Sheet>
  );
}

const Plans = ({ run }: { run: Run }) => (
  <Sheet title="By these plans">
    {run.plans.map((plan) => (
      <div key={plan.versionId} className="row-link">
        <span className="grow">
          <Go href={paths.incentivePlan(plan.versionId)}>
            {plan.name}, version {plan.number}
          </Go>
          {plan.notSigned.length > 0 && (
            <Text size="sm" className="warn">
              Not paid by it until they sign: {plan.notSigned.map(({ name }) => name).join(', ')}
            </Text>
          )}
        </span>
      </div>
    ))}
  </Sheet>
);

const Approvals = ({ run }: { run: Run }) => (
  <Sheet title="Approvals">
    {run.approvalList.map((approval) => (
      <div key={approval.id} className="row-link">
        <span className="grow">
          {approval.member.name}
          {approval.scope !== 'all' && `, for ${approval.scope}`}
          {approval.note && <span className="dim"> “{approval.note}”</span>}
        </span>
        <span className={approval.counts ? 'dim' : 'warn'}>
          {approval.counts ? dayOfInstant(approval.approvedAt) : 'of other lines: counts no more'}
        </span>
      </div>
    ))}
  </Sheet>
);

const Postings = ({ run }: { run: Run }) => (
  <Sheet title="In the ledger" actions={<Go href={paths.costs({ category: 'commissions' })}>Costs</Go>}>
    {run.postings.map((posting) => (
      <div key={posting.costId} className="row-link">
        <span className="grow">{posting.member.name}</span>
        <span className="dim">{day(posting.postedOn)}</span>
        <span className="figure-text">{money(posting.amount, posting.currency)}</span>
      </div>
    ))}
  </Sheet>
);
