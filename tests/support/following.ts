/** A company that has signed clauses in which time never stands still, with reps whose leads are followed: for tests of clocks and ladders. */

import { sql } from 'kysely';
import type { Clause } from '#engine/agreement/clause.ts';
import type { Calendar } from '#engine/calendar/calendar.ts';
import { weekdays } from '#engine/calendar/calendar.ts';
import type { Rule } from '#engine/rules/rule.ts';
import { drainBacklog } from '#features/handoff/actions/drain-backlog.ts';
import { verifyHandoffs } from '#features/handoff/queries/verify.ts';
import { noteAllLeads } from '#features/records/actions/changed-leads.ts';
import { recordFields } from '#features/records/actions/record-fields.ts';
import { recordTouch } from '#features/records/actions/record-touch.ts';
import type { Sets } from '#features/records/contract/fold.ts';
import { newId } from '#platform/db/ids.ts';
import { type Company, openCompanies } from '#tests/reliability/company.ts';
import { addMembers, contentOf } from './agreed.ts';

export const minutes = (count: number): number => count * 60_000;
export const hours = (count: number): number => minutes(60 * count);

const always: Calendar = {
  timeZone: 'UTC',
  weekly: Object.fromEntries(weekdays.map((day) => [day, [['00:00', '24:00']]])),
};

export interface FollowedCompany extends Company {
  /** Sam and Tim are reps, Hal is their head. Ids by name. */
  readonly people: Readonly<Record<'Sam' | 'Tim' | 'Hal', string>>;
  /** Both sides signed these clauses. @returns the version's id */
  sign(
    clauses: readonly Clause[],
    given?: { effectiveAt?: number; signedAt?: number; number?: number; calendar?: Calendar },
  ): Promise<string>;
  /** Both sides signed this definition of an MQL. @returns the version's id */
  define(rule: Rule, given: { effectiveOn: string; signedAt?: number; number?: number }): Promise<string>;
  /** A lead passed to Sam at a moment. @returns its id */
  lead(mqlAt: number, sets?: Sets): Promise<string>;
  /** Changes a lead as a person does. */
  change(leadId: string, sets: Sets): Promise<void>;
  /** A call of Sam's. @returns its id */
  call(leadId: string, at: number, more?: Record<string, unknown>): Promise<string>;
  /** What a worker does when leads were noted. */
  follow(): Promise<void>;
  clocks(leadId: string): Promise<StoredClock[]>;
  /** What `accord verify` finds about the hand-off. */
  strays(): Promise<string[]>;
}

export interface StoredClock {
  clause: string;
  memberId: string | null;
  startedAt: string;
  dueAt: string | null;
  metAt: string | null;
  evidence: string | null;
  workingMs: number | null;
  excuse: string | null;
  nextStep: number | null;
}

const iso = (at: number): string => new Date(at).toISOString();
const dayOf = (at: number): string => iso(at).slice(0, 10);

/** Companies on one database of their own. */
export async function openFollowed(
  options: { poolSize?: number } = {},
): Promise<{ make(): Promise<FollowedCompany>; close(): Promise<void> }> {
  const companies = await openCompanies(options);
  return { make: async () => followed(await companies.make()), close: () => companies.close() };
}

async function followed(company: Company): Promise<FollowedCompany> {
  const { workspaceId, inside, database } = company;
  const people = await addMembers(company, [
    { name: 'Sam', side: 'sales' },
    { name: 'Tim', side: 'sales' },
    { name: 'Hal', side: 'sales', role: 'manager' },
  ]);
  const record = (sets: Sets, id?: string) =>
    inside((tx) => recordFields(tx, workspaceId, { kind: 'lead', id, sets, memberId: company.memberId }));
  return {
    ...company,
    people: people as FollowedCompany['people'],
    async sign(clauses, { effectiveAt = Date.UTC(2020), signedAt = effectiveAt, number = 1, calendar = always } = {}) {
      const id = newId();
      await inside(async (tx) => {
        await sql`INSERT INTO agreement_versions (workspace_id, id, number, status, content, calendars, effective_from, content_hash, proposed_at, signed_at)
          VALUES (${workspaceId}, ${id}, ${number}, 'signed', ${JSON.stringify(contentOf(clauses))}::jsonb, ${JSON.stringify({ default: calendar })}::jsonb,
            ${dayOf(effectiveAt)}::date, 'x', ${iso(signedAt)}::timestamptz, ${iso(signedAt)}::timestamptz)`.execute(tx);
        await noteAllLeads(tx, workspaceId);
      });
      return id;
    },
    async define(rule, { effectiveOn, signedAt = Date.parse(effectiveOn), number = 1 }) {
      const id = newId();
      await inside(async (tx) => {
        await sql`INSERT INTO definition_versions (workspace_id, id, term, number, status, text, rule, effective_from, content_hash, proposed_at, signed_at)
          VALUES (${workspaceId}, ${id}, 'mql', ${number}, 'signed', 'An MQL.', ${JSON.stringify(rule)}::jsonb, ${effectiveOn}::date, 'x',
            ${iso(signedAt)}::timestamptz, ${iso(signedAt)}::timestamptz)`.execute(tx);
        await noteAllLeads(tx, workspaceId);
      });
      return id;
    },
    lead: async (mqlAt, sets = {}) =>
      (await record({ name: 'Ada Lind', openedAt: iso(mqlAt - minutes(1)), mqlAt: iso(mqlAt), ownerId: people['Sam']!, ...sets })).id,
    change: async (leadId, sets) => void (await record(sets, leadId)),
    call: async (leadId, at, more = {}) => {
      const call = { occurredAt: iso(at), side: 'sales', kind: 'call', direction: 'out', memberId: people['Sam']!, leadId, ...more };
      return (await inside((tx) => recordTouch(tx, workspaceId, call, people['Sam']!))).id;
    },
    follow: async () => void (await drainBacklog(database, workspaceId)),
    clocks: (leadId) =>
      company.rows<StoredClock>(`SELECT clause_key AS clause, member_id AS "memberId", started_at AS "startedAt", due_at AS "dueAt", met_at AS "metAt",
        evidence_kind AS evidence, working_ms::float8 AS "workingMs", excuse, next_step AS "nextStep" FROM clocks WHERE workspace_id = :ws AND lead_id = '${leadId}' ORDER BY 1`),
    async strays() {
      const { differences } = await verifyHandoffs(database, workspaceId, () => {});
      return differences.map(({ kind, field, what, state, facts }) => `${kind} ${what}${field ? `: ${field} ${state}, ${facts}` : ''}`);
    },
  };
}
