/** To whom a touch belongs, through the lead, contact or deal it names; and whose leads and deals there are. */

import {
  accountOfContact,
  accountOfDeal,
  accountOfLead,
  contactOfDeal,
  contactOfLead,
  type JourneyDeal,
  type JourneyRecords,
  survivingAccount,
  survivingContact,
} from './journey-records.ts';
import type { JourneyTouch } from './journey-touches.ts';

export const leadOf = (touch: JourneyTouch, records: JourneyRecords): string | null =>
  touch.lead ?? (touch.deal ? (records.deals.get(touch.deal)?.leadId ?? null) : null);

export function contactOf(touch: JourneyTouch, records: JourneyRecords): string | null {
  if (touch.contact) return survivingContact(records, touch.contact);
  const { lead, deal } = namedBy(touch, records);
  return (lead && contactOfLead(records, lead)) || (deal && contactOfDeal(records, deal));
}

export function accountOf(touch: JourneyTouch, records: JourneyRecords): string | null {
  if (touch.account) return survivingAccount(records, touch.account);
  const { lead, deal } = namedBy(touch, records);
  return (
    (lead && accountOfLead(records, lead)) ||
    (touch.contact && accountOfContact(records, touch.contact)) ||
    (deal && accountOfDeal(records, deal))
  );
}

const namedBy = (touch: JourneyTouch, records: JourneyRecords) => ({
  lead: (touch.lead && records.leads.get(touch.lead)) || null,
  deal: (touch.deal && records.deals.get(touch.deal)) || null,
});

/** A deal with neither lead nor contact. */
export const isAlone = ({ leadId, contactId }: JourneyDeal): boolean => !leadId && !contactId;

// ── records by whom they belong to, made once for as many records as there are ──────────────

interface By {
  readonly madeFor: string;
  readonly dealsOfLead: Map<string, JourneyDeal[]>;
  readonly dealsOfContact: Map<string, JourneyDeal[]>;
  /** Deals with neither lead nor contact. */
  readonly dealsAlone: Map<string, JourneyDeal[]>;
  readonly leadsOfContact: Map<string, string[]>;
}
const known = new WeakMap<JourneyRecords, By>();

export function by(records: JourneyRecords): By {
  const madeFor = Object.values(records)
    .map(({ size }) => size)
    .join();
  const before = known.get(records);
  if (before?.madeFor === madeFor) return before;
  const made: By = { madeFor, dealsOfLead: new Map(), dealsOfContact: new Map(), dealsAlone: new Map(), leadsOfContact: new Map() };
  for (const each of records.deals.values()) {
    push(made.dealsOfLead, each.leadId, each);
    push(made.dealsOfContact, contactOfDeal(records, each), each);
    if (isAlone(each)) push(made.dealsAlone, accountOfDeal(records, each), each);
  }
  for (const each of records.leads.values()) push(made.leadsOfContact, contactOfLead(records, each), each.id);
  known.set(records, made);
  return made;
}

/** Deals of the lead and of the contact. */
export function dealsThat(records: JourneyRecords, lead: string | null, contact: string | null): string[] {
  const { dealsOfLead, dealsOfContact } = by(records);
  const deals = [...((lead && dealsOfLead.get(lead)) || []), ...((contact && dealsOfContact.get(contact)) || [])];
  return deals.length > 1 ? [...new Set(deals.map(({ id }) => id))] : deals.map(({ id }) => id);
}

function push<T>(map: Map<string, T[]>, key: string | null, value: T): void {
  if (!key) return;
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}
