/** The conversions and touches behind a number of attribution, a page at a time. */

import { sql } from 'kysely';
import type { RuleModel } from '#engine/attribution/models.ts';
import { tallyRules } from '#engine/attribution/tally.ts';
import { type Named, namesOf } from '#features/records/queries/names.ts';
import type { Database, Tx, WorkspaceId } from '#platform/db/database.ts';
import type { CreditedConversion, CreditedTouch, CreditsAnswer, CreditsAsk } from '../contract/attribution.ts';
import { comesAfter, inOrder, placeOf, readPlace, sharesOfRow, writePlace, type ConvertedPlace } from './converted-pages.ts';
import { type FreshJourneys, journeysOf } from './journey-columns.ts';
import { creditColumns } from './journey-rows.ts';
import { engineJourneys, groupsOfTouches, selectConverted } from './selected-journeys.ts';

/** @throws Problem bad-input for a cursor that was made up */
export async function listCredits(database: Database, workspaceId: WorkspaceId, asked: CreditsAsk): Promise<CreditsAnswer> {
  const after = readPlace(asked.cursor);
  const fresh = await journeysOf(database).fresh(workspaceId);
  const model = asked.model ?? fresh.setting?.content.model ?? 'w';
  const found = findCredited(fresh, asked, model, after);
  const items = await database.inWorkspace(workspaceId, (tx) =>
    readItems(tx, workspaceId, fresh.setting?.number ?? 0, asked, model, found.page),
  );
  const empty = { conversions: [], touches: [] };
  return {
    which: asked.which,
    model,
    currency: fresh.currency,
    ...empty,
    ...items,
    next: found.next && writePlace(found.next),
    total: found.total,
    sum: { conversions: found.sum.conversions, value: String(found.sum.value) },
  };
}

