import { Checkbox, TextInput } from '@mantine/core';
import { addDays, today } from '#ui/formats.ts';

/** Whether it goes before both sides at once, to count from a day, or stays a draft to be worked on. */
export function CountFrom({ day, change, error }: { day: string | null; change(day: string | null): void; error?: string | undefined }) {
  return (
    <div className="stack" style={{ gap: 8 }}>
      <Checkbox
        label="Put it before both sides to sign now"
        description="Else it stays a draft, to be worked on after the meeting."
        checked={day !== null}
        onChange={(event) => change(event.currentTarget.checked ? addDays(today(), 7) : null)}
      />
      {day !== null && (
        <TextInput
          type="date"
          label="To count from"
          description="Once both have signed, and not before."
          value={day}
          min={today()}
          w={300}
          error={error}
          onChange={(event) => change(event.currentTarget.value || today())}
        />
      )}
    </div>
  );
}
