import { createHash } from 'node:crypto';
import { canonicalJson } from '#engine/agreement/canonical.ts';
import type { KeptPlan } from '../contract/plans.ts';

/** SHA-256, in hex, of all that a version says: what was read and what stands there can be held against each other. */
export const planHash = (campaignId: string, number: number, content: KeptPlan): string =>
  createHash('sha256').update(canonicalJson({ campaignId, number, content }), 'utf8').digest('hex');
