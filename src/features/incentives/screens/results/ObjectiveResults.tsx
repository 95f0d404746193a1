import { Button } from '@mantine/core';
import { useState } from 'react';
import { dayOfInstant } from '#ui/formats.ts';
import { Sheet } from '#ui/kit/Page.tsx';
import { type MissingResult, type ObjectiveResult, useMissingResults, useResults } from '../asking.ts';
import { RecordResult } from './RecordResult.tsx';

/** Results of somebody's objectives, who recorded each and what shows it; and those that the reader has yet to record. */
export function ObjectiveResults({ memberId }: { memberId: string }) {
  const missing = useMissingResults();
  const results = useResults(memberId);
  const [recording, setRecording] = useState<MissingResult | null>(null);
  const known = (results.data?.pages ?? []).flatMap(({ items }) => items);
  const wanted = missing.data?.items ?? [];
  if (wanted.length === 0 && known.length === 0) return null;
  return (
    <Sheet title="Results of objectives" id="results">
      {wanted.map((each) => (
        <div key={`${each.planId} ${each.objective} ${each.payee.id}`} className="row-link">
          <span className="grow">
            {each.payee.name}: {each.says} <span className="dim">({each.planName})</span>
          </span>
          <Button size="compact-sm" variant="default" onClick={() => setRecording(each)}>
            Record
            <span className="visually-hidden">
              {' '}
              “{each.says}” of {each.payee.name}
            </span>
          </Button>
        </div>
      ))}
      {known.length > 0 && <Recorded items={known} />}
      {recording && <RecordResult missing={recording} onClose={() => setRecording(null)} />}
    </Sheet>
  );
}

function Recorded({ items }: { items: readonly ObjectiveResult[] }) {
  return (
    <div className="table-scroll" tabIndex={0} role="region" aria-label="Recorded results">
      <table className="plain stacked">
        <thead>
          <tr>
            {['Objective', 'Reached', 'What shows it', 'Recorded'].map((head) => (
              <th key={head} scope="col">
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {items.map((each) => (
            <tr key={each.id}>
              <th scope="row">
                {each.says} <span className="dim">({each.payee.name})</span>
              </th>
              <td data-label="Reached">
                {each.resultPercent} %{!each.counts && <span className="dim"> (a later one counts)</span>}
              </td>
              <td data-label="What shows it" className="wrap-any">
                {each.evidence}
              </td>
              <td data-label="Recorded">
                {each.recordedBy.name}, {dayOfInstant(each.recordedAt)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
