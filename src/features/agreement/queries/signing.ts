import type { z } from 'zod';
import type { Tx } from '#platform/db/database.ts';
import type { Who } from '#platform/http/route.ts';
import { type signing, versionCan, type VersionState } from '../contract.ts';
import { missingSides, type OwingSide, signingOf, whyNotChangeVersion } from '../policy/signing.ts';
import { type Signature, sidesThatCanSign } from './versions.ts';

/** Whether the asker may sign, for which side, and if not, why: as the page shows it. */
export async function signingFor(
  tx: Tx,
  who: Who,
  status: VersionState,
  signatures: readonly Signature[],
): Promise<z.output<typeof signing>> {
  const canSign = await sidesThatCanSign(tx, who.workspaceId);
  const { side, onBehalf, whyNot } = signingOf(who, { status, signatures, canSign });
  return { side, onBehalf, whyNot };
}

/** Which sides have not signed a draft or a proposal. */
export const missingSignatures = (status: VersionState, signatures: readonly Pick<Signature, 'side'>[]): OwingSide[] =>
  missingSides(
    status,
    signatures.map(({ side }) => side),
  );

/** Why the asker may not do this with a version, by its state and by who made it; null where they may. */
export const whyNotChange = (
  who: Who,
  { status, madeBy }: { readonly status: VersionState; readonly madeBy: { readonly id: string; readonly name: string } | null },
  verb: 'edit' | 'propose' | 'withdraw',
): string | null =>
  (versionCan[verb].from as readonly string[]).includes(status) ? whyNotChangeVersion(who, madeBy) : versionCan[verb].otherwise;
