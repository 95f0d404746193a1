import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import { canonicalJson } from '#engine/agreement/canonical.ts';
import type { Tx } from '#platform/db/database.ts';
import { newId } from '#platform/db/ids.ts';
import { notFound, Problem } from '#platform/errors.ts';
import { recordFact } from '#platform/facts/facts.ts';
import type { Who } from '#platform/http/route.ts';
import type { MadeCharter, NewCharter } from '../contract/charter.ts';
import { getCharter, listSponsors, newestCharter, whyNotSign } from '../queries/charter.ts';
import { notePassages } from './note-passages.ts';

/** Writes a charter for its sponsor to sign; it never changes, a new one takes its place. @throws Problem not-found: no such sponsor */
export async function writeCharter(tx: Tx, { workspaceId, memberId }: Who, given: NewCharter): Promise<MadeCharter> {
  const sponsors = await listSponsors(tx, workspaceId);
  if (!sponsors.some(({ id }) => id === given.sponsorId)) throw notFound('sponsor');
  const id = newId();
  const { sponsorId, figure, aim, aimOn, why } = given;
  const hash = createHash('sha256').update(canonicalJson(given), 'utf8').digest('hex');
  await sql`INSERT INTO rollout_charters (workspace_id, id, number, sponsor_id, figure, aim, aim_on, why, content_hash, made_by)
    SELECT ${workspaceId}::uuid, ${id}::uuid, coalesce(max(number), 0) + 1, ${sponsorId}::uuid, ${figure}, ${aim}, ${aimOn}::date, ${why}, ${hash}, ${memberId}::uuid
    FROM rollout_charters WHERE workspace_id = ${workspaceId}::uuid`.execute(tx);
  await recordFact(tx, workspaceId, {
    kind: 'charter.written',
    subjectKind: 'charter',
    subjectId: id,
    memberId,
    body: { sponsorId, figure, aim, aimOn },
  });
  await notePassages(tx, workspaceId);
  return { id, contentHash: hash };
}

/** @throws Problem not-found, conflict: it is not the asker’s to sign, or what was read is not what stands there */
export async function signCharter(tx: Tx, who: Who, id: string, contentHash: string): Promise<void> {
  const { workspaceId, memberId } = who;
  const charter = await getCharter(tx, workspaceId, id);
  const newest = await newestCharter(tx, workspaceId);
  const whyNot = whyNotSign(who, charter, newest?.id ?? id);
  if (whyNot) throw new Problem(charter.sponsor.id === memberId ? 'conflict' : 'forbidden', whyNot);
  if (charter.contentHash !== contentHash) throw new Problem('conflict', 'The charter that was read is another one: read it again.');
  await sql`UPDATE rollout_charters SET signed_at = now() WHERE workspace_id = ${workspaceId}::uuid AND id = ${id}::uuid`.execute(tx);
  await recordFact(tx, workspaceId, { kind: 'charter.signed', subjectKind: 'charter', subjectId: id, memberId, body: { contentHash } });
  await notePassages(tx, workspaceId);
}
