import { ActionIcon } from '@mantine/core';
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react';
import { weekdays } from '#engine/calendar/calendar.ts';
import type { MeetingItem } from '#features/cadence/contract/meetings.ts';
import { addDays, day, month as monthWords, timeOfInstant, today } from '#ui/formats.ts';
import { Go } from '#ui/kit/Go.tsx';
import { Sheet } from '#ui/kit/Page.tsx';
import { Answer } from '#ui/kit/States.tsx';
import { paths } from '#ui/paths.ts';
import { useMeetings } from '../asking.ts';
import { weekdayNames } from '../series/ruleWords.ts';
import { dayInZone, meetingStateWords } from '../words.ts';
import { monthBeside, weeksOf } from './months.ts';

interface MonthProps {
  /** `YYYY-MM`; unsaid: this one. */
  month: string | undefined;
  mine: boolean;
  change(month: string): void;
}

/** A month with its meetings, week by week. */
export function MonthView({ month = today().slice(0, 7), mine, change }: MonthProps) {
  const weeks = weeksOf(month);
  const start = weeks[0]!;
  const list = useMeetings({ view: 'all', start, end: addDays(weeks.at(-1)!, 6), limit: 200, ...(mine && { mine: true }) });
  return (
    <Sheet
      title={monthWords(month)}
      actions={
        <span>
          <ActionIcon color="gray" aria-label="Month before" onClick={() => change(monthBeside(month, -1))}>
            <IconChevronLeft size={18} />
          </ActionIcon>
          <ActionIcon color="gray" aria-label="Month after" onClick={() => change(monthBeside(month, 1))}>
            <IconChevronRight size={18} />
          </ActionIcon>
        </span>
      }
    >
      <Answer of={list} what="The calendar">
        {({ pages }) => <Weeks weeks={weeks} month={month} items={pages.flatMap((page) => page.items)} />}
      </Answer>
    </Sheet>
  );
}

function Weeks({ weeks, month, items }: { weeks: readonly string[]; month: string; items: readonly MeetingItem[] }) {
  const now = today();
  return (
    <table className="month-view">
      <thead>
        <tr>
          {weekdays.map((name) => (
            <th key={name} scope="col">
              {weekdayNames[name].slice(0, 3)}
              <span className="visually-hidden">{weekdayNames[name].slice(3)}</span>
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {weeks.map((monday) => (
          <tr key={monday}>
            {weekdays.map((name, at) => {
              const date = addDays(monday, at);
              const look = [date.startsWith(month) ? '' : 'month-other', date === now ? 'month-today' : ''].filter(Boolean).join(' ');
              const here = items.filter(({ startsAt }) => dayInZone(startsAt) === date);
              return (
                <td key={name} className={[look, here.length > 0 ? 'month-some' : ''].filter(Boolean).join(' ')}>
                  <span className="month-day" title={day(date)}>
                    {Number(date.slice(8))}
                    <span className="phone-day"> {weekdayNames[name].slice(0, 3)}</span>
                  </span>
                  {here
                    .toSorted((one, other) => (one.startsAt < other.startsAt ? -1 : 1))
                    .map((item) => (
                      <Go key={item.id} href={paths.meeting(item.id)} className={`month-meeting is-${item.status}`}>
                        {timeOfInstant(item.startsAt)} {item.title}
                        {item.status !== 'planned' && <span className="visually-hidden"> ({meetingStateWords[item.status].label})</span>}
                      </Go>
                    ))}
                </td>
              );
            })}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
