import { Select } from '@mantine/core';
import { useState } from 'react';
import { WholeNumber } from '#ui/kit/WholeNumber.tsx';

const most = 100_000;

/** Working time in minutes or hours, as one speaks of it. */
export function Duration({ minutes, onChange }: { minutes: number; onChange(minutes: number): void }) {
  const [unit, setUnit] = useState(minutes >= 120 && minutes % 60 === 0 ? 60 : 1);
  return (
    <div className="form-line">
      <WholeNumber
        label="Within"
        value={minutes / unit}
        onChange={(count) => count !== null && onChange(Math.round(count * unit))}
        min={unit === 1 ? 1 : 0.5}
        max={Math.floor(most / unit)}
        decimals={unit === 1 ? 0 : 2}
        width={90}
      />
      <Select
        aria-label="Unit"
        data={[
          { value: '1', label: 'working minutes' },
          { value: '60', label: 'working hours' },
        ]}
        value={String(unit)}
        allowDeselect={false}
        onChange={(chosen) => setUnit(Number(chosen))}
        w={160}
        mt="auto"
      />
    </div>
  );
}
