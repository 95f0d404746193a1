import { Chip, Group, SegmentedControl, Select } from '@mantine/core';
import { type Weekday, weekdays } from '#engine/calendar/calendar.ts';
import type { Nth, Recurrence } from '#engine/cadence/recurrence.ts';
import { capitalised } from '#ui/formats.ts';
import { nthWords, quarterMonthWords, ruleOf, weekdayNames } from './ruleWords.ts';

interface RuleProps {
  rule: Recurrence;
  change(rule: Recurrence): void;
}

/** When a series meets: its rhythm, and the days that go with it. */
export function RuleFields({ rule, change }: RuleProps) {
  return (
    <>
      <SegmentedControl
        aria-label="Rhythm"
        value={rule.every}
        onChange={(every) => change(ruleOf(every as Recurrence['every'], rule))}
        data={[
          { value: 'day', label: 'Daily' },
          { value: 'week', label: 'Weekly' },
          { value: 'month', label: 'Monthly' },
          { value: 'quarter', label: 'Quarterly' },
        ]}
      />
      {rule.every === 'day' ? (
        <Days chosen={rule.weekdays} change={(days) => change({ every: 'day', weekdays: days })} />
      ) : (
        <Group gap="sm" align="flex-end">
          {rule.every === 'week' && <Interval interval={rule.interval} change={(interval) => change({ ...rule, interval })} />}
          {(rule.every === 'month' || rule.every === 'quarter') && <NthField nth={rule.nth} change={(nth) => change({ ...rule, nth })} />}
          <Select
            label="Weekday"
            w={150}
            allowDeselect={false}
            value={rule.weekday}
            data={weekdays.map((value) => ({ value, label: weekdayNames[value] }))}
            onChange={(value) => value && change({ ...rule, weekday: value as Weekday })}
          />
          {rule.every === 'quarter' && (
            <Select
              label="Month of the quarter"
              w={170}
              allowDeselect={false}
              value={String(rule.month)}
              data={([1, 2, 3] as const).map((month) => ({ value: String(month), label: capitalised(quarterMonthWords[month]) }))}
              onChange={(value) => value && change({ ...rule, month: Number(value) as 1 | 2 | 3 })}
            />
          )}
        </Group>
      )}
    </>
  );
}

function Days({ chosen, change }: { chosen: readonly Weekday[]; change(days: Weekday[]): void }) {
  return (
    <Chip.Group multiple value={[...chosen]} onChange={(days) => days.length > 0 && change(weekdays.filter((day) => days.includes(day)))}>
      <Group gap={6} role="group" aria-label="On these days">
        {weekdays.map((day) => (
          <Chip key={day} value={day}>
            {weekdayNames[day].slice(0, 3)}
            <span className="visually-hidden">{weekdayNames[day].slice(3)}</span>
          </Chip>
        ))}
      </Group>
    </Chip.Group>
  );
}

function Interval({ interval, change }: { interval: number; change(interval: number): void }) {
  return (
    <Select
      label="How often"
      w={170}
      allowDeselect={false}
      value={String(interval)}
      data={[
        { value: '1', label: 'Every week' },
        { value: '2', label: 'Every second week' },
        { value: '3', label: 'Every third week' },
        { value: '4', label: 'Every fourth week' },
      ]}
      onChange={(value) => value && change(Number(value))}
    />
  );
}

function NthField({ nth, change }: { nth: Nth; change(nth: Nth): void }) {
  return (
    <Select
      label="Which one"
      w={120}
      allowDeselect={false}
      value={String(nth)}
      data={Object.entries(nthWords).map(([value, label]) => ({ value, label: capitalised(label) }))}
      onChange={(value) => value && change(value === 'last' ? 'last' : (Number(value) as Nth))}
    />
  );
}
