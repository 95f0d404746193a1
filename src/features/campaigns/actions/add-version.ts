import { sql } from 'kysely';
import type { Tx } from '#platform/db/database.ts';
import { newId } from '#platform/db/ids.ts';
import { notFound, Problem } from '#platform/errors.ts';
import type { Who } from '#platform/http/route.ts';
import type { FileAsk, NewVersion } from '../contract/library.ts';
import type { ReceivedFile } from './receive-file.ts';
import { recordAssetFact, takeAsset } from './take-asset.ts';

export interface MadeVersion {
  readonly id: string;
  readonly number: number;
}

/** A version that is an address elsewhere. It counts from the day it is valid; links sent before keep to theirs. */
export async function addLink(tx: Tx, who: Who, assetId: string, given: NewVersion): Promise<MadeVersion> {
  return insertVersion(tx, who, assetId, { ...given, expiresOn: given.expiresOn, file: null });
}

/** A version that is a file: its parts and its row in one transaction. */
export async function addFile(
  tx: Tx,
  who: Who,
  assetId: string,
  { file, ...given }: FileAsk & { file: ReceivedFile },
): Promise<MadeVersion> {
  const made = await insertVersion(tx, who, assetId, { ...given, expiresOn: given.expiresOn ?? null, url: null, file });
  await insertParts(tx, who, made.id, file.bytes);
  return made;
}

interface Given {
  readonly url: string | null;
  readonly file: ReceivedFile | null;
  readonly note: string;
  readonly validFrom?: string | undefined;
  readonly expiresOn: string | null;
}

async function insertVersion(
  tx: Tx,
  who: Who,
  assetId: string,
  { url, file, note, validFrom: asked, expiresOn }: Given,
): Promise<MadeVersion> {
  const asset = await takeAsset(tx, who, 'addVersion', assetId);
  const validFrom = asked ?? asset.today;
  if (expiresOn !== null && expiresOn < validFrom) throw refused('expiresOn', 'it would expire before it is valid');
  const id = newId();
  const number = (asset.versions[0]?.number ?? 0) + 1;
  await sql`INSERT INTO asset_versions (workspace_id, id, asset_id, number, url, file_name, file_type, file_bytes, file_hash, note, valid_from, expires_on, made_by, made_at)
    VALUES (${who.workspaceId}::uuid, ${id}::uuid, ${assetId}::uuid, ${number}, ${url}, ${file?.name ?? null}, ${file?.type.type ?? null}, ${file?.bytes.length ?? null},
      ${file?.hash ?? null}, ${note}, ${validFrom}::date, ${expiresOn}::date, ${who.memberId}::uuid, clock_timestamp())`.execute(tx);
  await sql`UPDATE assets SET changed_at = clock_timestamp() WHERE workspace_id = ${who.workspaceId}::uuid AND id = ${assetId}::uuid`.execute(
    tx,
  );
  const what = file ? { file: file.name, bytes: file.bytes.length, sha256: file.hash.toString('hex') } : { url };
  await recordAssetFact(tx, who, assetId, 'versionAdded', { versionId: id, number, note, validFrom, expiresOn, ...what });
  return { id, number };
}

const partBytes = 1 << 20;

async function insertParts(tx: Tx, who: Who, versionId: string, bytes: Buffer): Promise<void> {
  for (let part = 0; part * partBytes < bytes.length; part++)
    await sql`INSERT INTO asset_file_parts (workspace_id, version_id, part_no, bytes)
      VALUES (${who.workspaceId}::uuid, ${versionId}::uuid, ${part}, ${bytes.subarray(part * partBytes, (part + 1) * partBytes)})`.execute(
      tx,
    );
}

/** Sets, moves or takes away the last day of a version. */
export async function changeExpiry(
  tx: Tx,
  who: Who,
  { id, versionId }: { id: string; versionId: string },
  expiresOn: string | null,
): Promise<void> {
  const asset = await takeAsset(tx, who, 'addVersion', id);
  const version = asset.versions.find((each) => each.id === versionId);
  if (!version) throw notFound('version');
  if (expiresOn !== null && expiresOn < version.validFrom) throw refused('expiresOn', 'it would expire before it is valid');
  await sql`UPDATE asset_versions SET expires_on = ${expiresOn}::date WHERE workspace_id = ${who.workspaceId}::uuid AND id = ${versionId}::uuid`.execute(
    tx,
  );
  await recordAssetFact(tx, who, id, 'expiryChanged', { versionId, number: version.number, from: version.expiresOn, to: expiresOn });
}

const refused = (at: string, reason: string): Problem => new Problem('bad-input', `${at}: ${reason}.`, { fields: [{ at, reason }] });
