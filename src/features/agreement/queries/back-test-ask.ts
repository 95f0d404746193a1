/** From what is asked of a back-test to a question with nothing left open. */

import { sql } from 'kysely';
import type { z } from 'zod';
import { transactionTime } from '#features/records/queries/records.ts';
import type { Tx, WorkspaceId } from '#platform/db/database.ts';
import { notFound, Problem } from '#platform/errors.ts';
import type { backTestAsk } from '../contract.ts';
import { judgingOf, statedStageOf } from '../contract/back-tests.ts';
import type { BackTestQuestion } from './back-test.ts';
import { signedDefinitions, type SignedDefinition } from './in-force.ts';
import { placeOf } from './rule-reading.ts';
import { findTerm } from './terms.ts';
import { type DefinitionRow, getDefinitionRow } from './versions.ts';

/** What a back-test was asked, as it is kept beside its result: by it the leads behind its numbers are found again. */
export interface KeptAsk extends Pick<BackTestQuestion, 'start' | 'end' | 'by' | 'now'> {
  /** The version it was compared with; null where none was in force. */
  readonly againstId: string | null;
}

export interface WholeBackTest {
  readonly version: DefinitionRow;
  readonly against: SignedDefinition | null;
  readonly ask: KeptAsk;
  readonly question: BackTestQuestion;
  readonly timeZone: string;
  readonly currency: string;
}

/**
 * Unsaid: leads of the last twelve months, compared with the version in force now.
 * @param runId of a back-test that was run: its period, grouping, moment and comparison
 * @throws Problem not-found, bad-input (a period that ends before it begins), conflict (a definition of touches)
 */
export async function wholeBackTest(
  tx: Tx,
  workspaceId: WorkspaceId,
  versionId: string,
  asked: Partial<z.output<typeof backTestAsk>>,
  runId?: string,
): Promise<WholeBackTest> {
  const version = await versionToTest(tx, workspaceId, versionId);
  const signed = await signedDefinitions(tx, workspaceId, version.term);
  const place = await placeOf(tx, workspaceId);
  const ask =
    runId === undefined
      ? openedAsk(version, signed, asked, await transactionTime(tx), place.timeZone)
      : await keptAsk(tx, workspaceId, versionId, runId);
  const against = signed.find(({ id }) => id === ask.againstId) ?? null;
  return { version, against, ask, question: questionOf(version, against, ask), ...place };
}

async function versionToTest(tx: Tx, workspaceId: WorkspaceId, id: string): Promise<DefinitionRow> {
  const version = await getDefinitionRow(tx, workspaceId, id);
  const term = await findTerm(tx, workspaceId, version.term);
  if (term?.subject === 'touch')
    throw new Problem('conflict', `“${term.name}” says what a touch is, not what a lead is: leads can’t be judged by it.`);
  return version;
}

function openedAsk(
  version: DefinitionRow,
  signed: readonly SignedDefinition[],
  asked: Partial<z.output<typeof backTestAsk>>,
  now: string,
  timeZone: string,
): KeptAsk {
  const end = asked.end ?? Temporal.Instant.from(now).toZonedDateTimeISO(timeZone).toPlainDate().toString();
  const start = asked.start ?? Temporal.PlainDate.from(end).subtract({ months: 12 }).add({ days: 1 }).toString();
  if (start > end)
    throw new Problem('bad-input', 'The period ends before it begins.', { fields: [{ at: 'end', reason: 'is before start' }] });
  return { start, end, by: asked.by ?? 'segment', now, againstId: comparedWith(version, signed, Date.parse(now))?.id ?? null };
}

/** The version in force; for that one itself, the one before it. */
const comparedWith = (version: DefinitionRow, signed: readonly SignedDefinition[], nowMs: number): SignedDefinition | undefined =>
  signed.findLast(({ id, effectiveAt }) => id !== version.id && effectiveAt <= nowMs);

async function keptAsk(tx: Tx, workspaceId: WorkspaceId, versionId: string, runId: string): Promise<KeptAsk> {
  const { rows } = await sql<{ asked: KeptAsk }>`SELECT asked FROM back_tests
    WHERE workspace_id = ${workspaceId}::uuid AND id = ${runId}::uuid AND version_id = ${versionId}::uuid`.execute(tx);
  if (!rows[0]) throw notFound('back-test');
  return rows[0].asked;
}

function questionOf(version: DefinitionRow, against: SignedDefinition | null, ask: KeptAsk): BackTestQuestion {
  const stage = statedStageOf(version.term);
  return {
    rule: version.rule,
    against: against ? { rule: against.rule } : stage === null ? null : { stage },
    judging: judgingOf(version.term),
    start: ask.start,
    end: ask.end,
    by: ask.by,
    now: ask.now,
  };
}
