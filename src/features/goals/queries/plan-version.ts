/** One version of a plan as the asker sees it: content, sheet, feasibility, who signed, what may be done. */

import { sql } from 'kysely';
import { sentenceChanges } from '#engine/agreement/changes.ts';
import { signingFor, whyNotChange } from '#features/agreement/queries/signing.ts';
import { earlierOf, signaturesOf } from '#features/agreement/queries/versions.ts';
import type { Database, Tx } from '#platform/db/database.ts';
import type { Who } from '#platform/http/route.ts';
import type { PlanVersion } from '../contract/plans.ts';
import { goalSentence, planSentences, type WordsOf } from '../contract/wording.ts';
import { whyNotDraft } from '../policy.ts';
import { chainGround } from './chain-ground.ts';
import { readContext } from './context.ts';
import { feasibilityOf } from './feasibility.ts';
import { namesOfGoals } from './names.ts';
import { getPlanRow, inForceOf, listPlanRows, type PlanRow } from './plan-rows.ts';
import { summaryOf } from './plan-list.ts';

/** @throws Problem not-found */
export async function getPlanVersion(database: Database, who: Who, id: string): Promise<PlanVersion> {
  return withFeasibility(
    database,
    who,
    await database.inWorkspace(who.workspaceId, (tx) => readPlanVersion(tx, who, id), { snapshot: true }),
  );
}

export interface ReadVersion {
  readonly row: PlanRow;
  readonly shown: Omit<PlanVersion, 'feasibility'>;
}

export const withFeasibility = async (database: Database, who: Who, { row, shown }: ReadVersion): Promise<PlanVersion> => ({
  ...shown,
  feasibility: await feasibilityNow(database, who, row),
});

/** As it stands in this transaction. @throws Problem not-found */
export async function readPlanVersion(tx: Tx, who: Who, id: string): Promise<ReadVersion> {
  const row = await getPlanRow(tx, who.workspaceId, id);
  const versions = await listPlanRows(tx, who.workspaceId, row.planId);
  const signatures = (await signaturesOf(tx, who.workspaceId, [id])).get(id) ?? [];
  const inForce = inForceOf(versions);
  const words: WordsOf = {
    currency: await currencyOf(tx, who),
    names: await namesOfGoals(
      tx,
      who.workspaceId,
      versions.flatMap(({ content }) => content.goals),
    ),
  };
  const signing = await signingFor(tx, who, row.status, signatures);
  const shown = {
    ...summaryOf(row, inForce.has(id), signatures),
    content: row.content,
    sentences: row.content.goals.map((goal) => ({ goalId: goal.id, sentence: goalSentence(goal, words) })),
    names: words.names as Record<string, string>,
    currency: words.currency,
    working: row.working,
    contentHash: row.contentHash,
    proposedAt: row.proposedAt,
    withdrawnAt: row.withdrawnAt,
    signatures,
    signing,
    can: { ...canOf(who, row), sign: signing.whyNot },
    diff: diffOf(row, versions, words),
    versions: versions.map(({ id: versionId, number, status, signedAt }) => ({
      id: versionId,
      number,
      status,
      inForce: inForce.has(versionId),
      signedAt,
    })),
  };
  return { row, shown };
}

async function currencyOf(tx: Tx, who: Who): Promise<string> {
  const { rows } = await sql<{ currency: string }>`SELECT currency FROM workspaces WHERE id = ${who.workspaceId}::uuid`.execute(tx);
  return rows[0]!.currency;
}

function canOf(who: Who, row: PlanRow): Omit<PlanVersion['can'], 'sign'> {
  const change = (verb: 'edit' | 'propose' | 'withdraw'): string | null => whyNotDraft(who) ?? whyNotChange(who, row, verb);
  return {
    edit: change('edit'),
    propose: change('propose'),
    withdraw: change('withdraw'),
    revise: whyNotDraft(who),
  };
}

function diffOf(row: PlanRow, versions: readonly PlanRow[], words: WordsOf): PlanVersion['diff'] {
  const signed = versions.flatMap((each) => (each.signedAt === null ? [] : [{ ...each, signedAt: Date.parse(each.signedAt) }]));
  const before = earlierOf(signed, row);
  if (!before) return null;
  return { against: before.number, ...sentenceChanges(planSentences(before.content, words), planSentences(row.content, words)) };
}

/** Only while it is still to be decided: later it is kept or not. */
async function feasibilityNow(database: Database, who: Who, row: PlanRow): Promise<PlanVersion['feasibility']> {
  const { workBack } = row.content;
  if (!row.working || !workBack || row.status === 'withdrawn') return null;
  const context = await readContext(database, who.workspaceId, who, []);
  const segments = workBack.revenue.map(({ segment }) => segment);
  const runRate = chainGround(context, segments)
    .runRate.slice(0, segments.length)
    .reduce((sum, each) => sum + each, 0);
  return feasibilityOf(context, who, row.working, workBack.changes, runRate);
}
