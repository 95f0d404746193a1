import { sql } from 'kysely';
import type { AgreementContent } from '#engine/agreement/clause.ts';
import type { Calendar } from '#engine/calendar/calendar.ts';
import type { Rule } from '#engine/rules/rule.ts';
import type { Tx, WorkspaceId } from '#platform/db/database.ts';

/** What both sides signed counts from a day on; times are epoch milliseconds. */
interface Signed {
  readonly id: string;
  readonly number: number;
  /** `YYYY-MM-DD` in the workspace's time zone. */
  readonly effectiveFrom: string;
  /**
   * When it begins to count. The first version of its kind: with the beginning of that day, which may lie before
   * its signature. A later one: not before both had signed, so that nothing is measured by what nobody knew yet.
   */
  readonly effectiveAt: number;
  /** When the second side signed. */
  readonly signedAt: number;
}

export interface SignedAgreement extends Signed {
  readonly content: AgreementContent;
  /** As they stood when it was proposed: the workspace's under `default`, those the clauses name under their ids. */
  readonly calendars: Readonly<Record<string, Calendar>>;
}

export interface SignedDefinition extends Signed {
  readonly term: string;
  readonly rule: Rule;
  readonly text: string;
}

/** Every signed version of the contract, in the order in which they take effect. */
export async function signedAgreements(tx: Tx, workspaceId: WorkspaceId): Promise<SignedAgreement[]> {
  const { rows } = await sql<Row & Pick<SignedAgreement, 'content' | 'calendars'>>`
    SELECT v.id, v.number, v.content, v.calendars, v.effective_from AS "effectiveFrom", v.signed_at AS "signedOn", w.time_zone AS "timeZone"
    FROM agreement_versions v JOIN workspaces w ON w.id = v.workspace_id
    WHERE v.workspace_id = ${workspaceId}::uuid AND v.status = 'signed' ORDER BY v.signed_at, v.number`.execute(tx);
  return inOrderOfEffect(rows);
}

/** Every signed version of a term's definition, in the order in which they take effect. */
export const signedDefinitions = async (tx: Tx, workspaceId: WorkspaceId, term: string): Promise<SignedDefinition[]> =>
  inOrderOfEffect(await readDefinitions(tx, workspaceId, term));

/** The same of all terms at once, by term. */
export async function signedDefinitionsByTerm(tx: Tx, workspaceId: WorkspaceId): Promise<Map<string, SignedDefinition[]>> {
  const byTerm = Map.groupBy(await readDefinitions(tx, workspaceId), (row) => row.term);
  return new Map(byTerm.entries().map(([term, rows]) => [term, inOrderOfEffect(rows)]));
}

async function readDefinitions(tx: Tx, workspaceId: WorkspaceId, term?: string) {
  const { rows } = await sql<Row & Pick<SignedDefinition, 'term' | 'rule' | 'text'>>`
    SELECT v.id, v.term, v.number, v.rule, v.text, v.effective_from AS "effectiveFrom", v.signed_at AS "signedOn", w.time_zone AS "timeZone"
    FROM definition_versions v JOIN workspaces w ON w.id = v.workspace_id
    WHERE v.workspace_id = ${workspaceId}::uuid ${term === undefined ? sql`` : sql`AND v.term = ${term}`} AND v.status = 'signed'
    ORDER BY v.signed_at, v.number`.execute(tx);
  return rows;
}

/**
 * The version that counts at a moment: of those in effect the one that took effect last, of two from the
 * same day the one signed last.
 * @param versions in the order in which they take effect
 */
export function inForceAt<Version extends Pick<Signed, 'effectiveAt'>>(versions: readonly Version[], atMs: number): Version | undefined {
  return versions.findLast((version) => version.effectiveAt <= atMs);
}

/** The first moment of a day in a time zone, epoch milliseconds. */
export const startOfDay = (day: string, timeZone: string): number =>
  Temporal.PlainDate.from(day).toZonedDateTime(timeZone).epochMilliseconds;

interface Row {
  readonly id: string;
  readonly number: number;
  readonly effectiveFrom: string;
  readonly signedOn: string;
  readonly timeZone: string;
}

/** @param rows in the order in which they were signed */
function inOrderOfEffect<Found extends Row>(rows: readonly Found[]): (Omit<Found, 'timeZone' | 'signedOn'> & Signed)[] {
  const versions = rows.map(({ timeZone, signedOn, ...row }, at) => {
    const signedAt = Date.parse(signedOn);
    const day = startOfDay(row.effectiveFrom, timeZone);
    return { ...row, signedAt, effectiveAt: at === 0 ? day : Math.max(day, signedAt) };
  });
  return versions.sort((one, other) => one.effectiveAt - other.effectiveAt);
}
