/** Where records and components open in the app, as `src/ui/paths.ts` has it, and what records are called. */

import { sql } from 'kysely';
import type { IndexOf, IndexPage } from '#engine/alignment/index/component.ts';
import { type Referenced, namesOf } from '#features/records/queries/names.ts';
import type { Tx, WorkspaceId } from '#platform/db/database.ts';
import type { IndexRow } from './index-row.ts';

/** A test holds them against `paths`. */
export const pageAddresses: Readonly<Record<IndexPage, string>> = {
  imports: '/imports',
  agreement: '/agreement',
  attainment: '/attainment',
  inbox: '/inbox',
  rejections: '/rejections',
  speed: '/speed',
  retention: '/returns/retention',
  campaignCalendar: '/campaigns/calendar',
  proposals: '/campaigns/proposals',
  goals: '/goals',
  incentives: '/incentives',
  incentivePlans: '/incentives/plans',
  payoutRuns: '/incentives/runs',
  disputes: '/incentives/disputes',
  meetings: '/meetings',
  meetingActions: '/meetings/actions',
  meetingHealth: '/meetings/health',
  announcements: '/notices/announcements',
  feedback: '/feedback',
};

export function opensOf(kind: IndexOf, id: string): string {
  switch (kind) {
    case 'lead':
    case 'rejection':
      return `/leads/${id}`;
    case 'deal':
      return `/deals/${id}`;
    case 'account':
      return `/accounts/${id}`;
    case 'campaign':
      return `/campaigns/${id}`;
    case 'meeting':
      return `/meetings/${id}`;
    case 'proposal':
      return `/campaigns/proposals?${new URLSearchParams({ state: 'all', at: id })}`;
    case 'feedback':
      return `/feedback?${new URLSearchParams({ view: 'all', at: id })}`;
    case 'goal':
      return '/goals';
    case 'action':
      return '/meetings/actions';
    case 'announcement':
      return '/notices/announcements';
    case 'version':
      return '/agreement';
  }
}

export interface NamedRow {
  readonly name: string;
  readonly company: string | null;
}

const referenced: Partial<Record<IndexOf, Referenced>> = {
  lead: 'lead',
  rejection: 'lead',
  deal: 'deal',
  account: 'account',
  campaign: 'campaign',
};

/** Names by `kind id` of rows that don't carry their own. */
export async function nameRows(tx: Tx, workspaceId: WorkspaceId, rows: readonly IndexRow[]): Promise<(row: IndexRow) => NamedRow> {
  const wanted: Partial<Record<Referenced, Set<string>>> = {};
  for (const { kind, id, name } of rows) {
    const of = referenced[kind];
    if (of && name === null) (wanted[of] ??= new Set()).add(id);
  }
  const names = await namesOf(tx, workspaceId, wanted);
  const companies = await companiesOf(tx, workspaceId, [...(wanted.lead ?? [])]);
  return ({ kind, id, name }) => ({
    name: name ?? names.get(`${referenced[kind]} ${id}`)?.name ?? 'a record without a name',
    company: kind === 'lead' || kind === 'rejection' ? (companies.get(id) ?? null) : null,
  });
}

async function companiesOf(tx: Tx, workspaceId: WorkspaceId, ids: readonly string[]): Promise<Map<string, string | null>> {
  if (ids.length === 0) return new Map();
  const { rows } = await sql<{ id: string; company: string | null }>`SELECT id, company FROM leads
    WHERE workspace_id = ${workspaceId}::uuid AND id = ANY(${[...ids]}::uuid[])`.execute(tx);
  return new Map(rows.map(({ id, company }) => [id, company]));
}
