import { sql } from 'kysely';
import type { Tx, WorkspaceId } from '#platform/db/database.ts';
import { Problem } from '#platform/errors.ts';
import { recordFact } from '#platform/facts/facts.ts';
import { fieldsOf } from '../contract.ts';
import { statedValues } from '../queries/columns.ts';
import { orderedPair, type DuplicateKind } from '../queries/duplicates.ts';
import { getRow, idsMergedInto } from '../queries/records.ts';
import { recordFields } from './record-fields.ts';

export interface MergeCall {
  kind: DuplicateKind;
  survivorId: string;
  otherId: string;
  memberId: string;
}

/** Kept in the survivor's fact, so that the merge can be taken back. */
interface MergeBody extends Record<string, unknown> {
  otherId: string;
  /** Blanks of the survivor that the other filled. */
  filled: Record<string, unknown>;
  /** Records that had been merged into the other, and now are the survivor's. */
  moved: string[];
}

/**
 * Makes one of two records that are the same. The other keeps its id and history; everything that names
 * it is read through `mergedInto`, so leads, deals and touches stay as they were recorded. The survivor's
 * blanks are filled. A chain is never longer than one step.
 * @returns the survivor's id and the fields that were filled
 */
export async function mergeRecords(tx: Tx, workspaceId: WorkspaceId, call: MergeCall): Promise<{ id: string; filled: string[] }> {
  const { kind, survivorId, otherId, memberId } = call;
  if (survivorId === otherId)
    throw new Problem('bad-input', 'A record can’t be merged with itself.', { fields: [{ at: 'otherId', reason: 'is the same record' }] });
  await lockBoth(tx, workspaceId, call);
  const survivor = await getRow(tx, workspaceId, kind, survivorId);
  const other = await getRow(tx, workspaceId, kind, otherId);
  for (const row of [survivor, other])
    if (row.merged_into)
      throw new Problem('conflict', `One of them was merged already: merge with what it was merged into.`, {
        extra: { id: row.id, mergedInto: row.merged_into },
      });
  const filled = blanksFilled(statedValues(kind, survivor), statedValues(kind, other));
  const moved = await idsMergedInto(tx, workspaceId, kind, otherId);
  const body: MergeBody = { otherId, filled, moved, note: `with ${callName(other)}` };
  await recordFields(tx, workspaceId, {
    kind,
    id: otherId,
    sets: { mergedInto: survivorId },
    memberId,
    factKind: `${kind}.merged`,
    body: { survivorId, note: `into ${callName(survivor)}` },
    byVerb: true,
  });
  for (const id of moved)
    await recordFields(tx, workspaceId, {
      kind,
      id,
      sets: { mergedInto: survivorId },
      memberId,
      factKind: `${kind}.merged`,
      body: { survivorId, through: otherId },
      byVerb: true,
    });
  await touchSurvivor(tx, workspaceId, call, filled, body);
  return { id: survivorId, filled: Object.keys(filled) };
}

/** Takes a merge back: both are as they were, but for what of the filled blanks was changed since. */
export async function unmergeRecords(
  tx: Tx,
  workspaceId: WorkspaceId,
  call: MergeCall,
): Promise<{ id: string; cleared: string[]; kept: string[] }> {
  const { kind, survivorId, otherId, memberId } = call;
  await lockBoth(tx, workspaceId, call);
  const other = await getRow(tx, workspaceId, kind, otherId);
  if (other.merged_into !== survivorId) throw new Problem('conflict', `These two are not merged.`);
  const merge = await findMerge(tx, workspaceId, call);
  const survivor = statedValues(kind, await getRow(tx, workspaceId, kind, survivorId));
  const filled = Object.entries(merge?.filled ?? {});
  const cleared = filled.filter(([name, value]) => survivor[name] === value).map(([name]) => name);
  await recordFields(tx, workspaceId, {
    kind,
    id: otherId,
    sets: { mergedInto: null },
    memberId,
    factKind: `${kind}.unmerged`,
    body: { survivorId, note: 'no longer merged' },
    byVerb: true,
  });
  const still = new Set(await idsMergedInto(tx, workspaceId, kind, survivorId));
  for (const id of (merge?.moved ?? []).filter((one) => still.has(one)))
    await recordFields(tx, workspaceId, {
      kind,
      id,
      sets: { mergedInto: otherId },
      memberId,
      factKind: `${kind}.merged`,
      body: { survivorId: otherId },
      byVerb: true,
    });
  const required = new Set(fieldsOf[kind].filter((field) => field.required).map((field) => field.name));
  const sets = Object.fromEntries(cleared.filter((name) => !required.has(name)).map((name) => [name, null]));
  if (cleared.length)
    await recordFields(tx, workspaceId, {
      kind,
      id: survivorId,
      sets,
      memberId,
      factKind: `${kind}.unmerged`,
      body: { otherId, note: 'what the other had filled was taken back' },
      byVerb: true,
    });
  return { id: survivorId, cleared, kept: filled.map(([name]) => name).filter((name) => !cleared.includes(name)) };
}

