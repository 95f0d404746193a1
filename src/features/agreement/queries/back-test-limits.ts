/** What a back-test leaves out, and which of the rule's fields look as if they were filled in only afterwards. */

import { sql } from 'kysely';
import { columnOf } from '#features/records/contract.ts';
import { listCustomFields } from '#features/records/queries/lookups.ts';
import type { Sql } from '#features/records/queries/columns.ts';
import type { Tx, WorkspaceId } from '#platform/db/database.ts';
import { subjectFields } from '../contract/vocabulary.ts';
import { inPeriod } from './back-test.ts';
import type { WholeBackTest } from './back-test-ask.ts';
import { fieldConditionsOf } from './rule-reading.ts';

export interface LeftOut {
  /** Leads that state no day of opening. */
  readonly withoutDay: number;
  /** Won leads of the period with a value in another currency. */
  readonly otherCurrencies: number;
  /** Fields of the lead that the rule asks about: shares of won leads and of others in which they are stated. */
  readonly filledAfterwards: readonly { readonly label: string; readonly won: number; readonly others: number }[];
}

/** So few won leads tell nothing about what is filled in when. */
const fewestWon = 20;
/** Stated of others less than this share as often as of won leads: nobody fills in a fourth of it by chance. */
const suspiciousShare = 0.25;

export async function leftOut(tx: Tx, workspaceId: WorkspaceId, whole: WholeBackTest): Promise<LeftOut> {
  const fields = await askedFields(tx, workspaceId, whole);
  const stated = fields.flatMap(({ column }, at) => [
    sql`count(*) FILTER (WHERE won_at IS NOT NULL AND ${column} IS NOT NULL) AS ${sql.ref(`won${at}`)}`,
    sql`count(*) FILTER (WHERE won_at IS NULL AND ${column} IS NOT NULL) AS ${sql.ref(`other${at}`)}`,
  ]);
  const { rows } = await sql<
    Record<string, bigint>
  >`SELECT count(*) FILTER (WHERE won_at IS NOT NULL) AS won, count(*) FILTER (WHERE won_at IS NULL) AS others,
    count(*) FILTER (WHERE won_at IS NOT NULL AND value IS NOT NULL AND currency <> ${whole.currency}) AS foreign_value,
    (SELECT count(*) FROM leads o WHERE o.workspace_id = ${workspaceId}::uuid AND o.opened_at IS NULL AND o.archived_at IS NULL) AS without_day
    ${stated.length === 0 ? sql`` : sql`, ${sql.join(stated)}`} FROM leads t WHERE t.workspace_id = ${workspaceId}::uuid AND ${inPeriod(whole.ask, whole.timeZone)}`.execute(
    tx,
  );
  const count = (name: string) => Number(rows[0]![name]);
  const [won, others] = [count('won'), count('others')];
  const shares = fields.map(({ label }, at) => ({ label, won: count(`won${at}`) / won, others: count(`other${at}`) / others }));
  return {
    withoutDay: count('without_day'),
    otherCurrencies: count('foreign_value'),
    filledAfterwards: won < fewestWon || others === 0 ? [] : shares.filter((share) => share.others < suspiciousShare * share.won),
  };
}

/** The lead's own fields: of what it belongs to, one record stands behind many leads. */
async function askedFields(tx: Tx, workspaceId: WorkspaceId, { version }: WholeBackTest): Promise<{ label: string; column: Sql }[]> {
  const asked = new Set(fieldConditionsOf(version.rule).flatMap(({ of, field }) => (of === 'lead' ? [field] : [])));
  const own = [...asked].some((field) => field.startsWith('custom.')) ? await listCustomFields(tx, workspaceId, 'lead') : [];
  return subjectFields('lead', own)
    .filter(({ name, isOutcome }) => asked.has(name) && !isOutcome)
    .map(({ name, label }) => ({
      label,
      column: name.startsWith('custom.')
        ? sql`(t.custom ->> ${name.slice('custom.'.length)}::text)`
        : sql`${sql.ref(`t.${columnOf(name)}`)}`,
    }));
}
