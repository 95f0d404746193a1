/** Journeys without a conversion by now, a page at a time: the latest touched first. */

import { readId } from '#engine/funnel/ids.ts';
import { dayText } from '#engine/values/calendarDay.ts';
import { namesOf } from '#features/records/queries/names.ts';
import type { Database, Tx, WorkspaceId } from '#platform/db/database.ts';
import type { CreditsAnswer, CreditsAsk, OpenJourney } from '../contract/credits.ts';
import type { FreshJourneys } from './journey-columns.ts';
import { isLive, type OpenRows } from './journey-store.ts';
import { makePager, type PageOf } from './page.ts';
import { isAlong, wayOf } from './ways.ts';

/** @throws Problem bad-input for a cursor that was made up */
export async function listOpenJourneys(
  database: Database,
  workspaceId: WorkspaceId,
  fresh: FreshJourneys,
  asked: CreditsAsk,
): Promise<Pick<CreditsAnswer, 'open' | 'next' | 'total'>> {
  const { shown, next, total } = findOpen(fresh, asked);
  const names = await database.inWorkspace(workspaceId, (tx) =>
    unitNames(
      tx,
      workspaceId,
      shown.map(({ id }) => id),
    ),
  );
  return {
    open: shown.map(({ id, day, kept }) => ({ unitId: id, ...kept, unit: names(id), lastOn: dayText(day) })),
    next,
    total,
  };
}

type Kept = Pick<OpenJourney, 'place' | 'touches' | 'channels'>;

/** Nothing is awaited here: the columns change under whoever waits. */
function findOpen({ store: { open }, words }: FreshJourneys, { path, limit, cursor }: CreditsAsk): PageOf<Kept> {
  const codes = path?.map((channel) => words.channel.indexOf(channel));
  const found = makePager<number>(limit, cursor);
  for (let row = 0; row < open.count; row++)
    if (isLive(open, row) && (!codes || isAlong(open, row, codes))) found.offer(open.days[row]!, () => readId(open.ids, row), row);
  const page = found.page();
  return { ...page, shown: page.shown.map(({ day, id, kept: row }) => ({ day, id, kept: keptOf(open, row, words.channel) })) };
}

const keptOf = (open: OpenRows, row: number, words: readonly (string | null)[]): Kept => ({
  place: open.places[row]!,
  touches: open.length[row]!,
  channels: wayOf(open, row).map((code) => words[code] ?? ''),
});

const unitKinds = ['account', 'contact', 'lead', 'deal'] as const;

/** On every basis, what has no unit of it is one itself: a unit may be of any kind. */
async function unitNames(tx: Tx, workspaceId: WorkspaceId, ids: readonly string[]): Promise<(id: string) => OpenJourney['unit']> {
  const names = await namesOf(tx, workspaceId, Object.fromEntries(unitKinds.map((kind) => [kind, ids])));
  return (id) => {
    const kind = unitKinds.find((each) => names.has(`${each} ${id}`));
    return kind ? { kind, id, name: names.get(`${kind} ${id}`)!.name } : null;
  };
}
