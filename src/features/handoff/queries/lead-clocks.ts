/** The state of every clock of one lead, now or at any past moment. */

import { sql } from 'kysely';
import type { z } from 'zod';
import { clauseSentence } from '#engine/agreement/wording.ts';
import type { LeadClock, leadClocks } from '#features/agreement/contract.ts';
import { clauseNames } from '#features/agreement/queries/names.ts';
import type { Database, Tx, WorkspaceId } from '#platform/db/database.ts';
import { notFound } from '#platform/errors.ts';
import { clockColumns } from './attainment-records.ts';
import { recomputedSources } from './attainment-recomputed.ts';
import { attainmentScope, type AttainmentScope, isoOf } from './attainment-scope.ts';
import { clockRecords, type ClockRow } from './attainment-shown.ts';
import { presentSources, type Sources } from './attainment-sources.ts';

/** @throws Problem not-found for a lead that isn't there */
export const answerLeadClocks = (
  database: Database,
  workspaceId: WorkspaceId,
  leadId: string,
  asOf: string | undefined,
): Promise<z.output<typeof leadClocks>> =>
  database.inWorkspace(workspaceId, (tx) => clocksOfLead(tx, workspaceId, leadId, asOf), { snapshot: true });

/** In the order of the clauses. */
export async function clocksOfLead(
  tx: Tx,
  workspaceId: WorkspaceId,
  leadId: string,
  asOf?: string,
): Promise<{ asOf: string; items: LeadClock[] }> {
  const { rows } = await sql`SELECT FROM leads WHERE workspace_id = ${workspaceId}::uuid AND id = ${leadId}::uuid`.execute(tx);
  if (rows.length === 0) throw notFound('lead');
  const scope = await attainmentScope(tx, workspaceId, { asOf, as: 'then' });
  const sources = scope.isPast ? await recomputedSources(tx, scope, sql`SELECT ${leadId}::uuid AS id`) : presentSources(workspaceId);
  return { asOf: isoOf(scope.asOf), items: await shownClocks(tx, scope, sources, leadId) };
}

async function shownClocks(tx: Tx, scope: AttainmentScope, { clocks, leads }: Sources, leadId: string): Promise<LeadClock[]> {
  const ws = sql`${scope.workspaceId}::uuid`;
  const { rows } = await sql<ClockRow & { clauseKey: string }>`SELECT c.clause_key AS "clauseKey", ${clockColumns}
    FROM ${clocks} c JOIN ${leads} l ON l.workspace_id = ${ws} AND l.id = c.lead_id WHERE c.workspace_id = ${ws} AND c.lead_id = ${leadId}::uuid`.execute(
    tx,
  );
  const records = await clockRecords(tx, scope, rows);
  const names = await clauseNames(tx, scope.workspaceId);
  const shown = rows.flatMap(({ clauseKey, versionId }, at) => {
    const clauses = scope.versions.find(({ id }) => id === versionId)?.content.clauses ?? [];
    const place = clauses.findIndex(({ key }) => key === clauseKey);
    const clause = clauses[place];
    if (!clause) return [];
    return [
      {
        place,
        clock: { ...records[at]!, clause: clauseKey, title: clause.title, sentence: clauseSentence(clause, names), side: clause.side },
      },
    ];
  });
  return shown.sort((one, other) => one.place - other.place).map(({ clock }) => clock);
}
