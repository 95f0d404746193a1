/** An agreement signed in one go: what the sample company begins with. By the verbs that people use, signature for signature. */

import { sql } from 'kysely';
import type { z } from 'zod';
import type { Database, Tx, WorkspaceId } from '#platform/db/database.ts';
import { notFound } from '#platform/errors.ts';
import type { Role, Side, Who } from '#platform/http/route.ts';
import type { agreementDraft, newDefinition } from '../contract.ts';
import type { OwingSide } from '../policy/signing.ts';
import { draftAgreement, proposeAgreement } from './contract.ts';
import { draftDefinition, proposeDefinition } from './definitions.ts';
import { lives, signVersion, type Versioned, type VersionLife } from './signing.ts';

export interface Establishment {
  readonly definitions: readonly z.output<typeof newDefinition>[];
  readonly content: z.output<typeof agreementDraft>['content'];
  /** `YYYY-MM-DD`; of the first versions it may be past. */
  readonly effectiveFrom: string;
  /** Members: heads of their sides, with or without a login. */
  readonly signers: Readonly<Record<OwingSide, string>>;
}

/**
 * Drafts, proposes and signs definitions and contract in one transaction: marketing's head proposes, both sign.
 * @returns the ids of the versions
 * @throws Problem as the verbs do: forbidden where a signer is no head of the side, bad-input for a rule or clause that can't be kept
 */
export async function establishAgreement(
  database: Database,
  workspaceId: WorkspaceId,
  given: Establishment,
): Promise<{ agreementId: string; definitionIds: string[] }> {
  return database.inWorkspace(workspaceId, async (tx) => {
    const signers = [await asMember(tx, workspaceId, given.signers.marketing), await asMember(tx, workspaceId, given.signers.sales)];
    const [proposer] = signers as [Who, Who];
    const definitionIds: string[] = [];
    for (const definition of given.definitions) {
      const id = await draftDefinition(tx, proposer, definition);
      await proposeDefinition(tx, proposer, id, given.effectiveFrom);
      await signByAll(tx, signers, lives.definition, id);
      definitionIds.push(id);
    }
    const agreementId = await draftAgreement(tx, proposer, { content: given.content });
    await proposeAgreement(tx, proposer, agreementId, given.effectiveFrom);
    await signByAll(tx, signers, lives.agreement, agreementId);
    return { agreementId, definitionIds };
  });
}

async function signByAll<Of extends Versioned>(tx: Tx, signers: readonly Who[], life: VersionLife<Of>, id: string): Promise<void> {
  for (const who of signers) {
    const row = await life.lock(tx, who.workspaceId, id);
    await signVersion(tx, who, life, id, { contentHash: row.contentHash! });
  }
}

async function asMember(tx: Tx, workspaceId: WorkspaceId, memberId: string): Promise<Who> {
  const { rows } = await sql<{ name: string; side: Side; role: Role }>`SELECT name, side, role FROM members
    WHERE workspace_id = ${workspaceId}::uuid AND id = ${memberId}::uuid AND active`.execute(tx);
  if (!rows[0]) throw notFound('member');
  return { workspaceId, memberId, ...rows[0] };
}
