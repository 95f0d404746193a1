import { Button, CopyButton, Group } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import type { Period, PeriodDetail } from '#features/returns/contract/ledger.ts';
import { get } from '#ui/api/client.ts';
import { count, instant, majorUnits, month, today } from '#ui/formats.ts';
import { saveCsv } from '#ui/kit/csv.ts';
import { Deed } from '#ui/kit/Deed.tsx';
import { Go } from '#ui/kit/Go.tsx';
import { Sheet } from '#ui/kit/Page.tsx';
import { Answer } from '#ui/kit/States.tsx';
import { paths } from '#ui/paths.ts';
import { PeriodCategories } from './PeriodCategories.tsx';
import type { Chain } from './periodChain.ts';

interface PeriodSheetProps {
  period: Period;
  chain: Chain;
  /** Chosen by the reader: brought into sight, where it stands below the list. */
  asked: boolean;
  open(url: string, about: string): void;
  close(): void;
  reopen(): void;
}

/** One month: its sums by category, what stands in the way of closing it, or what it was closed with. */
export function PeriodSheet({ period, chain, asked, open, close, reopen }: PeriodSheetProps) {
  const place = useRef<HTMLDivElement>(null);
  const detail = useQuery({
    queryKey: ['returns', 'periods', period.month],
    queryFn: ({ signal }) => get<PeriodDetail>(`/periods/${period.month}`, {}, signal),
  });
  useEffect(() => {
    if (asked) place.current?.scrollIntoView({ block: 'nearest' });
  }, [asked]);
  return (
    <div ref={place} className="period-panel">
      <Sheet
        title={month(period.month)}
        actions={
          <Group gap={6} wrap="nowrap">
            {detail.data && (
              <Button size="xs" variant="default" onClick={() => saveCsv(`costs-${period.month}.csv`, csvOf(detail.data))}>
                CSV
              </Button>
            )}
            {period.state === 'open' ? (
              <Deed size="xs" whyNot={chain.whyNot} onClick={close}>
                Close…
              </Deed>
            ) : (
              <Deed size="xs" variant="default" whyNot={period.reopen.whyNot} onClick={reopen}>
                Reopen…
              </Deed>
            )}
          </Group>
        }
        padded
      >
        <Answer of={detail} what="The month" lines={8}>
          {(answer) => (
            <div className="stack">
              {answer.state === 'open' ? <InTheWay answer={answer} open={open} /> : <Sealed answer={answer} />}
              <PeriodCategories answer={answer} open={open} />
              <Keys answer={answer} />
              <Closings answer={answer} />
            </div>
          )}
        </Answer>
      </Sheet>
    </div>
  );
}

function InTheWay({ answer: { problems, hints, month: name }, open }: { answer: PeriodDetail; open: PeriodSheetProps['open'] }) {
  if (problems.length === 0 && hints.length === 0) return <div className="notice">Nothing stands in the way of closing it.</div>;
  return (
    <>
      {problems.length > 0 && (
        <div className={`notice ${name < today().slice(0, 7) ? 'warn' : ''}`}>
          {problems.map(({ says, recordsUrl }) => (
            <div key={says}>
              {says}{' '}
              {recordsUrl && (
                <>
                  <button type="button" className="as-link" onClick={() => open(recordsUrl, says)}>
                    Show them
                  </button>{' '}
                  <Go href={paths.costSettings('rates')}>Enter rates</Go>
                </>
              )}
            </div>
          ))}
        </div>
      )}
      {hints.length > 0 && (
        <div className="notice">
          Worth a look before closing:
          <ul className="plain-list">
            {hints.map((hint) => (
              <li key={hint}>{hint}</li>
            ))}
          </ul>
        </div>
      )}
    </>
  );
}

/** What finance can check: the sums stand as they were closed, and the hash tells whether an entry is another than then. */
function Sealed({ answer: { closedAt, closedBy, hash, entries } }: { answer: PeriodDetail }) {
  return (
    <div className="notice">
      Closed {instant(closedAt)}
      {closedBy && ` by ${closedBy.name}`}, with {count(entries)} {entries === 1 ? 'entry' : 'entries'}. It takes no more; what is found
      later is posted on the first open day.
      {hash ? (
        <div className="seal">
          <span className="dim">SHA-256 of its entries</span>
          <code>{hash}</code>
          <CopyButton value={hash}>
            {({ copied, copy }) => (
              <Button size="compact-xs" variant="default" onClick={copy}>
                {copied ? 'Copied' : 'Copy'}
              </Button>
            )}
          </CopyButton>
          <span className="dim small-print">
            <code>accord verify</code> computes it anew and says when an entry is not as it was closed.
          </span>
        </div>
      ) : (
        <div className="dim small-print">The hash of its entries is shown to those who may see all of them.</div>
      )}
    </div>
  );
}

function Keys({ answer: { keys, month: name } }: { answer: PeriodDetail }) {
  if (keys.length === 0) return null;
  return (
    <p className="small-print" style={{ margin: 0 }}>
      <span className="dim">Shared costs are spread by </span>
      {keys.map(({ keyId, name: called, number }, at) => (
        <span key={keyId}>
          {at > 0 && ', '}
          <Go href={`${paths.costSettings('keys')}?key=${keyId}&month=${name}`}>{called}</Go>
          <span className="dim"> (version {number})</span>
        </span>
      ))}
    </p>
  );
}

/** Every closing stays on record, and why it was undone. */
function Closings({ answer: { closings } }: { answer: PeriodDetail }) {
  const former = closings.filter(({ reopenedAt }) => reopenedAt !== null);
  if (former.length === 0) return null;
  return (
    <div>
      <h3 className="part-head">Closed before</h3>
      <ul className="plain-list">
        {former.map(({ closedAt, closedBy, reopenedAt, reopenedBy, reopenedBecause }) => (
          <li key={closedAt} className="wrap-any">
            {instant(closedAt)} by {closedBy?.name ?? 'somebody'}; reopened {instant(reopenedAt)} by {reopenedBy?.name ?? 'somebody'}: “
            {reopenedBecause}”
          </li>
        ))}
      </ul>
    </div>
  );
}

const csvOf = ({ categories, currency, month: name, total }: PeriodDetail): (string | number)[][] => [
  ['month', 'side', 'category', `amount (${currency})`, 'entries'],
  ...categories.map(({ side, label, amount, entries }) => [name, side, label, majorUnits(amount, currency), entries]),
  [name, 'both', 'total', majorUnits(total, currency), categories.reduce((sum, { entries }) => sum + entries, 0)],
];
