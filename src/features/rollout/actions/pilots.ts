import { randomInt } from 'node:crypto';
import { sql } from 'kysely';
import { drawHalves } from '#engine/rollout/halves.ts';
import { groundOf } from '#features/campaigns/queries/ground.ts';
import type { Tx, WorkspaceId } from '#platform/db/database.ts';
import { newId } from '#platform/db/ids.ts';
import { notFound, Problem } from '#platform/errors.ts';
import { recordFact } from '#platform/facts/facts.ts';
import type { Who } from '#platform/http/route.ts';
import type { NewPilot } from '../contract/pilots.ts';
import { getPilot, listOwners, listPilots, type PilotRow, readChoices } from '../queries/pilots.ts';
import { notePassages } from './note-passages.ts';

/** Settles groups, measure and start for good. @throws Problem conflict: one is under way; not-found: no such team, region or segment */
export async function planPilot(tx: Tx, who: Who, given: NewPilot): Promise<string> {
  const { workspaceId, memberId } = who;
  await sql`SELECT pg_advisory_xact_lock(hashtextextended(${`pilot ${workspaceId}`}, 0))`.execute(tx);
  const { can } = await listPilots(tx, who);
  if (can.plan) throw new Problem('conflict', can.plan);
  const { today } = await groundOf(tx, workspaceId);
  const { groups, seed } = await settleGroups(tx, workspaceId, given);
  const { name, split, measure, changes, startsOn } = given;
  const id = newId();
  const late = startsOn < today;
  await sql`INSERT INTO rollout_pilots (workspace_id, id, name, split, groups, measure, seed, changes, starts_on, planned_by, planned_late)
    VALUES (${workspaceId}::uuid, ${id}::uuid, ${name}, ${split}, ${JSON.stringify(groups)}::jsonb, ${measure}, ${seed}, ${changes}, ${startsOn}::date, ${memberId}::uuid, ${late})`.execute(
    tx,
  );
  const body = { name, split, groups, measure, startsOn, seed };
  await recordFact(tx, workspaceId, { kind: 'pilot.planned', subjectKind: 'pilot', subjectId: id, memberId, body });
  await notePassages(tx, workspaceId);
  return id;
}

interface Settled {
  readonly groups: PilotRow['groups'];
  readonly seed: number | null;
}

async function settleGroups(tx: Tx, workspaceId: WorkspaceId, { split, pilot, comparison }: NewPilot): Promise<Settled> {
  if (split === 'halves') return drawnHalves(await listOwners(tx, workspaceId));
  const known = new Set((await readChoices(tx, workspaceId))[split].map(({ key }) => key));
  if ([...pilot, ...comparison].some((each) => !known.has(each))) throw notFound(split.slice(0, -1));
  return { groups: { pilot, comparison }, seed: null };
}

function drawnHalves(owners: readonly string[]): Settled {
  if (owners.length < 2)
    throw new Problem('conflict', 'Halves need at least two people who own leads that were passed in the last twelve weeks.');
  const seed = randomInt(2 ** 31);
  return { groups: drawHalves(owners, seed), seed };
}

/** From today on it no longer counts; one that has not begun is withdrawn. @throws Problem not-found; conflict: it has ended */
export async function endPilot(tx: Tx, { workspaceId, memberId }: Who, id: string, because: string): Promise<void> {
  const pilot = await getPilot(tx, workspaceId, id);
  if (pilot.endedOn !== null) throw new Problem('conflict', 'It has ended.');
  const { today } = await groundOf(tx, workspaceId);
  const endedOn = today < pilot.startsOn ? pilot.startsOn : today;
  await sql`UPDATE rollout_pilots SET ended_on = ${endedOn}::date, ended_because = ${because}, ended_by = ${memberId}::uuid, ended_at = now()
    WHERE workspace_id = ${workspaceId}::uuid AND id = ${id}::uuid`.execute(tx);
  await recordFact(tx, workspaceId, { kind: 'pilot.ended', subjectKind: 'pilot', subjectId: id, memberId, body: { endedOn, because } });
  await notePassages(tx, workspaceId);
}
