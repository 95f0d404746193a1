import { Checkbox, Group, TextInput } from '@mantine/core';
import { type ChoicesChange, type OwnChoices, type QuietHours, usualQuietHours } from '#features/notices/contract/choices.ts';
import { Sheet } from '#ui/kit/Page.tsx';

/** When nothing is to reach me outside the app, in the zone of my calendar. */
export function QuietHoursSheet({ own, change }: { own: OwnChoices; change(changed: ChoicesChange): void }) {
  const { quietHours, timeZone } = own;
  const set = (changed: Partial<QuietHours>): void => change({ quietHours: { ...(quietHours ?? usualQuietHours), ...changed } });
  return (
    <Sheet title="Quiet hours" padded>
      <Checkbox
        label="Mail and chat wait while it is quiet"
        description="What is told in the app is there at once; it does not ring outside."
        checked={quietHours !== null}
        onChange={(event) => change({ quietHours: event.currentTarget.checked ? usualQuietHours : null })}
      />
      {quietHours && (
        <>
          <Group mt="sm" gap="md" align="flex-end">
            <Time label="From" value={quietHours.from} set={(from) => set({ from })} />
            <Time label="Until" value={quietHours.until} set={(until) => set({ until })} />
            <span className="dim small-print">{timeZone}, the zone of your calendar</span>
          </Group>
          <Checkbox
            mt="sm"
            label="And on days off"
            description="Weekends, holidays and leave by your calendar."
            checked={quietHours.freeDays}
            onChange={(event) => set({ freeDays: event.currentTarget.checked })}
          />
        </>
      )}
    </Sheet>
  );
}

function Time({ label, value, set }: { label: string; value: string; set(value: string): void }) {
  return (
    <TextInput
      key={value}
      type="time"
      label={label}
      defaultValue={value}
      onBlur={(event) => {
        const typed = event.currentTarget.value;
        if (/^\d\d:\d\d$/.test(typed) && typed !== value) set(typed);
      }}
      w={120}
    />
  );
}
