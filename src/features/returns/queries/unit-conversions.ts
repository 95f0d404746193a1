/** When units convert, and what each conversion is worth. */

import { CompiledQuery } from 'kysely';
import type pg from 'pg';
import type { UnitConversion } from '#engine/attribution/unit-journeys.ts';
import { dayReader } from '#engine/time/zone-days.ts';
import type { Tx, WorkspaceId } from '#platform/db/database.ts';
import type { ConversionKind } from '../contract/attribution.ts';
import type { JourneyGround } from './attribution-setting.ts';
import { readRateBook } from './booking.ts';
import type { Basis } from './journey-basis.ts';
import {
  accountOfDeal,
  accountOfLead,
  contactOfDeal,
  contactOfLead,
  type JourneyDeal,
  type JourneyLead,
  type JourneyRecords,
  segmentOfDeal,
  segmentOfLead,
} from './journey-records.ts';

/** A moment at which a unit converts. */
export interface UnitsConversion extends UnitConversion {
  /** Of the deal, or of the lead. */
  readonly id: string;
  readonly lead: string | null;
  readonly deal: string | null;
  readonly contact: string | null;
  readonly account: string | null;
  readonly segment: string | null;
  /** Minor units of the workspace's currency; null with `whyNoAmount`. */
  readonly amount: bigint | null;
  readonly whyNoAmount: 'notStated' | 'noRate' | null;
  /** Of the amount as stated. */
  readonly currency: string | null;
}

export interface UnitCourse {
  readonly conversions: UnitsConversion[];
  /** When its leads were opened. */
  readonly leads: number[];
}

export async function conversionsOfUnits(
  tx: Tx,
  workspaceId: WorkspaceId,
  ground: JourneyGround,
  basis: Basis,
  records: JourneyRecords,
  units: ReadonlySet<string>,
): Promise<Map<string, UnitCourse>> {
  const leads = Map.groupBy(
    [...records.leads.values()].filter(({ archived }) => !archived),
    (lead) => basis.unitOfLead(lead, records),
  );
  const deals = Map.groupBy(records.deals.values(), (deal) => basis.unitOfDeal(deal, records));
  const withDeal = new Set([...records.deals.values()].map(({ leadId }) => leadId));
  const price = await pricing(tx, workspaceId, ground);
  const courses = new Map<string, UnitCourse>();
  for (const unit of units) {
    const [ofLeads, ofDeals] = [leads.get(unit) ?? [], deals.get(unit) ?? []];
    if (ofLeads.length === 0 && ofDeals.length === 0) continue;
    const alone = ofDeals.length > 0 ? [] : ofLeads.filter(({ id }) => !withDeal.has(id));
    const conversions = conversionsOf(
      ground.content.conversion,
      { leads: ofLeads, alone, deals: ofDeals.filter(({ archived }) => !archived) },
      records,
      price,
    );
    courses.set(unit, {
      conversions: conversions.toSorted((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1)),
      leads: ofLeads.flatMap(({ openedAt }) => openedAt ?? []).sort((a, b) => a - b),
    });
  }
  return courses;
}

interface UnitRecords {
  readonly leads: readonly JourneyLead[];
  /** Leads that no deal names, of a unit that has no deal. */
  readonly alone: readonly JourneyLead[];
  readonly deals: readonly JourneyDeal[];
}

/**
 * Deals won (opened). Of a unit that has no deal at all, the times of winning (becoming a deal) count that its leads state
 * themselves: some sources know leads only.
 */
function conversionsOf(
  kind: ConversionKind,
  { leads, alone, deals }: UnitRecords,
  records: JourneyRecords,
  price: Pricing,
): UnitsConversion[] {
  if (kind === 'sql' || kind === 'mql')
    return leads.flatMap((lead) => ofLead(lead, kind === 'sql' ? lead.sqlAt : lead.mqlAt, records, price));
  const whenClosed = (deal: JourneyDeal): number | null => (deal.status === 'won' ? deal.closedAt : null);
  return [
    ...alone.flatMap((lead) => ofLead(lead, kind === 'won' ? lead.wonAt : lead.dealAt, records, price)),
    ...deals.flatMap((deal) => ofDeal(deal, kind === 'won' ? whenClosed(deal) : deal.openedAt, records, price)),
  ];
}

function ofDeal(deal: JourneyDeal, at: number | null, records: JourneyRecords, price: Pricing): UnitsConversion[] {
  if (at === null) return [];
  return [
    {
      id: deal.id,
      at,
      lead: deal.leadId,
      deal: deal.id,
      contact: contactOfDeal(records, deal),
      account: accountOfDeal(records, deal),
      segment: segmentOfDeal(records, deal),
      leadAt: deal.leadId ? (records.leads.get(deal.leadId)?.openedAt ?? null) : null,
      dealAt: deal.openedAt,
      ...price(deal.amount, deal.currency, at),
    },
  ];
}

function ofLead(lead: JourneyLead, at: number | null, records: JourneyRecords, price: Pricing): UnitsConversion[] {
  if (at === null) return [];
  return [
    {
      id: lead.id,
      at,
      lead: lead.id,
      deal: null,
      contact: contactOfLead(records, lead),
      account: accountOfLead(records, lead),
      segment: segmentOfLead(records, lead),
      leadAt: lead.openedAt,
      dealAt: lead.dealAt,
      ...price(lead.value, lead.currency, at),
    },
  ];
}

type Pricing = (amount: bigint | null, currency: string | null, at: number) => Pick<UnitsConversion, 'amount' | 'whyNoAmount' | 'currency'>;

/** In the workspace's currency, by the rate in force on the day of the conversion. */
async function pricing(tx: Tx, workspaceId: WorkspaceId, { currency, timeZone }: JourneyGround): Promise<Pricing> {
  const rates = await readRateBook(asClient(tx), workspaceId, currency);
  const dayOf = dayReader(timeZone);
  return (stated, from, at) => {
    if (stated === null) return { amount: null, whyNoAmount: 'notStated', currency: from };
    const amount = rates.booked(stated, from, dayOf(at));
    return { amount, whyNoAmount: amount === null ? 'noRate' : null, currency: from };
  };
}

/** What asks a plain connection asks the transaction. */
const asClient = (tx: Tx): pg.ClientBase =>
  ({ query: (text: string, values: unknown[]) => tx.executeQuery(CompiledQuery.raw(text, values)) }) as unknown as pg.ClientBase;
