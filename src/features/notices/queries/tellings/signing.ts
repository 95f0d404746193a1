import { sql } from 'kysely';
import { dayWords } from '#features/goals/contract/wording.ts';
import { findTerm } from '#features/agreement/queries/terms.ts';
import { seenPart } from '#features/incentives/queries/plan-seen.ts';
import { getVersion, type VersionRow } from '#features/incentives/queries/plan-rows.ts';
import { sightOf } from '#features/incentives/queries/sight.ts';
import type { Tx, WorkspaceId } from '#platform/db/database.ts';
import { headsOfSides, readersById } from '../members.ts';
import { type Tell, type Telling, textIn, toEach } from './telling.ts';

/** What both sides sign: how it is called in a sentence, and where it is signed. */
interface Version {
  readonly called: string;
  readonly opens: string;
  readonly madeBy: string | null;
}
type Find = (tx: Tx, workspaceId: WorkspaceId, id: string) => Promise<Version | null>;

/** The heads of both sides sign; leadership where a side has none who could. */
const waits =
  (find: Find): Tell =>
  async (tx, workspaceId, fact) => {
    const version = await find(tx, workspaceId, fact.subjectId);
    if (!version) return [];
    return toEach(await signersOf(tx, workspaceId), {
      matter: 'signature.waits',
      title: `${fact.by} proposes ${version.called}: it waits for your signature`,
      opens: version.opens,
    });
  };

const isSigned =
  (find: Find): Tell =>
  async (tx, workspaceId, fact) => {
    const version = await find(tx, workspaceId, fact.subjectId);
    if (!version) return [];
    const heads = await headsOfSides(tx, workspaceId, ['marketing', 'sales', 'leadership']);
    const from = textIn(fact.body, 'effectiveFrom');
    return toEach([version.madeBy, ...heads], {
      matter: 'signature.done',
      title: `Both sides have signed ${version.called}${from ? `: it counts from ${dayWords(from)}` : ''}`,
      opens: version.opens,
    });
  };

async function signersOf(tx: Tx, workspaceId: WorkspaceId): Promise<string[]> {
  const { rows } = await sql<{
    id: string;
    side: string;
    role: string;
    canSign: boolean;
  }>`SELECT id, side, role, login_id IS NOT NULL AS "canSign" FROM members
    WHERE workspace_id = ${workspaceId}::uuid AND active AND role IN ('manager', 'admin', 'owner') ORDER BY id`.execute(tx);
  const isShort = ['marketing', 'sales'].some((side) => !rows.some((row) => row.side === side && row.canSign));
  return rows.flatMap(({ id, side, role }) => (side !== 'leadership' || (isShort && role !== 'manager') ? [id] : []));
}

const definition: Find = async (tx, workspaceId, id) => {
  const { rows } = await sql<{ term: string; madeBy: string | null }>`SELECT term, made_by AS "madeBy" FROM definition_versions
    WHERE workspace_id = ${workspaceId}::uuid AND id = ${id}::uuid`.execute(tx);
  const row = rows[0];
  if (!row) return null;
  const name = (await findTerm(tx, workspaceId, row.term))?.name ?? row.term;
  return { called: `a definition of ${name}`, opens: `/agreement/definitions/${row.term}?version=${id}`, madeBy: row.madeBy };
};
const agreement: Find = async (tx, workspaceId, id) => {
  const { rows } = await sql<{ number: number; madeBy: string | null }>`SELECT number, made_by AS "madeBy" FROM agreement_versions
    WHERE workspace_id = ${workspaceId}::uuid AND id = ${id}::uuid`.execute(tx);
  const row = rows[0];
  return row ? { called: `version ${row.number} of the agreement`, opens: `/agreement/contracts/${id}`, madeBy: row.madeBy } : null;
};
const goalPlan: Find = async (tx, workspaceId, id) => {
  const { rows } = await sql<{
    title: string;
    madeBy: string | null;
  }>`SELECT content ->> 'title' AS title, made_by AS "madeBy" FROM goal_plans
    WHERE workspace_id = ${workspaceId}::uuid AND id = ${id}::uuid`.execute(tx);
  const row = rows[0];
  return row ? { called: `the goal plan ${row.title}`, opens: `/goals/plans/${id}`, madeBy: row.madeBy } : null;
};

export const definitionProposed = waits(definition);
export const definitionSigned = isSigned(definition);
export const agreementProposed = waits(agreement);
export const agreementSigned = isSigned(agreement);
export const goalPlanProposed = waits(goalPlan);
export const goalPlanSigned = isSigned(goalPlan);

// ── plans of pay ────────────────────────────────────────────────────────────

/** Whom it pays, and the heads; of these only who sees any of it. */
const plan =
  (matter: Telling['matter'], says: (name: string, by: string) => string): Tell =>
  async (tx, workspaceId, fact) => {
    const version = await getVersion(tx, workspaceId, fact.subjectId);
    const heads = await headsOfSides(tx, workspaceId, ['marketing', 'sales', 'leadership']);
    const told = await seenBy(tx, workspaceId, version, [...version.content.payees.map(({ id }) => id), ...heads]);
    return toEach(told, { matter, title: says(version.content.name, fact.by), opens: `/incentives/plans/${fact.subjectId}` });
  };

async function seenBy(tx: Tx, workspaceId: WorkspaceId, version: VersionRow, ids: readonly string[]): Promise<string[]> {
  const seen: string[] = [];
  for (const [id, reader] of await readersById(tx, workspaceId, ids))
    if (seenPart(await sightOf(tx, reader), version) !== null) seen.push(id);
  return seen;
}

export const incentivePlanProposed = plan(
  'signature.waits',
  (name, by) => `${by} proposes the incentive plan ${name}: it waits for signatures`,
);
export const incentivePlanSigned = plan('signature.done', (name) => `The incentive plan ${name} is signed`);
