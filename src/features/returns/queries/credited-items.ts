/** The rows of a page of credited conversions or touches. */

import { sql } from 'kysely';
import type { RuleModel } from '#engine/attribution/models.ts';
import { type Named, namesOf } from '#features/records/queries/names.ts';
import type { Tx, WorkspaceId } from '#platform/db/database.ts';
import type { CreditedConversion, CreditedTouch, CreditsAnswer, CreditsAsk } from '../contract/credits.ts';
import type { ConvertedPlace } from './converted-pages.ts';
import { creditColumns } from './journey-rows.ts';

/** One journey, or one touch of it, of a page. */
export interface Found {
  readonly at: ConvertedPlace;
  /** Of the conversion: that of the group's touches, or of the touch. */
  readonly share: number;
  readonly groupTouches: number;
}

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

/** @returns the conversions, or the touches, in the order of the page */
export async function readItems(
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
