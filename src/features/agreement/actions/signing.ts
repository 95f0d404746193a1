/** What the lives of all versions share that both sides sign: numbers, proposing, signing, withdrawing, talking. */

import { type RawBuilder, sql } from 'kysely';
import type { z } from 'zod';
import { noteAllLeads } from '#features/records/actions/changed-leads.ts';
import type { Tx, WorkspaceId } from '#platform/db/database.ts';
import { newId } from '#platform/db/ids.ts';
import { Problem } from '#platform/errors.ts';
import { recordFact } from '#platform/facts/facts.ts';
import type { Who } from '#platform/http/route.ts';
import { type newSignature, versionCan } from '../contract.ts';
import { owingSides, type OwingSide, type Signing, signingOf, whyNotChangeVersion } from '../policy/signing.ts';
import {
  type AgreementRow,
  type DefinitionRow,
  getAgreementRow,
  getDefinitionRow,
  sidesThatCanSign,
  signaturesOf,
  versionTables,
  versionWords,
} from '../queries/versions.ts';
import { contentHash } from './content-hash.ts';

export type Row = DefinitionRow | AgreementRow;

/** What of a version its life asks, whatever it holds. */
export type Versioned = Pick<AgreementRow, 'id' | 'number' | 'status' | 'effectiveFrom' | 'contentHash' | 'madeBy'> & {
  /** Its facts are `<kind>.proposed` and so on. */
  readonly kind: string;
};

/** A kind of version that both sides sign: where it is kept, and what follows. Other features bring their own. */
export interface VersionLife<Of extends Versioned> {
  readonly kind: string;
  readonly table: RawBuilder<unknown>;
  /** “version of the agreement”. */
  readonly words: string;
  /** The version, which nobody else can sign, edit or withdraw until this transaction ends. */
  lock(tx: Tx, workspaceId: WorkspaceId, id: string): Promise<Of>;
  /** Of all that is signed. */
  hash(row: Of): string;
  /** What is to be done once both have signed. */
  settled(tx: Tx, workspaceId: WorkspaceId): Promise<void>;
}

export const lives: { readonly definition: VersionLife<DefinitionRow>; readonly agreement: VersionLife<AgreementRow> } = {
  definition: {
    kind: 'definition',
    table: versionTables.definition,
    words: versionWords.definition,
    lock: (tx, workspaceId, id) => getDefinitionRow(tx, workspaceId, id, true),
    hash: contentHash,
    settled: noteAllLeads,
  },
  agreement: {
    kind: 'agreement',
    table: versionTables.agreement,
    words: versionWords.agreement,
    lock: (tx, workspaceId, id) => getAgreementRow(tx, workspaceId, id, true),
    hash: contentHash,
    settled: noteAllLeads,
  },
};

/** One at a time takes the next number of a term, or of the contract. */
export async function lockNumbers(tx: Tx, workspaceId: WorkspaceId): Promise<void> {
  await sql`SELECT 1 FROM workspaces WHERE id = ${workspaceId}::uuid FOR NO KEY UPDATE`.execute(tx);
}

/** @throws Problem conflict where the version's state doesn't allow the verb, saying what would */
export function refuseUnless(row: Pick<Versioned, 'status'>, verb: 'edit' | 'propose' | 'withdraw'): void {
  const { from, otherwise } = versionCan[verb];
  if (!(from as readonly string[]).includes(row.status)) throw new Problem('conflict', otherwise);
}

export function refuseStrangers(who: Who, row: Pick<Versioned, 'madeBy'>): void {
  const whyNot = whyNotChangeVersion(who, row.madeBy);
  if (whyNot !== null) throw new Problem('forbidden', whyNot);
}

/** Writes that something was done with a version, in the transaction that did it. */
export async function recordVersionFact(
  tx: Tx,
  who: Who,
  row: Pick<Versioned, 'kind' | 'id' | 'number'>,
  verb: string,
  body: object = {},
): Promise<void> {
  await recordFact(tx, who.workspaceId, {
    kind: `${row.kind}.${verb}`,
    subjectKind: row.kind,
    subjectId: row.id,
    memberId: who.memberId,
    body: { number: row.number, ...('term' in row ? { term: row.term } : {}), ...body },
  });
}

/**
 * From when a version may count: the first of its kind from any day, as a baseline; a later one from today on,
 * as nobody is measured by what was not agreed yet.
 */
