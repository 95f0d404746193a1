import { Button } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useState } from 'react';
import type { CostCause, CostRecord } from '#features/alignment/contract/cost.ts';
import { count, day, money } from '#ui/formats.ts';
import { Go } from '#ui/kit/Go.tsx';
import { Answer, Empty } from '#ui/kit/States.tsx';
import { tellProblem } from '#ui/kit/toast.tsx';
import { paths } from '#ui/paths.ts';
import { listAllCostRecords, useCostRecords } from './asking.ts';
import type { Parted } from './CourseSheet.tsx';
import { counted, nounsOf, recordKind, segmentLabel } from './costWords.ts';
import { saveRecords } from './saveCost.ts';

interface CauseRecordsProps {
  cause: CostCause;
  by: Parted;
  part: string | null;
  currency: string;
}

const dayOf = { lead: 'Passed', deal: 'Lost', account: 'Left' } as const;

/** The very leads, deals or customers, each with what it carries and why. */
export function CauseRecords({ cause, by, part, currency }: CauseRecordsProps) {
  const params = paramsOf(cause, by, part);
  const list = useCostRecords(params);
  return (
    <Answer of={list} what="The records" lines={8}>
      {({ pages }) => {
        const items = pages.flatMap((page) => page.items);
        const { total, sum } = pages[0]!;
        if (items.length === 0) return <Empty title={`No ${nounsOf(cause.of)} of this part`} />;
        return (
          <section aria-busy={list.isPlaceholderData} style={{ opacity: list.isPlaceholderData ? 0.6 : 1 }}>
            <div className="cost-records-head">
              <h3 className="cost-head">
                {counted(total, cause.of)}, {money(sum.amount, sum.currency)}
              </h3>
              <Save cause={cause} params={params} currency={currency} />
            </div>
            <Table items={items} of={cause.of} currency={currency} />
            {list.hasNextPage && (
              <Button variant="default" mt="sm" loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
                Show more ({count(items.length)} of {count(total)})
              </Button>
            )}
          </section>
        );
      }}
    </Answer>
  );
}

/** The address of a cause’s records, narrowed to a month or a segment. */
function paramsOf({ recordsUrl }: CostCause, by: Parted, part: string | null): Record<string, string> {
  const params = Object.fromEntries(new URLSearchParams((recordsUrl ?? '').split('?')[1]));
  return part === null ? params : { ...params, [by]: part };
}

function Save({ cause, params, currency }: { cause: CostCause; params: Record<string, string>; currency: string }) {
  const [busy, setBusy] = useState(false);
  const save = async (): Promise<void> => {
    setBusy(true);
    try {
      saveRecords(cause, await listAllCostRecords(params), currency);
    } catch (error) {
      tellProblem(error, 'The file couldn’t be made');
    } finally {
      setBusy(false);
    }
  };
  return (
    <Button
      className="no-print"
      size="compact-sm"
      variant="default"
      loading={busy}
      leftSection={<IconDownload size={14} aria-hidden />}
      onClick={() => void save()}
    >
      Export
    </Button>
  );
}

function Table({ items, of, currency }: { items: readonly CostRecord[]; of: CostCause['of']; currency: string }) {
  const heads = ['Who', dayOf[of], of === 'lead' ? 'Rep' : 'Owner', 'Carries', 'Why'];
  return (
    <div className="table-scroll" tabIndex={0} role="region" aria-label="Records behind it">
      <table className="plain stacked cost-records">
        <thead>
          <tr>
            {heads.map((head) => (
              <th key={head} scope="col" className={head === 'Carries' ? 'figure' : undefined}>
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {items.map(({ id, name, company, segment, on, owner, amount, why }) => (
            <tr key={id}>
              <th scope="row">
                <Go href={paths.record(recordKind[of], id)}>{name}</Go>
                <div className="dim small-print">
                  {[company === name ? null : company, segmentLabel(segment)].filter(Boolean).join(' · ')}
                </div>
              </th>
              <td data-label={dayOf[of]} className="when">
                {day(on)}
              </td>
              <td data-label={heads[2]}>{owner?.name ?? 'nobody’s'}</td>
              <td data-label="Carries" className="figure">
                {money(amount, currency)}
              </td>
              <td data-label="Why" className="cost-why">
                {why}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
