/** The clauses that rejections name: by what they say, so that a clause which several versions share is one. */

import { sql } from 'kysely';
import type { Rule } from '#engine/rules/rule.ts';
import { ruleLabels } from '#features/agreement/queries/rule-reading.ts';
import type { Tx, WorkspaceId } from '#platform/db/database.ts';
import { clausesNamed } from './judging-definition.ts';

interface ClauseOfVersion {
  readonly versionId: string;
  readonly path: string;
}

/** Joins a row for each clause that a rejection `r` names, `clause.path`. */
export const eachClause = sql`CROSS JOIN LATERAL unnest(r.clauses) AS clause (path)`;

/** What a clause of a version says; the path itself where the version can't be read. */
export async function clauseSentencesOf(
  tx: Tx,
  workspaceId: WorkspaceId,
  named: readonly ClauseOfVersion[],
): Promise<(clause: ClauseOfVersion) => string> {
  const versionIds = [...new Set(named.map(({ versionId }) => versionId))];
  const { rows } = await sql<{ id: string; rule: Rule }>`SELECT v.id, v.rule FROM definition_versions v
    WHERE v.workspace_id = ${workspaceId}::uuid AND v.id = ANY(${versionIds}::uuid[])`.execute(tx);
  const rules = new Map(rows.filter(({ rule }) => Object.keys(rule).length > 0).map(({ id, rule }) => [id, rule]));
  const labels = await ruleLabels(tx, workspaceId, [...rules.values()]);
  return ({ versionId, path }) => clausesNamed(rules.get(versionId) ?? null, labels, [path])[0]!.sentence;
}
