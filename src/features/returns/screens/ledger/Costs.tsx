import { Group } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import type { CostSummary } from '#features/returns/contract/ledger.ts';
import { useRights } from '#ui/api/session.ts';
import { Deed } from '#ui/kit/Deed.tsx';
import { Go } from '#ui/kit/Go.tsx';
import { Page } from '#ui/kit/Page.tsx';
import { Answer } from '#ui/kit/States.tsx';
import { paths } from '#ui/paths.ts';
import { ReturnsTabs } from '../ReturnsTabs.tsx';
import { AddCost } from './AddCost.tsx';
import { useCostSummary } from './asking.ts';
import { CostScopeBar } from './CostScopeBar.tsx';
import { EntriesSheet } from './EntriesSheet.tsx';
import { LedgerDrawer } from './LedgerDrawer.tsx';
import './ledger.css';
import { NoCosts } from './NoCosts.tsx';
import { ReleasedPay } from './ReleasedPay.tsx';
import { type CostScope, scopeQuery, useCostScope } from './scope.ts';
import { SpendByMonth } from './SpendByMonth.tsx';
import { SpendHead } from './SpendHead.tsx';
import { SummarySheet } from './SummarySheet.tsx';
import { type LedgerDrawerState, useLedgerDrawer } from './useLedgerDrawer.ts';
import { WaitingForRates } from './WaitingForRates.tsx';

/** What both sides cost: in one sentence, month by month, split by whatever one asks, and entry by entry. */
export function Costs() {
  const [scope, change, search] = useCostScope();
  const drawer = useLedgerDrawer();
  const mayPost = useRights().may('costs.post');
  const [adding, setAdding] = useState(false);
  const asked = { ...scopeQuery(scope), by: scope.by, allocated: scope.allocated };
  const summary = useCostSummary(asked);
  return (
    <Page
      title="Costs"
      actions={
        <Group gap="sm">
          <Go href={paths.costSettings()}>Recurring, rates, keys</Go>
          <Go href={paths.imports()}>Import</Go>
          <Deed
            leftSection={<IconPlus size={16} aria-hidden />}
            whyNot={mayPost ? null : 'Entries are posted by heads: a manager, an admin or the owner.'}
            onClick={() => setAdding(true)}
          >
            Add a cost
          </Deed>
        </Group>
      }
    >
      <ReturnsTabs />
      <CostScopeBar scope={scope} change={change} answer={summary.data} />
      <Answer of={summary} what="The costs" lines={12}>
        {(answer) =>
          isEmpty(answer) ? (
            <NoCosts scope={scope} change={change} add={mayPost ? () => setAdding(true) : null} />
          ) : (
            <div style={{ opacity: summary.isPlaceholderData ? 0.6 : 1 }} aria-busy={summary.isPlaceholderData}>
              <Ledger answer={answer} scope={scope} search={search} change={change} drawer={drawer} />
            </div>
          )
        }
      </Answer>
      {adding && <AddCost onClose={() => setAdding(false)} />}
      <LedgerDrawer drawer={drawer} />
    </Page>
  );
}

interface LedgerProps {
  answer: CostSummary;
  scope: CostScope;
  search: Record<string, string>;
  change(changes: Record<string, string | null>): void;
  drawer: LedgerDrawerState;
}

function Ledger({ answer, scope, search, change, drawer }: LedgerProps) {
  return (
    <div className="stack">
      <SpendHead answer={answer} open={drawer.open} />
      <WaitingForRates answer={answer} open={drawer.open} />
      <div className="ledger-columns">
        <div className="stack">
          <SpendByMonth scope={scope} open={drawer.open} />
          <ReleasedPay answer={answer} />
        </div>
        <SummarySheet answer={answer} scope={scope} change={change} open={drawer.open} />
      </div>
      <EntriesSheet scope={scope} search={search} change={change} open={drawer.openEntry} />
    </div>
  );
}

const isEmpty = ({ total, unbooked }: CostSummary): boolean => total.entries === 0 && unbooked.length === 0;
