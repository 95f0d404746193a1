import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { z } from 'zod';
import type { AgreementContent } from '#engine/agreement/clause.ts';
import { post } from '#ui/api/client.ts';
import { count } from '#ui/formats.ts';
import { Explain } from '#ui/kit/Explain.tsx';
import { Sheet } from '#ui/kit/Page.tsx';
import { Answer } from '#ui/kit/States.tsx';
import { WholeNumber } from '#ui/kit/WholeNumber.tsx';
import type { capacityAnswer } from '../../contract.ts';

type Capacity = z.output<typeof capacityAnswer>;

interface Assumed {
  reps?: number;
  sellingHoursPerMonth?: number;
  minutesPerAttempt?: number;
  utilisation?: number;
}

/** Whether the reps can keep what is promised, while it is being written. What is assumed can be tried otherwise. */
export function CapacityPanel({ content }: { content: AgreementContent }) {
  const [assumed, setAssumed] = useState<Assumed>({});
  const [asked] = useDebouncedValue({ content, ...assumed }, 500);
  const answer = useQuery({
    queryKey: ['agreement', 'capacity', asked],
    queryFn: () => post<Capacity>('/agreement/capacity', asked),
    placeholderData: keepPreviousData,
    enabled: asked.content.clauses.length > 0,
  });
  return (
    <Sheet
      title="Can the reps keep this?"
      actions={
        answer.data && (
          <Explain label="How capacity is counted">
            <p>{answer.data.formula}</p>
            <ul className="notes">
              {answer.data.assumptions.map((each) => (
                <li key={each}>{each}</li>
              ))}
            </ul>
          </Explain>
        )
      }
      padded
    >
      {content.clauses.length === 0 ? (
        <p className="dim">Told once something is promised.</p>
      ) : (
        <Answer of={answer} what="The capacity" lines={4}>
          {(capacity) => (
            <div style={{ opacity: answer.isPlaceholderData ? 0.6 : 1 }} aria-busy={answer.isPlaceholderData}>
              <Verdict capacity={capacity} />
              <Assumptions capacity={capacity} onChange={(changes) => setAssumed((before) => ({ ...before, ...changes }))} />
            </div>
          )}
        </Answer>
      )}
    </Sheet>
  );
}

function Verdict({ capacity }: { capacity: Capacity }) {
  const load = capacity.loadPercent;
  return (
    <div aria-live="polite">
      <p className="capacity-verdict">
        <strong className={capacity.holds ? 'good' : 'bad'}>
          {capacity.holds ? 'Yes' : capacity.reps === 0 ? 'There are no reps' : 'No'}
        </strong>
        {capacity.reps > 0 && (
          <>
            : {count(Math.round(capacity.neededHours))} of {count(Math.round(capacity.availableHours))} hours a month
          </>
        )}
      </p>
      <div
        className="meter"
        role="meter"
        aria-label="Hours needed of those there are"
        aria-valuenow={Math.round(load ?? 0)}
        aria-valuemin={0}
        aria-valuemax={100}
      >
        <span
          className={`meter-fill ${capacity.holds ? 'meter-sales' : 'meter-over'}`}
          style={{ width: `${Math.min(100, load ?? 100)}%` }}
        />
      </div>
      <p className="dim capacity-words">
        {count(Math.round(capacity.expectedPerMonth))} leads a month are expected, {count(Math.round(capacity.leadsPerMonth))} can be
        worked: {count(capacity.attemptsPerLead)} attempts of {count(capacity.minutesPerAttempt)} minutes each.
      </p>
    </div>
  );
}

function Assumptions({ capacity, onChange }: { capacity: Capacity; onChange(changes: Assumed): void }) {
  return (
    <div className="capacity-inputs">
      <WholeNumber label="Reps" value={capacity.reps} onChange={(reps) => reps !== null && onChange({ reps })} max={100_000} width="100%" />
      <WholeNumber
        label="Selling hours a month"
        value={Math.round(capacity.sellingHoursPerMonth)}
        onChange={(hours) => hours !== null && onChange({ sellingHoursPerMonth: hours })}
        max={744}
        width="100%"
      />
      <WholeNumber
        label="Minutes an attempt"
        value={capacity.minutesPerAttempt}
        onChange={(minutes) => minutes !== null && onChange({ minutesPerAttempt: minutes })}
        max={600}
        decimals={1}
        width="100%"
      />
      <WholeNumber
        label="Share for leads"
        suffix=" %"
        value={Math.round(capacity.utilisationPercent)}
        onChange={(share) => share !== null && onChange({ utilisation: share / 100 })}
        min={5}
        max={100}
        width="100%"
      />
    </div>
  );
}
