/** The conversions and touches behind a number of attribution, a page at a time. */

import type { RuleModel } from '#engine/attribution/models.ts';
import { tallyRules } from '#engine/attribution/tally.ts';
import type { Database, WorkspaceId } from '#platform/db/database.ts';
import type { CreditsAnswer, CreditsAsk } from '../contract/credits.ts';
import { comesAfter, inOrder, placeOf, readPlace, sharesOfRow, writePlace, type ConvertedPlace } from './converted-pages.ts';
import { type Found, readItems } from './credited-items.ts';
import { type FreshJourneys, journeysOf } from './journey-columns.ts';
import { onWay } from './on-way.ts';
import { listOpenJourneys } from './open-journeys.ts';
import { engineJourneys, groupsOfTouches, selectConverted } from './selected-journeys.ts';

/** @throws Problem bad-input for a cursor that was made up */
export async function listCredits(database: Database, workspaceId: WorkspaceId, asked: CreditsAsk): Promise<CreditsAnswer> {
  const fresh = await journeysOf(database).fresh(workspaceId);
  const model = asked.model ?? fresh.setting?.content.model ?? 'w';
  const empty = { which: asked.which, model, currency: fresh.currency, conversions: [], touches: [], open: [] };
  if (asked.which === 'open') {
    const open = await listOpenJourneys(database, workspaceId, fresh, asked);
    return { ...empty, ...open, sum: { conversions: 0, value: '0' } };
  }
  const after = readPlace(asked.cursor);
  const found = findCredited(fresh, asked, model, after);
  const items = await database.inWorkspace(workspaceId, (tx) =>
    readItems(tx, workspaceId, fresh.setting?.number ?? 0, asked, model, found.page),
  );
  return {
    ...empty,
    ...items,
    next: found.next && writePlace(found.next),
    total: found.total,
    sum: { conversions: found.sum.conversions, value: String(found.sum.value) },
  };
}

interface FoundPage {
  readonly page: readonly Found[];
  readonly next: ConvertedPlace | null;
  readonly total: number;
  readonly sum: { readonly conversions: number; readonly value: number };
}

/** Nothing is awaited here: the columns change under whoever waits. */
function findCredited(fresh: FreshJourneys, asked: CreditsAsk, model: RuleModel, after: ConvertedPlace | null): FoundPage {
  const { converted } = fresh.store;
  const selected = onWay(fresh, selectConverted(fresh, asked), asked);
  const rows = inOrder(converted, asked.which === 'unattributed' ? selected.filter((row) => converted.length[row] === 0) : selected);
  const journeys = engineJourneys(fresh, rows);
  const groups = groupsOfTouches(fresh, rows, journeys, asked.by);
  const ofGroup = groupTest(asked, groups);
  const page: Found[] = [];
  let total = 0;
  for (const [at, row] of rows.entries()) {
    const touches = touchesOf(groups, ofGroup, journeys.starts[at]!, journeys.starts[at + 1]!);
    if (asked.group !== undefined && touches.length === 0) continue;
    total += asked.which === 'touches' ? touches.length : 1;
    // One more than the page holds, to know that there are more.
    if (page.length <= asked.limit) page.push(...foundIn(fresh, row, touches, asked, model, after));
  }
  const isMore = page.length > asked.limit;
  const shown = page.slice(0, asked.limit);
  return { page: shown, next: isMore ? shown.at(-1)!.at : null, total, sum: sumOf(fresh, asked, model, journeys, groups, ofGroup) };
}

/** Positions within the journey of the touches of the group. */
function touchesOf({ codes }: Groups, ofGroup: (code: number) => boolean, from: number, to: number): number[] {
  const touches: number[] = [];
  for (let at = from; at < to; at++) if (ofGroup(codes[at]!)) touches.push(at - from);
  return touches;
}

/** What a journey adds to a page that begins after a place: itself, or its touches of the group. */
function foundIn(
  fresh: FreshJourneys,
  row: number,
  touches: readonly number[],
  asked: CreditsAsk,
  model: RuleModel,
  after: ConvertedPlace | null,
): Found[] {
  const { converted } = fresh.store;
  const order = after ? comesAfter(converted, row, after) : 1;
  if (order < 0) return [];
  const shares = sharesOfRow(fresh, row, model);
  const numbers = asked.which === 'touches' ? touches.map((touch) => touch + 1) : [0];
  return numbers
    .filter((no) => order > 0 || no > after!.no)
    .map((no) => {
      const share = no > 0 ? shares[no - 1]! : touches.reduce((sum, touch) => sum + shares[touch]!, 0);
      return { at: placeOf(converted, row, no), share, groupTouches: touches.length };
    });
}

type Groups = ReturnType<typeof groupsOfTouches>;

function groupTest({ group }: CreditsAsk, groups: Groups): (code: number) => boolean {
  if (group === undefined) return () => true;
  const known = new Map<number, boolean>();
  return (code) => {
    let is = known.get(code);
    if (is === undefined) known.set(code, (is = groups.groupOf(code) === group));
    return is;
  };
}

/** The very number that was opened. */
function sumOf(
  fresh: FreshJourneys,
  asked: CreditsAsk,
  model: RuleModel,
  journeys: ReturnType<typeof engineJourneys>,
  groups: Groups,
  ofGroup: (code: number) => boolean,
): FoundPage['sum'] {
  const options = { halfLifeSeconds: (fresh.setting?.content.halfLifeDays ?? 7) * 86_400 };
  const tally = tallyRules(journeys, [model], groups.codes, groups.count, options);
  if (asked.which === 'unattributed') return tally.unattributed;
  if (asked.group === undefined && asked.which === 'conversions') return tally.total;
  const { conversions, values } = tally.models.get(model)!;
  const sum = { conversions: 0, value: 0 };
  for (let code = 0; code < groups.count; code++) {
    if (!ofGroup(code)) continue;
    sum.conversions += conversions?.[code] ?? 0;
    sum.value += values?.[code] ?? 0;
  }
  return sum;
}
