import type { z } from 'zod';
import type { Tx } from '#platform/db/database.ts';
import type { Who } from '#platform/http/route.ts';
import type { signing, VersionState } from '../contract.ts';
import { signingOf } from '../policy/signing.ts';
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
