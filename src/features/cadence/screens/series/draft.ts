import { itemKinds } from '#engine/cadence/agenda.ts';
import type { Series, SeriesDraft } from '#features/cadence/contract/series.ts';
import type { UsualSeries } from '#features/cadence/contract/usual.ts';
import { today } from '#ui/formats.ts';
import { nobody } from '../people/AttendeesField.tsx';

/** From one that is there, from what companies usually begin with, or from nothing. */
export interface SeriesStart {
  readonly series?: Series;
  readonly usual?: UsualSeries;
}

/** What the form of a series begins with. */
export function draftOf({ series, usual }: SeriesStart): SeriesDraft {
  if (series)
    return {
      name: series.name,
      purpose: series.purpose,
      times: series.times,
      timeZone: series.timeZone,
      calendarId: series.calendar?.id ?? null,
      minutes: series.minutes,
      location: series.location,
      attendees: {
        sides: series.attendees.sides,
        teamIds: series.attendees.teams.map(({ id }) => id),
        memberIds: series.attendees.members.map(({ id }) => id),
      },
      kinds: series.kinds,
    };
  return {
    name: usual?.name ?? '',
    purpose: usual?.purpose ?? 'own',
    times: {
      recurrence: usual?.recurrence ?? { every: 'week', interval: 1, weekday: 'tue' },
      startsOn: today(),
      endsOn: null,
      at: usual?.at ?? '10:00',
      onDayOff: 'nextWorkingDay',
    },
    calendarId: null,
    minutes: usual?.minutes ?? 30,
    location: '',
    attendees: usual ? { ...nobody, sides: [...usual.sides] } : nobody,
    kinds: [...(usual?.kinds ?? itemKinds)],
  };
}