/** One journey, or one touch of it, of a page. */
interface Found {
  readonly at: ConvertedPlace;
  /** Of the conversion: that of the group's touches, or of the touch. */
  readonly share: number;
  readonly groupTouches: number;
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
  const selected = selectConverted(fresh, asked);
  const isOpenTo = (row: number): boolean => asked.which !== 'unattributed' || converted.length[row] === 0;
  const rows = inOrder(converted, selected.filter(isOpenTo));
  const journeys = engineJourneys(fresh, rows);
  const groups = groupsOfTouches(fresh, rows, journeys, asked.by);
  const ofGroup = groupTest(asked, groups);
  const page: Found[] = [];
  let total = 0;
  let isMore = false;
  for (const [at, row] of rows.entries()) {
    const from = journeys.starts[at]!;
    const touches: number[] = [];
    for (let no = 0; no < converted.length[row]!; no++) if (ofGroup(groups.codes[from + no]!)) touches.push(no);
    const isAsked = asked.group === undefined || touches.length > 0;
    if (!isAsked) continue;
    total += asked.which === 'touches' ? touches.length : 1;
    const order = after ? comesAfter(converted, row, after) : 1;
    if (order < 0 || isMore) continue;
    const shares = sharesOfRow(fresh, row, model);
    const places = asked.which === 'touches' ? touches.map((no) => no + 1) : [0];
    for (const no of places) {
      if (order === 0 && no <= after!.no) continue;
      if (page.length === asked.limit) {
        isMore = true;
        break;
      }
      const counted = no === 0 ? touches : [no - 1];
      const share = counted.reduce((sum, touch) => sum + shares[touch]!, 0);
      page.push({ at: placeOf(converted, row, no), share, groupTouches: touches.length });
    }
  }
  return { page, next: isMore ? page.at(-1)!.at : null, total, sum: sumOf(fresh, asked, model, journeys, groups, ofGroup) };
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

// ── the page's own rows ─────────────────────────────────────────────────────

interface JourneyOfPage {
  readonly unitId: string;
  readonly place: number;
  readonly conversionId: string;
  readonly dealId: string | null;
  readonly accountId: string | null;
  readonly ownerId: string | null;
  readonly segment: string | null;
  readonly at: string;
  readonly amount: bigint | null;
  readonly touches: number;
}

async function readItems(
  tx: Tx,
  workspaceId: WorkspaceId,
  setting: number,
  asked: CreditsAsk,
  model: RuleModel,
  page: readonly Found[],
): Promise<Partial<Pick<CreditsAnswer, 'conversions' | 'touches'>>> {
  if (page.length === 0) return {};
  const journeys = await readJourneysOfPage(tx, workspaceId, setting, page);
  const credits = await readCreditsOfPage(tx, workspaceId, setting, model, page);
  const names = await namesOfPage(tx, workspaceId, journeys.values(), asked.which === 'touches' ? credits : []);
  const keyOf = ({ unitId, place }: { unitId: string; place: number }): string => `${unitId} ${place}`;
  if (asked.which !== 'touches') {
    const byJourney = Map.groupBy(credits, keyOf);
    return {
      conversions: page.flatMap((found) => {
        const journey = journeys.get(keyOf(found.at));
        return journey ? [conversionItem(journey, found, byJourney.get(keyOf(found.at)) ?? [], asked, names)] : [];
      }),
    };
  }
  const byTouch = new Map(credits.map((credit) => [`${keyOf(credit)} ${credit.no}`, credit]));
  return {
    touches: page.flatMap(({ at }) => {
      const [journey, credit] = [journeys.get(keyOf(at)), byTouch.get(`${keyOf(at)} ${at.no}`)];
      return journey && credit ? [touchItem(journey, credit, names)] : [];
    }),
  };
}

const keysOf = (page: readonly Found[]) =>
  sql`unnest(${page.map(({ at }) => at.unitId)}::uuid[], ${page.map(({ at }) => at.place)}::int[]) k(unit_id, place)`;

async function readJourneysOfPage(
  tx: Tx,
  workspaceId: WorkspaceId,
  setting: number,
  page: readonly Found[],
): Promise<Map<string, JourneyOfPage>> {
  const { rows } =
    await sql<JourneyOfPage>`SELECT DISTINCT j.unit_id AS "unitId", j.place, j.conversion_id AS "conversionId", j.deal_id AS "dealId", j.account_id AS "accountId",
      coalesce(d.owner_id, l.owner_id) AS "ownerId", j.segment, j.converted_at AS at, j.amount, j.touch_count AS touches
    FROM ${keysOf(page)} JOIN journeys j ON j.workspace_id = ${workspaceId}::uuid AND j.setting = ${setting} AND j.unit_id = k.unit_id AND j.place = k.place AND j.conversion_id IS NOT NULL
    LEFT JOIN deals d ON d.workspace_id = ${workspaceId}::uuid AND d.id = j.deal_id
    LEFT JOIN leads l ON l.workspace_id = ${workspaceId}::uuid AND l.id = j.lead_id`.execute(tx);
  return new Map(rows.map((row) => [`${row.unitId} ${row.place}`, row]));
}

interface CreditOfPage {
  readonly unitId: string;
  readonly place: number;
  readonly no: number;
  readonly touchId: string;
  readonly at: string;
  readonly month: string;
  readonly side: CreditedTouch['side'];
  readonly kind: string;
  readonly channel: string;
  readonly content: string | null;
  readonly segment: string | null;
  readonly campaignId: string | null;
  readonly memberId: string | null;
  readonly credited: bigint;
}

async function readCreditsOfPage(
  tx: Tx,
  workspaceId: WorkspaceId,
  setting: number,
  model: RuleModel,
  page: readonly Found[],
): Promise<CreditOfPage[]> {
  const { rows } =
    await sql<CreditOfPage>`SELECT c.unit_id AS "unitId", c.place, c.touch_no AS no, c.touch_id AS "touchId", c.touch_at AS at,
      to_char(c.touch_at AT TIME ZONE w.time_zone, 'YYYY-MM') AS month, c.side, c.kind, c.channel, c.content, c.segment,
      c.campaign_id AS "campaignId", c.member_id AS "memberId", ${sql.ref(`c.${creditColumns[model]}`)} AS credited
    FROM (SELECT DISTINCT unit_id, place FROM ${keysOf(page)}) k
    JOIN attribution_credits c ON c.workspace_id = ${workspaceId}::uuid AND c.setting = ${setting} AND c.unit_id = k.unit_id AND c.place = k.place
    JOIN workspaces w ON w.id = ${workspaceId}::uuid`.execute(tx);
  return rows;
}

type Names = ReadonlyMap<string, Named>;

function namesOfPage(
  tx: Tx,
  workspaceId: WorkspaceId,
  journeys: Iterable<JourneyOfPage>,
  credits: readonly CreditOfPage[],
): Promise<Names> {
  const all = [...journeys];
  const stated = (ids: readonly (string | null)[]): string[] => [...new Set(ids.filter((id) => id !== null))];
  return namesOf(tx, workspaceId, {
    deal: stated(all.map(({ dealId }) => dealId)),
    lead: stated(all.map(({ dealId, conversionId }) => (dealId === conversionId ? null : conversionId))),
    account: stated(all.map(({ accountId }) => accountId)),
    member: stated([...all.map(({ ownerId }) => ownerId), ...credits.map(({ memberId }) => memberId)]),
    campaign: stated(credits.map(({ campaignId }) => campaignId)),
  });
}

const named = (names: Names, kind: string, id: string | null): Named | null =>
  id === null ? null : (names.get(`${kind} ${id}`) ?? { id, name: '' });

function conversionOf({ conversionId, dealId, at, amount }: JourneyOfPage, names: Names): CreditedConversion['conversion'] {
  const kind = dealId === conversionId ? 'deal' : 'lead';
  return { id: conversionId, kind, name: names.get(`${kind} ${conversionId}`)?.name ?? '', at, amount: amount?.toString() ?? null };
}

function conversionItem(
  journey: JourneyOfPage,
  { share, groupTouches }: Found,
  credits: readonly CreditOfPage[],
  asked: CreditsAsk,
  names: Names,
): CreditedConversion {
  const credited = credits.filter((credit) => asked.group === undefined || groupOfCredit(credit, asked) === asked.group);
  return {
    unitId: journey.unitId,
    place: journey.place,
    conversion: conversionOf(journey, names),
    account: named(names, 'account', journey.accountId),
    owner: named(names, 'member', journey.ownerId),
    segment: journey.segment,
    touches: journey.touches,
    groupTouches,
    creditedConversions: share,
    credited: credited.reduce((sum, each) => sum + each.credited, 0n).toString(),
  };
}

function groupOfCredit(credit: CreditOfPage, { by }: CreditsAsk): string | null {
  if (by === 'campaign') return credit.campaignId;
  if (by === 'member') return credit.memberId;
  return credit[by];
}

const touchItem = (journey: JourneyOfPage, credit: CreditOfPage, names: Names): CreditedTouch => ({
  unitId: journey.unitId,
  place: journey.place,
  no: credit.no,
  touchId: credit.touchId,
  at: credit.at,
  side: credit.side,
  kind: credit.kind,
  channel: credit.channel,
  content: credit.content,
  campaign: named(names, 'campaign', credit.campaignId),
  member: named(names, 'member', credit.memberId),
  conversion: conversionOf(journey, names),
  account: named(names, 'account', journey.accountId),
  credited: credit.credited.toString(),
});
