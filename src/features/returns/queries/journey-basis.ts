/**
 * Whose touches make one journey. On every basis, whoever has no unit of it is a unit of its own: a contact without an
 * account, a deal without a lead. So all conversions are somebody's, and sums close.
 */

import type { Tx, WorkspaceId } from '#platform/db/database.ts';
import type { JourneyBasis } from '../contract/attribution.ts';
import {
  accountOfDeal,
  accountOfLead,
  addAccounts,
  addContacts,
  addDeals,
  addLeads,
  contactOfDeal,
  contactOfLead,
  type JourneyDeal,
  type JourneyLead,
  type JourneyRecords,
} from './journey-records.ts';
import type { JourneyTouch, TouchLookup, TouchRelation } from './journey-touches.ts';
import { accountOf, by, contactOf, dealsThat, isAlone, leadOf } from './touch-belonging.ts';

export interface Basis {
  /** Reads the records by which it can be told what belongs to these units; ids of any kind. */
  addAround(tx: Tx, workspaceId: WorkspaceId, records: JourneyRecords, ids: readonly string[]): Promise<void>;
  /** Where touches of these units are found. */
  lookups(records: JourneyRecords, units: ReadonlySet<string>, seldom: Seldom): TouchLookup[];
  unitsOfTouch(touch: JourneyTouch, records: JourneyRecords): readonly string[];
  unitOfLead(lead: JourneyLead, records: JourneyRecords): string;
  unitOfDeal(deal: JourneyDeal, records: JourneyRecords): string;
  /** SQL conditions on the rows of each kind that can be a unit at all. */
  readonly candidates: Readonly<Record<TouchRelation, string>>;
  /** SQL condition on touches `t` that are found by one of the seldom ways, and the columns of whom they name. */
  readonly strays: { readonly where: string; readonly columns: readonly string[] };
}

/**
 * Narrows ids to those by which touches are found that name nobody better. A walk over all units knows which they are,
 * and so spares a look in every month for each of the others; elsewhere all may be.
 */
export type Seldom = (ids: Iterable<string>) => Iterable<string>;

const idsOf = (map: ReadonlyMap<string, unknown>): string[] => [...map.keys()];
const among = (map: ReadonlyMap<string, unknown>, ids: Iterable<string>): string[] => [...ids].filter((id) => map.has(id));
/** Records of a unit and those that were merged into it. */
const mergedInto = (map: ReadonlyMap<string, { readonly mergedInto: string | null }>, units: ReadonlySet<string>): string[] =>
  [...map].flatMap(([id, { mergedInto }]) => (units.has(mergedInto ?? id) ? [id] : []));

const noOne = 'account_id IS NULL AND contact_id IS NULL AND lead_id IS NULL';

const account: Basis = {
  candidates: {
    account: 'merged_into IS NULL',
    contact: 'account_id IS NULL AND merged_into IS NULL',
    lead: 'account_id IS NULL AND contact_id IS NULL',
    deal: noOne,
  },
  strays: { where: 't.account_id IS NULL', columns: ['contact_id', 'lead_id', 'deal_id'] },
  async addAround(tx, workspaceId, records, ids) {
    await addAccounts(tx, workspaceId, records, both(ids));
    const accounts = mergedInto(records.accounts, new Set(ids));
    await addContacts(tx, workspaceId, records, [...both(ids), { column: 'account_id', ids: accounts }]);
    await addContacts(tx, workspaceId, records, [{ column: 'merged_into', ids: idsOf(records.contacts) }]);
    const contacts = idsOf(records.contacts);
    await addLeads(tx, workspaceId, records, [
      { column: 'id', ids },
      { column: 'account_id', ids: accounts },
      { column: 'contact_id', ids: contacts },
    ]);
    await addDeals(tx, workspaceId, records, [
      { column: 'id', ids },
      { column: 'account_id', ids: accounts },
      { column: 'contact_id', ids: contacts },
      { column: 'lead_id', ids: idsOf(records.leads) },
    ]);
  },
  lookups: (records, units, seldom) => [
    { names: 'account', ids: mergedInto(records.accounts, units) },
    { names: 'contact', ids: seldom(idsOf(records.contacts)), withoutAny: ['account'] },
    { names: 'lead', ids: seldom(idsOf(records.leads)), withoutAny: ['account'] },
    { names: 'deal', ids: seldom(idsOf(records.deals)), withoutAny: ['account', 'contact', 'lead'] },
  ],
  unitsOfTouch: (touch, records) => first(accountOf(touch, records) ?? contactOf(touch, records) ?? leadOf(touch, records) ?? touch.deal),
  unitOfLead: (lead, records) => accountOfLead(records, lead) ?? contactOfLead(records, lead) ?? lead.id,
  unitOfDeal: (deal, records) => accountOfDeal(records, deal) ?? contactOfDeal(records, deal) ?? deal.leadId ?? deal.id,
};

