import { Button, Group } from '@mantine/core';
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { monthOf, monthsBetween, monthsLater } from '#features/returns/contract/months.ts';
import type { BudgetList } from '#features/returns/contract/plans.ts';
import { get } from '#ui/api/client.ts';
import { month, today } from '#ui/formats.ts';
import { Page } from '#ui/kit/Page.tsx';
import { useUrlSearch } from '#ui/kit/search.ts';
import { Answer } from '#ui/kit/States.tsx';
import { ReturnsTabs } from '../ReturnsTabs.tsx';
import { useBasis } from './asking.ts';
import { BudgetForm } from './BudgetForm.tsx';
import { LedgerDrawer } from './LedgerDrawer.tsx';
import './ledger.css';
import { useLedgerDrawer } from './useLedgerDrawer.ts';
import { VarianceSheet } from './VarianceSheet.tsx';

/** What is planned, month by month, and what was spent against it. */
export function Budget() {
  const [search, change] = useUrlSearch();
  const drawer = useLedgerDrawer();
  const start = firstMonth(search['start']);
  const end = monthsLater(start, 11);
  const basis = useBasis();
  const budget = useQuery({
    queryKey: ['returns', 'budget', start, end],
    queryFn: ({ signal }) => get<BudgetList>('/budgets', { start, end }, signal),
    placeholderData: keepPreviousData,
  });
  const show = (first: string): void => change({ start: first, end: null });
  return (
    <Page title="Budget">
      <ReturnsTabs />
      <Group gap="xs" mb="md" wrap="nowrap" role="group" aria-label="Which months">
        <Button
          size="xs"
          variant="default"
          leftSection={<IconChevronLeft size={16} aria-hidden />}
          onClick={() => show(monthsLater(start, -12))}
        >
          {yearText(monthsLater(start, -12))}
        </Button>
        <strong className="no-break">
          {month(start)} to {month(end)}
        </strong>
        <Button
          size="xs"
          variant="default"
          rightSection={<IconChevronRight size={16} aria-hidden />}
          onClick={() => show(monthsLater(start, 12))}
        >
          {yearText(monthsLater(start, 12))}
        </Button>
      </Group>
      <div className="stack">
        <VarianceSheet start={start} end={end} search={search} change={change} open={drawer.open} />
        <Answer of={budget} what="The budget" lines={12}>
          {(answer) => (
            <div style={{ opacity: budget.isPlaceholderData ? 0.6 : 1 }} aria-busy={budget.isPlaceholderData}>
              <BudgetForm key={start} answer={answer} months={monthsBetween(start, end)} basis={basis} />
            </div>
          )}
        </Answer>
      </div>
      <LedgerDrawer drawer={drawer} />
    </Page>
  );
}

/** The address may say a month or a day; a year that begins elsewhere than in January can be asked for. */
function firstMonth(asked: string | undefined): string {
  const found = /^\d{4}-(0[1-9]|1[0-2])/.exec(asked ?? '')?.[0];
  return found && found === asked ? found : `${(found ?? monthOf(today())).slice(0, 4)}-01`;
}

/** `2026`, or `2026/27` where twelve months reach over two years. */
const yearText = (start: string): string =>
  start.endsWith('-01') ? start.slice(0, 4) : `${start.slice(0, 4)}/${monthsLater(start, 11).slice(2, 4)}`;
