/** The data-driven models are asked off the request's path: a question is written down, answered by a thread, and kept. */

import { Worker } from 'node:worker_threads';
import { sql } from 'kysely';
import { holdingAlone } from '#features/handoff/actions/hold-alone.ts';
import type { Database, Tx, WorkspaceId } from '#platform/db/database.ts';
import { newId } from '#platform/db/ids.ts';
import { announceChange } from '#platform/facts/facts.ts';
import { enqueue } from '#platform/jobs/jobs.ts';
import type { DrivenAsk, DrivenStep } from '../queries/driven-models.ts';
import {
  type Estimate,
  type EstimateAnswer,
  type EstimateProgress,
  type EstimateQuestion,
  findEstimate,
  journeysStamp,
  questionKey,
} from '../queries/estimates.ts';
import { journeysOf } from '../queries/journey-columns.ts';
import { learnedJourneys } from '../queries/selected-journeys.ts';

/** However often journeys change, a question that is being looked at is answered anew at most so often. */
const restMilliseconds = 60_000;
/** An answer whose thread told nothing for so long is taken for dead. */
const silenceMilliseconds = 60_000;

/**
 * The answer there is, and a new one on its way where journeys changed since.
 * @param stamp of the journeys now
 */
export async function askEstimate(
  tx: Tx,
  workspaceId: WorkspaceId,
  asked: { setting: number; question: EstimateQuestion; stamp: string },
): Promise<Estimate> {
  const { setting, question, stamp } = asked;
  const known = await findEstimate(tx, workspaceId, setting, question);
  if (known && !isDue(known, stamp, Date.now())) return known;
  await sql`INSERT INTO attribution_estimates (workspace_id, id, setting, question, question_key, stamp, progress, asked_at)
    VALUES (${workspaceId}::uuid, ${newId()}::uuid, ${setting}, ${JSON.stringify(question)}::jsonb, ${questionKey(question)}, '', '{"state":"waiting"}', clock_timestamp())
    ON CONFLICT (workspace_id, setting, question_key) DO UPDATE SET progress = EXCLUDED.progress, asked_at = EXCLUDED.asked_at`.execute(tx);
  await enqueue(tx, workspaceId, {
    ...{ name: 'returns:estimate', payload: {} },
    key: `returns:estimate:${workspaceId}`,
    queue: `returns:estimate:${workspaceId}`,
  });
  return (await findEstimate(tx, workspaceId, setting, question))!;
}

function isDue({ stamp, progress, askedAt, answeredAt }: Estimate, now: string, at: number): boolean {
  if (progress.state === 'waiting' || progress.state === 'running') return false;
  return stamp !== now && at - Date.parse(answeredAt ?? askedAt) > restMilliseconds;
}

/** Answers what is asked, one after another; where another server is at it, that one does. */
export async function answerEstimates(database: Database, workspaceId: WorkspaceId): Promise<void> {
  for (;;) {
    const isMine = await holdingAlone(database, `accord.estimates ${workspaceId}`, async () => {
      for (let next = await nextAsked(database, workspaceId); next; next = await nextAsked(database, workspaceId))
        await answerOne(database, workspaceId, next);
    });
    if (!isMine || !(await nextAsked(database, workspaceId))) return;
  }
}

/** Whether something asked was not answered: its worker was killed. */
export async function hasForgottenEstimate(tx: Tx, workspaceId: WorkspaceId): Promise<boolean> {
  const { rows } = await sql`SELECT FROM attribution_estimates WHERE workspace_id = ${workspaceId}::uuid
    AND progress ->> 'state' IN ('waiting', 'running') AND asked_at < clock_timestamp() - make_interval(secs => ${silenceMilliseconds / 1000}) LIMIT 1`.execute(
    tx,
  );
  return rows.length > 0;
}

interface Asked {
  readonly id: string;
  readonly setting: number;
  readonly question: EstimateQuestion;
}

