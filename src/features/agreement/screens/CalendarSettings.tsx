import { CalendarSheet } from './calendars/CalendarSheet.tsx';
import { LeaveSheet } from './calendars/LeaveSheet.tsx';

/** When the company works: what every clock of the agreement runs in. */
export function CalendarSettings() {
  return (
    <div className="page-narrow stack">
      <CalendarSheet />
      <LeaveSheet />
    </div>
  );
}
