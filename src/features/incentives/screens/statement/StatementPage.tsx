import { Button, Group } from '@mantine/core';
import { IconPrinter } from '@tabler/icons-react';
import type { Statement } from '#features/incentives/contract/statements.ts';
import { day } from '#ui/formats.ts';
import { Go } from '#ui/kit/Go.tsx';
import { Page, Sheet } from '#ui/kit/Page.tsx';
import { usePathParam } from '#ui/kit/search.ts';
import { Answer } from '#ui/kit/States.tsx';
import { paths } from '#ui/paths.ts';
import { useStatement } from '../asking.ts';
import { IncentiveTabs } from '../IncentiveTabs.tsx';
import { LineTable } from '../LineTable.tsx';
import { MoneySums } from '../MoneySums.tsx';
import { PoolSheet } from '../PoolSheet.tsx';

/** What one person gets by one run, line by line, to read and to print. */
export function StatementPage() {
  const [runId = '', memberId = ''] = usePathParam('id').split('~');
  const statement = useStatement(runId, memberId);
  const title = statement.data ? `${statement.data.payee.name}, ${statement.data.label}` : 'Statement';
  return (
    <Page
      title={title}
      heading={title}
      actions={
        statement.data && (
          <Group gap={8} className="no-print">
            <Mark statement={statement.data} />
            <Button variant="default" leftSection={<IconPrinter size={16} aria-hidden />} onClick={() => window.print()}>
              Print
            </Button>
          </Group>
        )
      }
    >
      <IncentiveTabs />
      <Answer of={statement} what="The statement" lines={10}>
        {(known) => <Known statement={known} />}
      </Answer>
    </Page>
  );
}

const Mark = ({ statement: { payable, status } }: { statement: Statement }) => (
  <span className={`state ${payable && status === 'locked' ? 'state-good' : 'state-waiting'}`}>
    {!payable ? 'Shadow: not paid' : status === 'locked' ? 'Locked' : 'Draft'}
  </span>
);

function Known({ statement }: { statement: Statement }) {
  const { lines, pools, notes, sums, own, corrections, periodStart, periodEnd } = statement;
  return (
    <div className="stack">
      {!statement.payable && (
        <p className="notice shadow-notice">A shadow run: it shows what a plan would have paid. Nothing of it is paid.</p>
      )}
      <p className="lead-sentence">
        <MoneySums sums={sums} none="Nothing" /> for {day(periodStart)} to {day(periodEnd)}
        {corrections.length > 0 && (
          <>
            : <MoneySums sums={own} none="nothing" /> for the period itself, <MoneySums sums={corrections} /> to correct earlier ones
          </>
        )}
        . <Go href={paths.payoutRun(statement.runId)}>The run</Go>
      </p>
      <Sheet title="Lines">
        {lines.length === 0 ? <p className="sheet-body dim">No line.</p> : <LineTable lines={lines} label="Lines of the statement" />}
      </Sheet>
      {notes.length > 0 && (
        <ul className="notice">
          {notes.map((note) => (
            <li key={note}>{note}</li>
          ))}
        </ul>
      )}
      {pools.map((pool) => (
        <PoolSheet key={pool.versionId} pool={pool} />
      ))}
    </div>
  );
}
