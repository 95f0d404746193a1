import { createHash } from 'node:crypto';
import { canonicalJson } from '#engine/agreement/canonical.ts';
import type { PlanContent } from '../contract/plan-content.ts';
import type { Signer } from '../contract/sign-off.ts';
import { partSigned, planPartOf, poolTotals } from './plan-part.ts';

export interface Hashed {
  readonly planId: string;
  readonly number: number;
  readonly effectiveFrom: string | null;
  readonly content: PlanContent;
}

/**
 * SHA-256, in hex, of what somebody signs: the part of the plan that concerns them, with its number and its first day,
 * as canonical JSON. A change of another's quota doesn't change it; one of anything that decides the own pay does, such as how
 * many share the pool.
 * @param memberId of the payee; of heads and the sponsor it doesn't matter
 */
export function signedHash({ planId, number, effectiveFrom, content }: Hashed, signsAs: Signer, memberId: string): string {
  const whose = signsAs === 'payee' ? { payee: memberId } : {};
  const part = planPartOf(content, partSigned(signsAs, memberId));
  return createHash('sha256')
    .update(
      canonicalJson({ planId, number, effectiveFrom, signsAs, ...whose, content: part, pool: part.pool && poolTotals(content) }),
      'utf8',
    )
    .digest('hex');
}
