import { sql } from 'kysely';
import type { z } from 'zod';
import { type AgreementContent, repsCalendar } from '#engine/agreement/clause.ts';
import type { Tx, WorkspaceId } from '#platform/db/database.ts';
import { newId } from '#platform/db/ids.ts';
import { type FieldProblem, Problem } from '#platform/errors.ts';
import type { Who } from '#platform/http/route.ts';
import type { agreementDraft } from '../contract.ts';
import { calendarsOf } from '../queries/contract.ts';
import { clauseNames } from '../queries/names.ts';
import { lives, lockNumbers, markProposed, recordVersionFact, refuseRetroactive, refuseStrangers, refuseUnless } from './signing.ts';

type Draft = z.output<typeof agreementDraft>;

/**
 * A new version of the contract, as a draft.
 * @returns its id
 * @throws Problem bad-input (a clause names a calendar, team or field that isn't there)
 */
export async function draftAgreement(tx: Tx, who: Who, { content }: Draft): Promise<string> {
  await refuseUnknown(tx, who.workspaceId, content);
  await lockNumbers(tx, who.workspaceId);
  const id = newId();
  const { rows } = await sql<{ number: number }>`INSERT INTO agreement_versions (workspace_id, id, number, status, content, made_by)
    SELECT ${who.workspaceId}::uuid, ${id}::uuid, coalesce(max(number), 0) + 1, 'draft', ${JSON.stringify(content)}::jsonb, ${who.memberId}::uuid
    FROM agreement_versions WHERE workspace_id = ${who.workspaceId}::uuid RETURNING number`.execute(tx);
  await recordVersionFact(tx, who, { kind: 'agreement', id, number: rows[0]!.number }, 'drafted');
  return id;
}

/** @throws Problem conflict (not a draft any more), forbidden (somebody else's, and the asker no head) */
export async function editAgreement(tx: Tx, who: Who, id: string, { content }: Draft): Promise<void> {
  const row = await lives.agreement.lock(tx, who.workspaceId, id);
  refuseUnless(row, 'edit');
  refuseStrangers(who, row);
  await refuseUnknown(tx, who.workspaceId, content);
  await sql`UPDATE agreement_versions SET content = ${JSON.stringify(content)}::jsonb
    WHERE workspace_id = ${who.workspaceId}::uuid AND id = ${id}::uuid`.execute(tx);
  await recordVersionFact(tx, who, row, 'edited');
}

/** Puts a draft before both sides, together with the calendars it counts in as they stand now. */
export async function proposeAgreement(tx: Tx, who: Who, id: string, effectiveFrom: string): Promise<void> {
  const row = await lives.agreement.lock(tx, who.workspaceId, id);
  refuseUnless(row, 'propose');
  refuseStrangers(who, row);
  await refuseUnknown(tx, who.workspaceId, row.content);
  await refuseRetroactive(tx, who.workspaceId, row, effectiveFrom);
  const calendars = await calendarsOf(tx, who.workspaceId, row.content);
  await sql`UPDATE agreement_versions SET calendars = ${JSON.stringify(calendars)}::jsonb
    WHERE workspace_id = ${who.workspaceId}::uuid AND id = ${id}::uuid`.execute(tx);
  await markProposed(tx, who, lives.agreement, { ...row, calendars, effectiveFrom });
}

/** Calendars, teams and fields that clauses name must be there: what nobody can measure is not agreed. */
async function refuseUnknown(tx: Tx, workspaceId: WorkspaceId, content: AgreementContent): Promise<void> {
  const names = await clauseNames(tx, workspaceId);
  const fields: FieldProblem[] = [];
  const check = (known: boolean, at: string, reason: string): void => {
    if (!known) fields.push({ at, reason });
  };
  for (const [at, clause] of content.clauses.entries()) {
    const where = `content.clauses.${at}`;
    check(
      clause.calendar === repsCalendar || Object.hasOwn(names.calendars, clause.calendar),
      `${where}.calendar`,
      'There is no such calendar here.',
    );
    for (const [index, team] of clause.scope.teams.entries())
      check(Object.hasOwn(names.teams, team), `${where}.scope.teams.${index}`, 'There is no such team here.');
    if (clause.metric.kind !== 'completeness') continue;
    for (const [index, field] of clause.metric.fields.entries())
      check(Object.hasOwn(names.fields, field), `${where}.metric.fields.${index}`, `A lead has no field “${field}”.`);
  }
  const [first] = fields;
  if (first) throw new Problem('bad-input', `${first.at}: ${first.reason}`, { fields: fields.slice(0, 50) });
}