/** In the order of their ids, so that two merges of one pair never wait for each other. */
async function lockBoth(tx: Tx, workspaceId: WorkspaceId, call: MergeCall): Promise<void> {
  for (const id of orderedPair(call.survivorId, call.otherId)) await getRow(tx, workspaceId, call.kind, id, true);
}

function blanksFilled(survivor: Record<string, unknown>, other: Record<string, unknown>): Record<string, unknown> {
  const amountsTogether = survivor.annualRevenue !== undefined; // an amount and its currency come together or not at all
  const fillable = Object.entries(other).filter(
    ([name]) => survivor[name] === undefined && name !== 'archivedAt' && name !== 'mergedInto' && !(name === 'currency' && amountsTogether),
  );
  return Object.fromEntries(fillable);
}

/** The survivor's fact stands even where nothing was filled: by it the merge is found and taken back. */
async function touchSurvivor(
  tx: Tx,
  workspaceId: WorkspaceId,
  call: MergeCall,
  filled: Record<string, unknown>,
  body: MergeBody,
): Promise<void> {
  const { changed } = await recordFields(tx, workspaceId, {
    kind: call.kind,
    id: call.survivorId,
    sets: filled,
    memberId: call.memberId,
    factKind: `${call.kind}.absorbed`,
    body,
    byVerb: true,
  });
  if (changed.length === 0)
    await recordFact(tx, workspaceId, {
      kind: `${call.kind}.absorbed`,
      subjectKind: call.kind,
      subjectId: call.survivorId,
      memberId: call.memberId,
      body,
    });
}

async function findMerge(tx: Tx, workspaceId: WorkspaceId, call: MergeCall): Promise<MergeBody | null> {
  const { rows } = await sql<{
    body: MergeBody;
  }>`SELECT body FROM facts WHERE workspace_id = ${workspaceId}::uuid AND subject_id = ${call.survivorId}::uuid AND kind = ${`${call.kind}.absorbed`}
    AND body->>'otherId' = ${call.otherId} ORDER BY recorded_at DESC, id DESC LIMIT 1`.execute(tx);
  return rows[0]?.body ?? null;
}

const callName = (row: Record<string, unknown>): string => String(row.name ?? row.full_name ?? row.email ?? row.id);

/** Says that two records are not the same: they no longer come up as duplicates. */
export async function dismissDuplicate(
  tx: Tx,
  workspaceId: WorkspaceId,
  call: { kind: DuplicateKind; oneId: string; otherId: string; memberId: string },
): Promise<void> {
  const [one, other] = orderedPair(call.oneId, call.otherId);
  if (one === other) throw new Problem('bad-input', 'These are one record.', { fields: [{ at: 'otherId', reason: 'is the same record' }] });
  await getRow(tx, workspaceId, call.kind, one);
  await getRow(tx, workspaceId, call.kind, other);
  await sql`INSERT INTO not_duplicates (workspace_id, kind, one_id, other_id, member_id) VALUES (${workspaceId}::uuid, ${call.kind}, ${one}::uuid, ${other}::uuid, ${call.memberId}::uuid) ON CONFLICT DO NOTHING`.execute(
    tx,
  );
}
