/** Keys that say how shared costs are spread: versions that stand, the latest that has begun counts. */

import { sql } from 'kysely';
import type { Tx } from '#platform/db/database.ts';
import { newId } from '#platform/db/ids.ts';
import { notFound, Problem } from '#platform/errors.ts';
import { announceChange, recordFact } from '#platform/facts/facts.ts';
import type { Who } from '#platform/http/route.ts';
import { firstDayOf, monthOf } from '../contract/months.ts';
import type { KeyContent, NewKey, NewKeyVersion } from '../contract/plans.ts';
import { type KeyVersion, readKeyVersions } from '../queries/key-versions.ts';
import { refuseUnknown } from './check-cost.ts';
import { holdOpen } from './hold-open.ts';

type Made = { keyId: string; number: number };

/** @throws Problem not-found (a campaign or team it names), conflict (its first month is closed, another key has the name) */
export async function addKey(tx: Tx, who: Who, given: NewKey): Promise<Made> {
  await oneAtATime(tx, who);
  await refuseSameName(tx, who, given.name, null);
  return writeVersion(tx, who, { ...given, keyId: newId(), number: 1, retired: false });
}

/** @throws as `addKey`; not-found for a key that isn't there */
export async function addKeyVersion(tx: Tx, who: Who, keyId: string, given: NewKeyVersion): Promise<Made> {
  await oneAtATime(tx, who);
  const latest = await latestOf(tx, who, keyId);
  const name = given.name ?? latest.name;
  await refuseSameName(tx, who, name, keyId);
  return writeVersion(tx, who, { ...given, name, keyId, number: latest.number + 1, retired: false });
}

/** From a month on it spreads nothing. @throws Problem not-found, conflict (the month is closed, it is retired) */
export async function retireKey(tx: Tx, who: Who, keyId: string, effectiveFrom: string): Promise<Made> {
  await oneAtATime(tx, who);
  const latest = await latestOf(tx, who, keyId);
  if (latest.retired)
    throw new Problem('conflict', `“${latest.name}” is retired from ${latest.effectiveFrom} on. A new version takes it up again.`);
  return writeVersion(tx, who, {
    name: latest.name,
    content: latest.content,
    effectiveFrom,
    keyId,
    number: latest.number + 1,
    retired: true,
  });
}

async function oneAtATime(tx: Tx, { workspaceId }: Who): Promise<void> {
  await sql`SELECT pg_advisory_xact_lock(hashtextextended('accord.keys ' || ${workspaceId}::text, 0))`.execute(tx);
}

async function latestOf(tx: Tx, who: Who, keyId: string): Promise<KeyVersion> {
  const latest = (await readKeyVersions(tx, who.workspaceId)).filter((version) => version.keyId === keyId).at(-1);
  if (!latest) throw notFound('allocation key');
  return latest;
}

async function refuseSameName(tx: Tx, who: Who, name: string, keyId: string | null): Promise<void> {
  const versions = await readKeyVersions(tx, who.workspaceId);
  const latest = new Map(versions.map((version) => [version.keyId, version]));
  const same = [...latest.values()].some((each) => each.keyId !== keyId && !each.retired && each.name.toLowerCase() === name.toLowerCase());
  if (same) throw new Problem('conflict', `There is a key “${name}” already.`, { fields: [{ at: 'name', reason: 'Another key has it.' }] });
}

async function writeVersion(tx: Tx, who: Who, version: Omit<KeyVersion, 'recordedAt' | 'recordedBy'>): Promise<Made> {
  const { keyId, number, name, content, effectiveFrom, retired } = version;
  if (!retired) await refuseUnknownTargets(tx, who, content);
  await holdOpen(tx, who.workspaceId, firstDayOf(effectiveFrom));
  await sql`INSERT INTO allocation_keys (workspace_id, id, key_id, number, name, content, effective_from, retired, recorded_at, recorded_by)
    VALUES (${who.workspaceId}::uuid, ${newId()}::uuid, ${keyId}::uuid, ${number}, ${name}, ${JSON.stringify(content)}::jsonb,
      ${firstDayOf(monthOf(effectiveFrom))}::date, ${retired}, clock_timestamp(), ${who.memberId}::uuid)`.execute(tx);
  await recordFact(tx, who.workspaceId, {
    ...{
      kind: retired ? 'allocation.retired' : 'allocation.versioned',
      subjectKind: 'allocationKey',
      subjectId: keyId,
      memberId: who.memberId,
    },
    body: { number, effectiveFrom },
  });
  await announceChange(tx, who.workspaceId, 'cost');
  return { keyId, number };
}

const isId = (text: string): boolean => /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/.test(text);
async function refuseUnknownTargets(tx: Tx, who: Who, { applies, onto, shares }: KeyContent): Promise<void> {
  const byId = onto === 'campaign' || onto === 'team';
  const strange = byId ? shares.findIndex(({ target }) => !isId(target)) : -1;
  if (strange >= 0)
    throw new Problem('bad-input', `A ${onto} is named by its id.`, {
      fields: [{ at: `content.shares.${strange}.target`, reason: `the id of a ${onto}` }],
    });
  const named = byId ? shares.map(({ target }) => (onto === 'campaign' ? { campaignId: target } : { teamId: target })) : [];
  await refuseUnknown(tx, who.workspaceId, [{ teamId: applies.teamId }, ...named]);
}
