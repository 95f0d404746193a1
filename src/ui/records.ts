import { fieldsOf, leadStages, type Field, type RecordKind } from '#features/records/contract.ts';
import type { RecordsPath } from '#ui/paths.ts';

/** A record as the API gives it: every field by name, and the names of what it refers to beside the ids. */
export interface RecordItem {
  id: string;
  recordedAt: string;
  custom?: Record<string, unknown>;
  [field: string]: unknown;
}

export interface RecordPage {
  path: RecordsPath;
  kind: RecordKind;
  label: string;
  one: string;
  columns: readonly string[];
  sort: string;
  /** The lines of a card on a phone, under the name. */
  card: readonly string[];
}

export const recordPages: Record<RecordsPath, RecordPage> = {
  leads: {
    path: 'leads',
    kind: 'lead',
    label: 'Leads',
    one: 'lead',
    columns: ['name', 'company', 'stage', 'origin', 'channel', 'ownerId', 'openedAt', 'mqlAt', 'value'],
    sort: '-openedAt',
    card: ['company', 'origin', 'ownerId', 'openedAt'],
  },
  accounts: {
    path: 'accounts',
    kind: 'account',
    label: 'Accounts',
    one: 'account',
    columns: ['name', 'domain', 'industry', 'segment', 'country', 'employees', 'annualRevenue', 'ownerId'],
    sort: 'name',
    card: ['domain', 'segment', 'country', 'ownerId'],
  },
  contacts: {
    path: 'contacts',
    kind: 'contact',
    label: 'Contacts',
    one: 'contact',
    columns: ['fullName', 'title', 'accountId', 'email', 'phone', 'country', 'ownerId'],
    sort: 'fullName',
    card: ['title', 'accountId', 'email'],
  },
  deals: {
    path: 'deals',
    kind: 'deal',
    label: 'Deals',
    one: 'deal',
    columns: ['name', 'accountId', 'status', 'stage', 'amount', 'expectedCloseOn', 'ownerId', 'openedAt', 'closedAt'],
    sort: '-openedAt',
    card: ['accountId', 'status', 'amount', 'expectedCloseOn'],
  },
  campaigns: {
    path: 'campaigns',
    kind: 'campaign',
    label: 'Campaigns',
    one: 'campaign',
    columns: ['name', 'channel', 'type', 'status', 'startsOn', 'endsOn', 'budget', 'ownerId'],
    sort: '-startsOn',
    card: ['channel', 'status', 'startsOn', 'budget'],
  },
};

export const pathOfKind: Partial<Record<string, RecordsPath>> = {
  lead: 'leads',
  account: 'accounts',
  contact: 'contacts',
  deal: 'deals',
  campaign: 'campaigns',
};

const stageField: Field = { name: 'stage', type: 'choice', label: 'Stage', choices: leadStages.map(({ stage }) => stage) };

/** Fields by which a list can be shown and filtered: those of the kind, and a lead's stage. */
export function listFields(page: RecordPage, custom: readonly Field[] = []): readonly Field[] {
  return page.kind === 'lead' ? [...fieldsOf.lead, stageField, ...custom] : [...fieldsOf[page.kind], ...custom];
}

export const nameOf = (item: RecordItem): string => {
  for (const key of ['name', 'fullName', 'email', 'company', 'subject']) {
    const value = item[key];
    if (typeof value === 'string' && value.trim()) return value;
  }
  return '(no name)';
};

/** The API puts the display name of `ownerId` in `ownerName`. */
export const displayNameOf = (item: RecordItem, field: string): string | null => {
  const value = item[field.replace(/Id$/, 'Name')];
  return typeof value === 'string' ? value : null;
};

export const stageLabel = (stage: string): string => leadStages.find((known) => known.stage === stage)?.label ?? stage;

/** `custom.score` reads `item.custom.score`. */
export function valueOf(item: RecordItem, field: string): unknown {
  return field.startsWith('custom.') ? item.custom?.[field.slice(7)] : item[field];
}
