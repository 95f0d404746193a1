import { useQuery } from '@tanstack/react-query';
import { useDebouncedValue } from '@mantine/hooks';
import type { SeriesDraft, SeriesPreview as Preview } from '#features/cadence/contract/series.ts';
import { post, wordsOf } from '#ui/api/client.ts';
import { plural } from '#ui/formats.ts';
import { whenWords } from '../words.ts';

/** The days on which it would meet, before it is kept. */
export function SeriesPreview({ draft }: { draft: SeriesDraft }) {
  const [asked] = useDebouncedValue(draft, 400);
  const preview = useQuery({
    queryKey: ['cadence', 'preview', asked],
    queryFn: () => post<Preview>('/meeting-series/preview', asked),
    placeholderData: (before) => before,
    retry: false,
  });
  if (preview.error)
    return (
      <p className="warn small-print" role="status">
        {wordsOf(preview.error)}
      </p>
    );
  if (!preview.data) return null;
  const { says, people, items } = preview.data;
  const end = (startsAt: string): string => new Date(Date.parse(startsAt) + asked.minutes * 60_000).toISOString();
  return (
    <div className="series-preview" role="status">
      <strong>{says}</strong> {plural(people, 'person', 'people')}.
      {items.length === 0 ? (
        <div className="warn">It meets on no day.</div>
      ) : (
        <ul>
          {items.slice(0, 4).map(({ ruleDay, startsAt, moved }) => (
            <li key={ruleDay}>
              {whenWords({ startsAt, endsAt: end(startsAt) })}
              {moved && <span className="dim"> (moved off a day on which nobody works)</span>}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
