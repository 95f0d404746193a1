import { sql } from 'kysely';
import { firstAfternoon, firstDeeds, type Gate, gatesOf, nextStep } from '#engine/rollout/gates.ts';
import { groundOf } from '#features/campaigns/queries/ground.ts';
import type { StepName } from '#engine/rollout/steps.ts';
import type { Tx, WorkspaceId } from '#platform/db/database.ts';
import type { Who } from '#platform/http/route.ts';
import type { Passage, Path, PathStep } from '../contract/path.ts';
import { whyNotPlan } from '../policy.ts';
import { readEvidence } from './evidence/evidence.ts';

/** The way in as it stands now. */
export async function readPath(tx: Tx, who: Who): Promise<Path> {
  const { today } = await groundOf(tx, who.workspaceId);
  const evidence = await readEvidence(tx, who.workspaceId);
  const gates = gatesOf(evidence);
  const plans = await readPlans(tx, who.workspaceId);
  const passages = await readPassages(tx, who.workspaceId);
  const done = firstAfternoon(evidence);
  return {
    steps: gates.map((gate, at) => stepOf(gate, at + 1, { plan: plans.get(gate.step), passages: passages.get(gate.step) ?? [], today })),
    next: nextStep(gates),
    through: gates.filter(({ state }) => state === 'through').length,
    afternoon: firstDeeds.map((deed) => ({ deed, done: done[deed] })),
    can: { plan: whyNotPlan(who) },
  };
}

interface Plan {
  readonly owner: PathStep['owner'];
  readonly dueOn: string | null;
}

function stepOf(
  gate: Gate,
  number: number,
  { plan, passages, today }: { plan: Plan | undefined; passages: readonly Passage[]; today: string },
): PathStep {
  const dueOn = plan?.dueOn ?? null;
  const first = passages.findLast(({ state }) => state === 'through');
  const lost =
    gate.state === 'through' ? undefined : passages.find(({ state }, at) => state !== 'through' && passages[at + 1]?.state === 'through');
  return {
    ...{ step: gate.step, number, state: gate.state, sentence: gate.sentence, needs: [...gate.needs] },
    ...{ owner: plan?.owner ?? null, dueOn, overdue: gate.state !== 'through' && dueOn !== null && dueOn < today },
    firstThroughAt: first?.at ?? null,
    lostAt: lost?.at ?? null,
    passages: passages.slice(0, 20),
  };
}

async function readPlans(tx: Tx, workspaceId: WorkspaceId): Promise<Map<StepName, Plan>> {
  const { rows } = await sql<Plan & { step: StepName }>`SELECT s.step, s.due_on AS "dueOn",
      CASE WHEN m.id IS NOT NULL THEN json_build_object('id', m.id, 'name', m.name) END AS owner
    FROM rollout_steps s LEFT JOIN members m ON m.workspace_id = s.workspace_id AND m.id = s.owner_id WHERE s.workspace_id = ${workspaceId}::uuid`.execute(
    tx,
  );
  return new Map(rows.map(({ step, ...plan }) => [step, plan]));
}

/** Newest first, by step. A gate that flutters leaves many: the last five hundred are looked at. */
async function readPassages(tx: Tx, workspaceId: WorkspaceId): Promise<Map<StepName, Passage[]>> {
  const { rows } = await sql<Passage & { step: StepName }>`SELECT step, state, sentence, at FROM rollout_passages
    WHERE workspace_id = ${workspaceId}::uuid ORDER BY at DESC, id DESC LIMIT 500`.execute(tx);
  const byStep = Map.groupBy(rows, ({ step }) => step);
  return new Map(byStep.entries().map(([step, found]) => [step, found.map(({ state, sentence, at }) => ({ state, sentence, at }))]));
}
