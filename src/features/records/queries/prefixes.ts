import { sql } from 'kysely';
import { domainKey, emailKey, nameKey, phoneKey } from '#engine/identity/keys.ts';
import type { ListKind } from '../contract/lists.ts';
import type { Sql } from './columns.ts';

/**
 * Begins-with search. Under row-level security PostgreSQL uses an index only for operators it knows to
 * leak nothing; comparisons of text are such, LIKE is not. So "begins with smi" is asked as the range
 * from "smi" to "smi" followed by the last character there is, one range a searched column.
 */
type Searched = Readonly<Record<string, (q: string, phoneCountry?: string | null) => string | null>>;

const byName = (q: string) => nameKey(q) || null;
const byLower = (q: string) => q.trim().toLowerCase().normalize('NFKC') || null;
const byEmail = (q: string) => (q.includes('@') ? (emailKey(q) ?? byLower(q)) : byLower(q));
const byDomain = (q: string) => (/^(https?:|www\.)/i.test(q.trim()) ? domainKey(q) : byLower(q));
const byPhone = (q: string, phoneCountry?: string | null) => {
  const digits = q.replace(/[\s()/.-]/g, '');
  return /^\+?\d{4,}$/.test(digits) ? (phoneKey(q, phoneCountry) ?? digits) : null;
};

/** The columns that are searched, each with how the searched text becomes the beginning of its key. */
export const searchedColumns: Record<ListKind, Searched> = {
  account: { name_key: byName, domain: byDomain, phone_key: byPhone },
  contact: { name_key: byName, family_key: byName, email_key: byEmail, phone_key: byPhone },
  lead: { name_key: byName, company_key: byName, email_key: byEmail, phone_key: byPhone },
  deal: { name_key: byName },
  campaign: { name_key: byName },
};

/**
 * The condition that any searched column begins with the text; false when the text can begin nothing.
 * Nothing but comparisons may stand in it, or no index would serve it.
 */
export function beginsWith(kind: ListKind, q: string, phoneCountry?: string | null, onlyColumn?: string): Sql {
  const ranges = Object.entries(searchedColumns[kind]).flatMap(([column, toKey]) => {
    if (onlyColumn !== undefined && column !== onlyColumn) return [];
    const key = toKey(q, phoneCountry);
    const ref = sql.ref(`t.${column}`);
    return key === null ? [] : [sql`(${ref} >= ${key} AND ${ref} < ${`${key}\u{10FFFF}`})`];
  });
  return ranges.length ? sql`(${sql.join(ranges, sql` OR `)})` : sql`false`;
}