export async function refuseRetroactive(tx: Tx, workspaceId: WorkspaceId, row: Row, effectiveFrom: string): Promise<void> {
  const earlier = row.kind === 'definition' ? sql`definition_versions WHERE term = ${row.term} AND` : sql`agreement_versions WHERE`;
  const { rows } = await sql<{ today: string; signed: boolean }>`SELECT (now() AT TIME ZONE w.time_zone)::date AS today,
      EXISTS (SELECT 1 FROM ${earlier} workspace_id = ${workspaceId}::uuid AND status = 'signed') AS signed
    FROM workspaces w WHERE w.id = ${workspaceId}::uuid`.execute(tx);
  const { today, signed } = rows[0]!;
  if (signed && effectiveFrom < today)
    throw new Problem(
      'bad-input',
      `A later version counts from today (${today}) on, or from a later day: what was agreed before keeps its past.`,
      {
        fields: [{ at: 'effectiveFrom', reason: `Not before ${today}.` }],
      },
    );
}

/** A draft becomes a proposal: from now on its content stays as it is. `row` is as it will be signed. */
export async function markProposed<Of extends Versioned>(tx: Tx, who: Who, life: VersionLife<Of>, row: Of): Promise<void> {
  const contentHash = life.hash(row);
  await sql`UPDATE ${life.table} SET status = 'proposed', effective_from = ${row.effectiveFrom}::date, content_hash = ${contentHash},
    proposed_at = clock_timestamp() WHERE workspace_id = ${who.workspaceId}::uuid AND id = ${row.id}::uuid`.execute(tx);
  await recordVersionFact(tx, who, row, 'proposed', { effectiveFrom: row.effectiveFrom, contentHash });
}

/**
 * Signs a proposal for the side that owes; the second side's signature makes it count, and everything that was
 * measured by it is measured anew. Two who sign at once wait for each other, so that it happens once.
 * @throws Problem forbidden (not for this side), conflict (signed by somebody of the side already; not what was read)
 */
export async function signVersion<Of extends Versioned>(
  tx: Tx,
  who: Who,
  life: VersionLife<Of>,
  id: string,
  given: z.output<typeof newSignature>,
): Promise<void> {
  const row = await life.lock(tx, who.workspaceId, id);
  const signatures = (await signaturesOf(tx, who.workspaceId, [id])).get(id) ?? [];
  const canSign = await sidesThatCanSign(tx, who.workspaceId);
  const signing = signingOf(who, { status: row.status, signatures, canSign }, given.side);
  if (signing.side === null) throw new Problem(signing.code, signing.whyNot);
  refuseOther(row.contentHash, given.contentHash, life.hash(row));
  await writeSignature(tx, who, row, signing);
  const signed = [...signatures.map(({ side }) => side), signing.side];
  if (owingSides.every((side) => signed.includes(side))) await markSigned(tx, who, life, row);
}

/** What the signer read, what was proposed and what stands there must be one. */
function refuseOther(proposed: string | null, read: string, stands: string): void {
  if (read !== proposed) throw new Problem('conflict', 'This is not what you read: look at it again before you sign.');
  if (stands !== proposed)
    throw new Problem('conflict', 'What stands here is no longer what was proposed: withdraw it and propose it anew.');
}

async function writeSignature(tx: Tx, who: Who, row: Versioned, { side, onBehalf }: Signing & { side: OwingSide }): Promise<void> {
  await sql`INSERT INTO signatures (workspace_id, id, subject_kind, subject_id, side, member_id, on_behalf, content_hash, signed_at)
    VALUES (${who.workspaceId}::uuid, ${newId()}::uuid, ${row.kind}, ${row.id}::uuid, ${side}, ${who.memberId}::uuid, ${onBehalf}, ${row.contentHash}, clock_timestamp())`.execute(
    tx,
  );
  await recordVersionFact(tx, who, row, 'signedBySide', { side, onBehalf, contentHash: row.contentHash });
}

async function markSigned<Of extends Versioned>(tx: Tx, who: Who, life: VersionLife<Of>, row: Of): Promise<void> {
  await sql`UPDATE ${life.table} SET status = 'signed', signed_at = clock_timestamp()
    WHERE workspace_id = ${who.workspaceId}::uuid AND id = ${row.id}::uuid`.execute(tx);
  await recordVersionFact(tx, who, row, 'signed', { effectiveFrom: row.effectiveFrom, contentHash: row.contentHash });
  await life.settled(tx, who.workspaceId);
}

/** Takes a draft or a proposal back. It stays readable, with who withdrew it. */
export async function withdrawVersion<Of extends Versioned>(tx: Tx, who: Who, life: VersionLife<Of>, id: string): Promise<void> {
  const row = await life.lock(tx, who.workspaceId, id);
  refuseUnless(row, 'withdraw');
  refuseStrangers(who, row);
  await sql`UPDATE ${life.table} SET status = 'withdrawn', withdrawn_at = clock_timestamp()
    WHERE workspace_id = ${who.workspaceId}::uuid AND id = ${id}::uuid`.execute(tx);
  await recordVersionFact(tx, who, row, 'withdrawn', { from: row.status });
}
