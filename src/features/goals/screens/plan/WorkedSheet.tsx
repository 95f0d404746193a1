import { Select } from '@mantine/core';
import { useState } from 'react';
import type { SheetLine, SheetSegment, Working } from '#features/goals/contract/working.ts';
import { Explain } from '#ui/kit/Explain.tsx';
import { Sheet } from '#ui/kit/Page.tsx';
import { AssumptionsOf, AssumptionsTogether } from './Assumptions.tsx';
import { Chain } from './Chain.tsx';
import { MonthsChart } from './MonthsChart.tsx';
import { MonthsTable } from './MonthsTable.tsx';

/** What is shown of a segment, or of all of them together. */
export interface Part {
  readonly months: readonly SheetLine[];
  readonly total: Omit<SheetLine, 'month'>;
}

/** From revenue back to deals, SQLs, MQLs, value and budget: per segment and month, with where each rate comes from. */
export function WorkedSheet({ working, title = 'Worked back from revenue' }: { working: Working; title?: string }) {
  const [at, setAt] = useState('');
  if (working.tooLittle !== null)
    return (
      <Sheet title={title} padded>
        <p className="dim">It can’t be worked back yet: {working.tooLittle}</p>
      </Sheet>
    );
  const { segments, currency } = working;
  const segment: SheetSegment | undefined = segments[Number(at)];
  const part: Part = at !== '' && segment ? segment : working;
  const shownSegment = at === '' ? null : (segment ?? null);
  return (
    <Sheet
      title={title}
      actions={
        <div className="sheet-tools">
          {segments.length > 1 && (
            <Select
              size="xs"
              aria-label="Segment"
              value={at}
              onChange={(value) => setAt(value ?? '')}
              allowDeselect={false}
              data={[{ value: '', label: 'All segments' }, ...segments.map(({ label }, place) => ({ value: String(place), label }))]}
            />
          )}
          <Explain label="How it is worked back">
            <p style={{ margin: 0 }}>{working.formula}</p>
            {working.notes.map((note) => (
              <p key={note} style={{ margin: '8px 0 0' }}>
                {note}
              </p>
            ))}
          </Explain>
        </div>
      }
      padded
    >
      {shownSegment?.sparse && <p className="notice">{shownSegment.sparse}</p>}
      <Chain part={part} currency={currency} />
      <MonthsChart part={part} currency={currency} />
      <MonthsTable part={part} currency={currency} intervalPercent={working.intervalPercent} />
      <h3>Rates it rests on, and where they come from</h3>
      {shownSegment ? (
        <AssumptionsOf segment={shownSegment} currency={currency} />
      ) : (
        <AssumptionsTogether segments={segments} currency={currency} onChoose={(place) => setAt(String(place))} />
      )}
    </Sheet>
  );
}
