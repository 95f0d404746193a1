import type { MeetingDetail } from '#features/cadence/contract/meetings.ts';
import { dayOfInstant, plural } from '#ui/formats.ts';
import { Go } from '#ui/kit/Go.tsx';
import { paths } from '#ui/paths.ts';
import { meetingStateWords, whenWords } from '../words.ts';

/** When and where it is, of which series, and the ones before and after it. */
export function MeetingHead({ detail }: { detail: MeetingDetail }) {
  const { location, previous, next, status, expected, series } = detail;
  const state = meetingStateWords[status];
  return (
    <div className="meeting-head dim">
      <span className={state.look}>{state.label}</span>
      <span>{whenWords(detail)}</span>
      {location !== '' && (
        <span className="wrap-any">
          {isAddress(location) ? (
            <a className="go" href={location} target="_blank" rel="noreferrer">
              {location}
            </a>
          ) : (
            location
          )}
        </span>
      )}
      <span>{plural(expected, 'person', 'people')}</span>
      {series && <Go href={paths.meetings({ view: 'past', series: series.id })}>All of {series.name}</Go>}
      {previous && <Go href={paths.meeting(previous.id)}>Before: {dayOfInstant(previous.startsAt)}</Go>}
      {next && <Go href={paths.meeting(next.id)}>Next: {dayOfInstant(next.startsAt)}</Go>}
    </div>
  );
}

const isAddress = (location: string): boolean => /^https:\/\/\S+$/.test(location);
