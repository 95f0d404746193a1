import { ActionIcon, Button, Group, Text, TextInput } from '@mantine/core';
import { IconPlus, IconX } from '@tabler/icons-react';
import { useEffect, useRef } from 'react';
import { type Weekday, weekdays } from '#engine/calendar/calendar.ts';
import { wrongIntervals } from '#engine/calendar/reading.ts';
import type { Week } from '#features/agreement/contract/calendars.ts';
import { readTime, weekdayNames } from './week.ts';

/** The hours of each weekday: several intervals a day, all by keyboard. */
export function WeekEditor({ week, onChange }: { week: Week; onChange(week: Week): void }) {
  return (
    <fieldset className="week">
      <legend>Working hours</legend>
      {weekdays.map((day) => (
        <DayRow
          key={day}
          day={day}
          hours={week[day]}
          onChange={(hours) => onChange({ ...week, [day]: hours })}
          {...(day === 'mon' && week.mon.length > 0 && { onSpread: () => onChange(likeMonday(week)) })}
        />
      ))}
    </fieldset>
  );
}

const likeMonday = (week: Week): Week => ({ ...week, tue: week.mon, wed: week.mon, thu: week.mon, fri: week.mon });

type Hours = Week[Weekday];

interface DayProps {
  day: Weekday;
  hours: Hours;
  onChange(hours: Hours): void;
  onSpread?: () => void;
}

function DayRow({ day, hours, onChange, onSpread }: DayProps) {
  const row = useRef<HTMLDivElement>(null);
  const focusOn = useRef<string | null>(null);
  const name = weekdayNames[day];
  const wrong = wrongIntervals(hours);
  // What was added is where one types next; what was removed leaves the place to add.
  useEffect(() => {
    if (focusOn.current === null) return;
    row.current?.querySelector<HTMLElement>(`[data-place="${focusOn.current}"]`)?.focus();
    focusOn.current = null;
  });
  const add = (): void => {
    focusOn.current = `from-${hours.length}`;
    onChange([...hours, nextInterval(hours)]);
  };
  const removeAt = (at: number): void => {
    focusOn.current = 'add';
    onChange(hours.filter((_, other) => other !== at));
  };
  const set = (at: number, end: 0 | 1, time: string): void =>
    onChange(
      hours.map((interval, other): [string, string] => (other !== at ? interval : end === 0 ? [time, interval[1]] : [interval[0], time])),
    );
  return (
    <div className="week-day" ref={row} role="group" aria-label={name}>
      <span className="week-name">{name}</span>
      <div className="week-hours">
        {hours.map(([from, to], at) => (
          <Group key={at} gap={6} wrap="nowrap">
            <TimeField
              label={`${name}, interval ${at + 1}, from`}
              place={`from-${at}`}
              value={from}
              onChange={(time) => set(at, 0, time)}
            />
            <span aria-hidden>–</span>
            <TimeField label={`${name}, interval ${at + 1}, to`} place={`to-${at}`} value={to} onChange={(time) => set(at, 1, time)} />
            <ActionIcon aria-label={`${name}: remove ${from} to ${to}`} color="gray" onClick={() => removeAt(at)}>
              <IconX size={16} />
            </ActionIcon>
          </Group>
        ))}
        {hours.length === 0 && (
          <Text size="sm" c="dimmed">
            Closed
          </Text>
        )}
        {wrong && (
          <Text size="xs" className="bad" role="alert">
            {wrong}
          </Text>
        )}
      </div>
      <Group gap={6}>
        <Button
          size="compact-sm"
          variant="default"
          leftSection={<IconPlus size={14} />}
          data-place="add"
          aria-label={`${name}: add hours`}
          onClick={add}
        >
          Hours
        </Button>
        {onSpread && (
          <Button size="compact-sm" variant="subtle" onClick={onSpread}>
            Same to Friday
          </Button>
        )}
      </Group>
    </div>
  );
}

function TimeField({ label, place, value, onChange }: { label: string; place: string; value: string; onChange(time: string): void }) {
  return (
    <TextInput
      aria-label={label}
      data-place={place}
      value={value}
      w={74}
      inputMode="numeric"
      maxLength={5}
      onFocus={(event) => event.currentTarget.select()}
      onChange={(event) => onChange(event.currentTarget.value)}
      onBlur={() => onChange(readTime(value))}
    />
  );
}

/** After the last one, or a morning. */
function nextInterval(hours: Hours): [string, string] {
  const end = hours.at(-1)?.[1];
  if (end === undefined) return ['09:00', '17:00'];
  const hour = Number(end.slice(0, 2));
  const time = (at: number): string => `${String(Math.min(at, 24)).padStart(2, '0')}:00`;
  return hour >= 22 ? ['', ''] : [time(hour + 1), time(Math.max(hour + 2, 18))];
}