const contact: Basis = {
  candidates: {
    account: 'merged_into IS NULL',
    contact: 'merged_into IS NULL',
    lead: 'contact_id IS NULL',
    deal: 'contact_id IS NULL AND lead_id IS NULL',
  },
  strays: { where: 't.contact_id IS NULL', columns: ['account_id', 'lead_id', 'deal_id'] },
  async addAround(tx, workspaceId, records, ids) {
    await addAccounts(tx, workspaceId, records, both(ids));
    await addContacts(tx, workspaceId, records, both(ids));
    const contacts = idsOf(records.contacts);
    await addLeads(tx, workspaceId, records, [
      { column: 'id', ids },
      { column: 'contact_id', ids: contacts },
    ]);
    await addDeals(tx, workspaceId, records, [
      { column: 'id', ids },
      { column: 'contact_id', ids: contacts },
      { column: 'lead_id', ids: idsOf(records.leads) },
      { column: 'account_id', ids: idsOf(records.accounts) },
    ]);
  },
  lookups: (records, units, seldom) => [
    { names: 'contact', ids: mergedInto(records.contacts, units) },
    { names: 'lead', ids: seldom(idsOf(records.leads)), withoutAny: ['contact'] },
    { names: 'account', ids: seldom(mergedInto(records.accounts, units)), withoutAny: ['contact', 'lead'] },
    { names: 'deal', ids: seldom(idsOf(records.deals)), withoutAny: ['contact', 'lead'] },
  ],
  unitsOfTouch: (touch, records) => first(contactOf(touch, records) ?? leadOf(touch, records) ?? accountOf(touch, records) ?? touch.deal),
  unitOfLead: (lead, records) => contactOfLead(records, lead) ?? lead.id,
  unitOfDeal: (deal, records) => contactOfDeal(records, deal) ?? deal.leadId ?? accountOfDeal(records, deal) ?? deal.id,
};

/** What names no lead but a contact is part of what led to each of the contact's leads. */
const lead: Basis = {
  candidates: { account: 'merged_into IS NULL', contact: 'merged_into IS NULL', lead: 'true', deal: 'lead_id IS NULL' },
  strays: { where: 't.lead_id IS NULL', columns: ['CASE WHEN t.contact_id IS NULL THEN t.account_id END', 'deal_id'] },
  async addAround(tx, workspaceId, records, ids) {
    await addLeads(tx, workspaceId, records, [{ column: 'id', ids }]);
    await addContacts(tx, workspaceId, records, both([...ids, ...contactsOf(records)]));
    await addContacts(tx, workspaceId, records, both(survivors(records.contacts)));
    await addLeads(tx, workspaceId, records, [{ column: 'contact_id', ids: idsOf(records.contacts) }]);
    await addAccounts(tx, workspaceId, records, both(ids));
    await addDeals(tx, workspaceId, records, [
      { column: 'id', ids },
      { column: 'lead_id', ids: idsOf(records.leads) },
      { column: 'contact_id', ids: idsOf(records.contacts) },
      { column: 'account_id', ids: idsOf(records.accounts) },
    ]);
  },
  lookups: (records, units, seldom) => [
    { names: 'lead', ids: among(records.leads, units) },
    { names: 'contact', ids: idsOf(records.contacts), withoutAny: ['lead'] },
    { names: 'account', ids: seldom(mergedInto(records.accounts, units)), withoutAny: ['contact', 'lead'] },
    { names: 'deal', ids: seldom(idsOf(records.deals)), withoutAny: ['lead'] },
  ],
  unitsOfTouch(touch, records) {
    const own = leadOf(touch, records);
    if (own) return [own];
    const contact = contactOf(touch, records);
    const leads = (contact && by(records).leadsOfContact.get(contact)) || [];
    // A deal of the contact that came of no lead (an expansion, say) is the contact's own, and so is what led to it.
    const alone = contact !== null && (by(records).dealsOfContact.get(contact) ?? []).some(({ leadId }) => !leadId);
    return leads.length > 0 ? [...leads, ...(alone ? [contact] : [])] : first(contact ?? accountOf(touch, records) ?? touch.deal);
  },
  unitOfLead: ({ id }) => id,
  unitOfDeal: (deal, records) => deal.leadId ?? contactOfDeal(records, deal) ?? accountOfDeal(records, deal) ?? deal.id,
};