/** Who holds the place alone is the only one that is running: what says so was left by one that was killed. */
async function nextAsked(database: Database, workspaceId: WorkspaceId): Promise<Asked | null> {
  const { rows } = await database.inWorkspace(workspaceId, (tx) =>
    sql<Asked>`SELECT id, setting, question FROM attribution_estimates WHERE workspace_id = ${workspaceId}::uuid
      AND progress ->> 'state' IN ('waiting', 'running') ORDER BY asked_at LIMIT 1`.execute(tx),
  );
  return rows[0] ?? null;
}

/** A million journeys are drawn less often than a thousand: the intervals of many are narrow, and each draw takes longer. */
const replicatesFor = (journeys: number): number => (journeys <= 100_000 ? 200 : 60);

async function answerOne(database: Database, workspaceId: WorkspaceId, { id, setting, question }: Asked): Promise<void> {
  const stamp = await database.inWorkspace(workspaceId, (tx) => journeysStamp(tx, workspaceId, setting));
  const fresh = await journeysOf(database).fresh(workspaceId);
  const asOf = new Date().toISOString();
  const keep = (progress: EstimateProgress, answer: EstimateAnswer | null) =>
    database.inWorkspace(workspaceId, (tx) => keepAnswer(tx, workspaceId, id, { stamp, progress, answer }));
  if (fresh.setting?.number !== setting) return keep({ state: 'failed', why: 'Attribution was set anew meanwhile.' }, null);
  const journeys = learnedJourneys(fresh, { start: question.start ?? undefined, end: question.end ?? undefined });
  const ask: DrivenAsk = { journeys, channels: [...fresh.words.channel], replicates: replicatesFor(journeys.count), seed: 1 };
  let models: EstimateAnswer['models'] = {};
  try {
    for await (const step of runThread(ask)) {
      models = { ...models, ...step.models };
      const isPlain = Object.keys(models).length === 5;
      await keep({ state: 'running', done: step.done, of: step.of }, isPlain ? { asOf, models } : null);
    }
    await keep({ state: 'ready' }, { asOf, models });
  } catch (error) {
    await keep({ state: 'failed', why: (error as Error).message }, null);
    throw error;
  }
}

/** @param answer null: the one before stays */
async function keepAnswer(
  tx: Tx,
  workspaceId: WorkspaceId,
  id: string,
  { stamp, progress, answer }: { stamp: string; progress: EstimateProgress; answer: EstimateAnswer | null },
): Promise<void> {
  const isOver = progress.state === 'ready' || progress.state === 'failed';
  await sql`UPDATE attribution_estimates SET progress = ${JSON.stringify(progress)}::jsonb,
      answer = coalesce(${answer && JSON.stringify(answer)}::jsonb, answer), stamp = CASE WHEN ${answer !== null || isOver} THEN ${stamp} ELSE stamp END,
      answered_at = CASE WHEN ${isOver} THEN clock_timestamp() ELSE answered_at END,
      asked_at = CASE WHEN ${isOver} THEN asked_at ELSE clock_timestamp() END
    WHERE workspace_id = ${workspaceId}::uuid AND id = ${id}::uuid`.execute(tx);
  await announceChange(tx, workspaceId, 'estimate');
}

/** The steps as they come; those that came while one was being dealt with are taken together. */
async function* runThread(ask: DrivenAsk): AsyncGenerator<DrivenStep> {
  const worker = new Worker(new URL('./estimate-thread.ts', import.meta.url), { workerData: ask });
  const waiting: DrivenStep[] = [];
  let failure: unknown = null;
  let isOver = false;
  let wake = (): void => {};
  worker.on('message', (step: DrivenStep) => {
    waiting.push(step);
    wake();
  });
  worker.on('error', (error) => (failure = error));
  worker.on('exit', () => {
    isOver = true;
    wake();
  });
  try {
    for (;;) {
      if (waiting.length > 0) {
        const steps = waiting.splice(0);
        yield { ...steps.at(-1)!, models: Object.assign({}, ...steps.map(({ models }) => models)) };
      } else if (isOver) break;
      else await new Promise<void>((resolve) => (wake = resolve));
    }
    if (failure) throw failure;
  } finally {
    await worker.terminate();
  }
}
