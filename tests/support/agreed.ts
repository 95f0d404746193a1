/** A company whose two sides have signed clauses, written straight into the tables: for tests of what follows from them. */

import { sql } from 'kysely';
import type { AgreementContent, Clause, Metric } from '#engine/agreement/clause.ts';
import type { Calendar } from '#engine/calendar/calendar.ts';
import { newId } from '#platform/db/ids.ts';
import type { Company } from '#tests/reliability/company.ts';

const everybody = { segments: [], channels: [], origins: [], teams: [] };
const salesMetrics: readonly string[] = ['decision', 'firstAttempt', 'persistence', 'disposition'];

/** A clause that says only what a test is about. */
export const clause = (key: string, metric: Metric, more: Partial<Clause> = {}): Clause => ({
  key,
  side: salesMetrics.includes(metric.kind) ? 'sales' : 'marketing',
  title: key,
  metric,
  targetPercent: 90,
  scope: everybody,
  calendar: 'rep',
  excuses: [],
  ladder: [],
  consequence: '',
  ...more,
});

export const contentOf = (clauses: readonly Clause[]): AgreementContent => ({
  preamble: '',
  clauses,
  reviewSamplePercent: 0,
  reachedOutcomes: ['connected', 'replied'],
});

const working = [['09:00', '17:00']] as const;
/** Monday to Friday, nine to five. */
export const officeHours = (timeZone: string): Calendar => ({
  timeZone,
  weekly: { mon: working, tue: working, wed: working, thu: working, fri: working },
});

/** A version that both sides signed. @returns its id */
export async function signVersion(
  company: Company,
  clauses: readonly Clause[],
  {
    effectiveFrom,
    timeZone = 'UTC',
    number = 1,
    signedAt = `${effectiveFrom}T00:00:00Z`,
  }: { effectiveFrom: string; timeZone?: string; number?: number; signedAt?: string },
): Promise<string> {
  const id = newId();
  await company.inside((tx) =>
    sql`INSERT INTO agreement_versions (workspace_id, id, number, status, content, calendars, effective_from, content_hash, proposed_at, signed_at)
      VALUES (${company.workspaceId}, ${id}, ${number}, 'signed', ${JSON.stringify(contentOf(clauses))}::jsonb, ${JSON.stringify({ default: officeHours(timeZone) })}::jsonb,
        ${effectiveFrom}::date, 'x', ${signedAt}::timestamptz, ${signedAt}::timestamptz)`.execute(tx),
  );
  return id;
}

/** Rows by column name; `id` is made where it isn't given. @returns the ids */
export async function addRows(
  company: Company,
  table:
    | 'leads'
    | 'contacts'
    | 'campaigns'
    | 'members'
    | 'teams'
    | 'team_members'
    | 'touches'
    | 'clocks'
    | 'handoffs'
    | 'rejections'
    | 'excuses'
    | 'facts',
  rows: readonly Record<string, unknown>[],
): Promise<string[]> {
  if (rows.length === 0) return [];
  const hasId = !['team_members', 'clocks', 'handoffs'].includes(table);
  const filled = rows.map((row) => ({ ...(hasId ? { id: newId() } : {}), ...row }) as Record<string, unknown> & { id: string });
  if (table === 'touches') await ensureMonths(company, rows);
  const columns = [...new Set(filled.flatMap((row) => Object.keys(row)))].map((name) => sql.ref(name));
  await company.inside((tx) =>
    sql`INSERT INTO ${sql.table(table)} (workspace_id, ${sql.join(columns)}) SELECT ${company.workspaceId}::uuid, ${sql.join(columns)}
      FROM jsonb_populate_recordset(NULL::${sql.table(table)}, ${JSON.stringify(filled)}::jsonb)`.execute(tx),
  );
  return filled.map(({ id }) => id);
}

async function ensureMonths(company: Company, touches: readonly Record<string, unknown>[]): Promise<void> {
  const months = new Set(touches.map((touch) => `${String(touch['occurred_at']).slice(0, 7)}-01`));
  for (const month of months) await company.inside((tx) => sql`SELECT accord.ensure_month('touches', ${month}::date)`.execute(tx));
}

/** @returns the ids by name */
export async function addMembers(
  company: Company,
  people: readonly { name: string; side: string; role?: string; team?: string }[],
): Promise<Record<string, string>> {
  const ids = await addRows(
    company,
    'members',
    people.map(({ name, side, role = 'member' }) => ({ name, side, role, active: true, created_at: '2020-01-01T00:00:00Z' })),
  );
  return Object.fromEntries(people.map(({ name }, at) => [name, ids[at]!]));
}

/** @returns the ids by name */
export async function addTeams(company: Company, teams: Readonly<Record<string, readonly string[]>>): Promise<Record<string, string>> {
  const names = Object.keys(teams);
  const ids = await addRows(
    company,
    'teams',
    names.map((name) => ({ name, side: 'sales' })),
  );
  await addRows(
    company,
    'team_members',
    names.flatMap((name, at) => teams[name]!.map((memberId) => ({ team_id: ids[at], member_id: memberId }))),
  );
  return Object.fromEntries(names.map((name, at) => [name, ids[at]!]));
}
