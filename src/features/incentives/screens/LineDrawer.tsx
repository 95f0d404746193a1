import { Drawer, Group } from '@mantine/core';
import { useState } from 'react';
import type { StatementLine } from '#features/incentives/contract/statements.ts';
import { day, month, money } from '#ui/formats.ts';
import { Deed } from '#ui/kit/Deed.tsx';
import { Go } from '#ui/kit/Go.tsx';
import { useFocusBack } from '#ui/kit/useFocusBack.ts';
import { paths } from '#ui/paths.ts';
import { RaiseDispute } from './disputes/RaiseDispute.tsx';
import { DisputeMark } from './disputes/DisputeMark.tsx';
import { OpeningRow } from './openingLink.tsx';

/** One line: the rule with its numbers, the version it stands in, and the very facts behind it. */
export function LineDrawer({ line, onClose }: { line: StatementLine; onClose(): void }) {
  useFocusBack();
  const [doubting, setDoubting] = useState(false);
  return (
    <Drawer opened onClose={onClose} position="right" size="min(720px, 100%)" title={`${money(line.amount, line.currency)}: ${line.says}`}>
      <dl className="facts">
        <dt>Plan</dt>
        <dd>
          <Go href={paths.incentivePlan(line.plan.versionId)}>
            {line.plan.name}, version {line.plan.number}
          </Go>
        </dd>
        <dt>For</dt>
        <dd>
          {month(line.periodStart)}
          {line.isCorrection && ' (a correction: what was paid then stays as it is)'}
        </dd>
        {line.dispute && (
          <>
            <dt>Dispute</dt>
            <dd>
              <DisputeMark status={line.dispute.status} />{' '}
              {line.dispute.status === 'open' && `answer due ${day(line.dispute.dueAt.slice(0, 10))}`}
            </dd>
          </>
        )}
      </dl>
      <Facts line={line} />
      <Group mt="md">
        <Deed variant="default" whyNot={line.can.dispute} onClick={() => setDoubting(true)}>
          Dispute this line
        </Deed>
      </Group>
      {doubting && <RaiseDispute line={line} onClose={() => setDoubting(false)} />}
    </Drawer>
  );
}

function Facts({ line: { opens } }: { line: StatementLine }) {
  if (opens.length === 0) return <p className="dim">No record stands behind this line: it follows from the plan alone.</p>;
  return (
    <div className="table-scroll" tabIndex={0} role="region" aria-label="What it rests on">
      <table className="plain stacked">
        <thead>
          <tr>
            <th scope="col">Rests on</th>
            <th scope="col">Day</th>
            <th scope="col" className="figure">
              Amount
            </th>
          </tr>
        </thead>
        <tbody>
          {opens.map((opening, at) => (
            <OpeningRow key={`${opening.kind} ${opening.id ?? at}`} opening={opening} />
          ))}
        </tbody>
      </table>
    </div>
  );
}