/** The touches that name the deal, its lead or its contact and no other deal; of a deal with neither, those of its account. */
const deal: Basis = {
  candidates: { account: 'merged_into IS NULL', contact: 'merged_into IS NULL', lead: 'true', deal: 'true' },
  strays: { where: `t.deal_id IS NULL AND t.lead_id IS NULL AND t.contact_id IS NULL`, columns: ['account_id'] },
  async addAround(tx, workspaceId, records, ids) {
    await addDeals(tx, workspaceId, records, [{ column: 'id', ids }]);
    const named = [...records.deals.values()];
    await addLeads(tx, workspaceId, records, [{ column: 'id', ids: [...ids, ...stated(named.map(({ leadId }) => leadId))] }]);
    const contacts = [...ids, ...stated(named.map(({ contactId }) => contactId)), ...contactsOf(records)];
    await addContacts(tx, workspaceId, records, both(contacts));
    await addContacts(tx, workspaceId, records, both(survivors(records.contacts)));
    await addLeads(tx, workspaceId, records, [{ column: 'contact_id', ids: idsOf(records.contacts) }]);
    const alone = named.filter(isAlone);
    await addAccounts(tx, workspaceId, records, both([...ids, ...stated(alone.map(({ accountId }) => accountId))]));
    await addAccounts(tx, workspaceId, records, both(survivors(records.accounts)));
    await addDeals(tx, workspaceId, records, [
      { column: 'lead_id', ids: idsOf(records.leads) },
      { column: 'contact_id', ids: idsOf(records.contacts) },
      { column: 'account_id', ids: idsOf(records.accounts) },
    ]);
  },
  lookups(records, units, seldom) {
    const deals = [...records.deals.values()].filter(({ id }) => units.has(id));
    const contacts = new Set([...stated(deals.map((each) => contactOfDeal(records, each))), ...units]);
    const named = new Set([...stated(deals.map(({ leadId }) => leadId)), ...units]);
    const isOfContact = (each: JourneyLead): boolean => contacts.has(contactOfLead(records, each) ?? '');
    const leads = [...records.leads.values()].filter((each) => named.has(each.id) || isOfContact(each)).map(({ id }) => id);
    const alone = new Set(stated(deals.filter(isAlone).map((each) => accountOfDeal(records, each))));
    return [
      { names: 'deal', ids: deals.map(({ id }) => id) },
      { names: 'lead', ids: leads, withoutAny: ['deal'] },
      { names: 'contact', ids: mergedInto(records.contacts, contacts), withoutAny: ['deal'] },
      { names: 'account', ids: mergedInto(records.accounts, alone), withoutAny: ['deal'] },
      { names: 'account', ids: seldom(mergedInto(records.accounts, units)), withoutAny: ['deal', 'lead', 'contact'] },
    ];
  },
  unitsOfTouch(touch, records) {
    if (touch.deal) return [touch.deal];
    const contact = contactOf(touch, records);
    const account = accountOf(touch, records);
    const deals = dealsThat(records, touch.lead, contact);
    const alone = account ? (by(records).dealsAlone.get(account) ?? []).map(({ id }) => id) : [];
    const nobody = deals.length > 0 ? null : (touch.lead ?? contact ?? (alone.length > 0 ? null : account));
    return [...deals, ...alone, ...first(nobody)];
  },
  /** A lead with several deals converts for the one opened first. */
  unitOfLead: ({ id }, records) => firstDeal(by(records).dealsOfLead.get(id) ?? []) ?? id,
  unitOfDeal: ({ id }) => id,
};

export const bases: Readonly<Record<JourneyBasis, Basis>> = { account, contact, lead, deal };

const both = (ids: readonly string[]) => [
  { column: 'id', ids },
  { column: 'merged_into', ids },
];
const first = (id: string | null): string[] => (id === null ? [] : [id]);
const stated = (ids: readonly (string | null)[]): string[] => ids.filter((id) => id !== null);
const contactsOf = ({ leads }: JourneyRecords): string[] => stated([...leads.values()].map(({ contactId }) => contactId));
const survivors = (map: ReadonlyMap<string, { readonly mergedInto: string | null }>): string[] =>
  stated([...map.values()].map(({ mergedInto }) => mergedInto));

function firstDeal(deals: readonly JourneyDeal[]): string | null {
  const openedAt = (each: JourneyDeal): number => each.openedAt ?? Number.POSITIVE_INFINITY;
  return deals.toSorted((a, b) => openedAt(a) - openedAt(b) || (a.id < b.id ? -1 : 1))[0]?.id ?? null;
}
