import { Badge, Button, Group, Text } from '@mantine/core';
import { useState } from 'react';
import { assumedCalendar, type CalendarItem, type CalendarList } from '#features/agreement/contract/calendars.ts';
import { remove } from '#ui/api/client.ts';
import { useMe, useRights } from '#ui/api/session.ts';
import { addDays, count, day, plural, today } from '#ui/formats.ts';
import { Sheet } from '#ui/kit/Page.tsx';
import { Answer, Empty } from '#ui/kit/States.tsx';
import { tell, tellProblem } from '#ui/kit/toast.tsx';
import { CalendarEditor, type Draft } from './CalendarEditor.tsx';
import { askAgain, useCalendars } from './useCalendars.ts';
import { hoursAWeek, weekSentence } from './week.ts';

/** The company's calendars, and what counts while there is none. */
export function CalendarSheet() {
  const may = useRights().may('calendars.write');
  const { workspace } = useMe();
  const calendars = useCalendars();
  const [editing, setEditing] = useState<Draft | null>(null);
  const begin = (list: CalendarList | undefined): void => {
    const start = assumedCalendar(workspace.timeZone);
    setEditing({ ...start, ...(list?.items.length && { name: '', isDefault: false }), id: null, members: [] });
  };
  return (
    <Sheet
      title="Calendars"
      actions={
        may && (
          <Button size="compact-sm" onClick={() => begin(calendars.data)} disabled={!calendars.data}>
            Add a calendar
          </Button>
        )
      }
    >
      <Answer of={calendars} what="The calendars" lines={3}>
        {({ items, assumed }) => (
          <>
            {items.map((calendar) => (
              <CalendarRow key={calendar.id} calendar={calendar} may={may} onEdit={() => setEditing(calendar)} />
            ))}
            {items.length === 0 && assumed && (
              <Empty title="No calendar yet">
                Clocks run {weekSentence(assumed.weekly)} in {assumed.timeZone} until there is one.
              </Empty>
            )}
          </>
        )}
      </Answer>
      {editing && <CalendarEditor start={editing} onClose={() => setEditing(null)} />}
    </Sheet>
  );
}

function CalendarRow({ calendar, may, onEdit }: { calendar: CalendarItem; may: boolean; onEdit(): void }) {
  const { name, timeZone, weekly, members, isDefault } = calendar;
  const putAway = (): Promise<void> =>
    remove(`/calendars/${calendar.id}`).then(() => {
      tell(`“${name}” is put away${members.length > 0 ? '; who worked by it works by the default' : ''}.`);
      void askAgain();
    }, tellProblem);
  return (
    <div className="row-link" style={{ alignItems: 'flex-start', flexWrap: 'wrap' }}>
      <div style={{ flex: '1 1 260px', minWidth: 0 }}>
        <Group gap="xs">
          <span style={{ fontWeight: 500 }} className="wrap-any">
            {name}
          </span>
          {isDefault && <Badge variant="light">Default</Badge>}
        </Group>
        <Text size="sm">{weekSentence(weekly)}</Text>
        <Text size="sm" c="dimmed">
          {timeZone} · {count(hoursAWeek(weekly))} h a week · {plural(calendar.holidays.length, 'day')} off
          {members.length > 0 && ` · ${plural(members.length, 'member')}: ${namesOf(members)}`}
          {members.length === 0 && !isDefault && ' · nobody works by it'}
        </Text>
        <RunningOut holidays={calendar.holidays} />
      </div>
      {may && (
        <Group gap={6}>
          <Button size="compact-sm" variant="default" aria-label={`Change ${name}`} onClick={onEdit}>
            Change
          </Button>
          <Button size="compact-sm" variant="default" aria-label={`Put away ${name}`} onClick={() => void putAway()}>
            Put away
          </Button>
        </Group>
      )}
    </div>
  );
}

const namesOf = (members: CalendarItem['members']): string =>
  `${members
    .slice(0, 8)
    .map(({ name }) => name)
    .join(', ')}${members.length > 8 ? '…' : ''}`;

/** A list of holidays that ends soon would let clocks run through the next ones. */
function RunningOut({ holidays }: Pick<CalendarItem, 'holidays'>) {
  const last = holidays.at(-1)?.on;
  if (last === undefined || last > addDays(today(), 120)) return null;
  return (
    <Text size="sm" className="warn">
      The last day off known here is {day(last)}: add those of further years.
    </Text>
  );
}
