/** Whom a plan is for: frozen when it is chosen, told in words, and counted. */

import { sql } from 'kysely';
import { ruleSentence } from '#engine/rules/sentence.ts';
import { ruleLabels, ruleReading } from '#features/agreement/queries/rule-reading.ts';
import { passingLeads } from '#features/agreement/queries/rule-set.ts';
import { type ListKind, listKinds, type ListQuery, pluralOf } from '#features/records/contract/lists.ts';
import { countRecords } from '#features/records/queries/lists.ts';
import type { Tx, WorkspaceId } from '#platform/db/database.ts';
import { Problem } from '#platform/errors.ts';
import type { Who } from '#platform/http/route.ts';
import type { Audience, AudienceAnswer, AudienceChoice } from '../contract/plans.ts';

const mostCounted = 10_000;

/**
 * A view as it stands now: what is planned doesn't change when somebody edits the view.
 * @throws Problem bad-input for a view that is not there or lists what is no audience
 */
export async function freezeAudience(tx: Tx, who: Who, choice: AudienceChoice, at = 'content.audience'): Promise<Audience> {
  if (choice.kind !== 'view') return choice;
  const { rows } = await sql<{ kind: string; name: string; query: ListQuery }>`SELECT v.kind, v.name, v.query FROM saved_views v
    WHERE v.workspace_id = ${who.workspaceId}::uuid AND v.id = ${choice.viewId}::uuid AND (v.shared OR v.member_id = ${who.memberId}::uuid)`.execute(
    tx,
  );
  const [view] = rows;
  if (!view) throw refused(at, 'There is no such view here.');
  if (view.kind !== 'lead' && view.kind !== 'contact' && view.kind !== 'account')
    throw refused(at, 'An audience is a view of leads, contacts or accounts.');
  const { q, filter } = view.query;
  return {
    kind: 'view',
    viewId: choice.viewId,
    name: view.name,
    records: view.kind,
    query: { ...(q === undefined ? {} : { q }), ...(filter === undefined ? {} : { filter }) },
  };
}

const refused = (at: string, reason: string): Problem => new Problem('bad-input', `${at}: ${reason}`, { fields: [{ at, reason }] });

/** In words, to stand after “For:”. */
export async function audienceSentence(tx: Tx, workspaceId: WorkspaceId, audience: Audience): Promise<string> {
  if (audience.kind === 'none') return 'not said yet';
  if (audience.kind === 'view') return `${pluralOf[audience.records]} of the view “${audience.name}”`;
  return `leads where ${ruleSentence(audience.rule, await ruleLabels(tx, workspaceId, [audience.rule]))}`;
}

/** Where the audience is listed, below `/api/v1`. */
export function audienceUrl(audience: Audience): string | null {
  if (audience.kind !== 'view') return null;
  const { q, filter } = audience.query;
  const search = new URLSearchParams({ ...(q ? { q } : {}), ...(filter ? { filter: JSON.stringify(filter) } : {}) });
  return `/${pluralOf[audience.records]}${search.size > 0 ? `?${search}` : ''}`;
}

export async function answerAudience(tx: Tx, workspaceId: WorkspaceId, audience: Audience): Promise<AudienceAnswer> {
  const counted = await countAudience(tx, workspaceId, audience);
  return {
    sentence: await audienceSentence(tx, workspaceId, audience),
    count: counted?.total ?? null,
    countIsAtLeast: counted?.isAtLeast ?? false,
    recordsUrl: audienceUrl(audience),
    audience,
  };
}

/** Exact up to 10,000; null where none is said. */
export async function countAudience(
  tx: Tx,
  workspaceId: WorkspaceId,
  audience: Audience,
): Promise<{ total: number; isAtLeast: boolean } | null> {
  if (audience.kind === 'none') return null;
  if (audience.kind === 'view') return countRecords(tx, workspaceId, kindOf(audience.records), audience.query);
  const reading = await ruleReading(tx, workspaceId, [audience.rule]);
  const passing = passingLeads(audience.rule, { workspaceId, reading, at: sql`now()`, where: sql`t.archived_at IS NULL` });
  const { rows } = await sql<{
    total: bigint;
  }>`SELECT count(*) AS total FROM (SELECT 1 FROM (${passing}) p LIMIT ${mostCounted + 1}) c`.execute(tx);
  const total = Number(rows[0]!.total);
  return { total: Math.min(total, mostCounted), isAtLeast: total > mostCounted };
}

const kindOf = (records: 'lead' | 'contact' | 'account'): ListKind => listKinds.find((kind) => kind === records)!;
