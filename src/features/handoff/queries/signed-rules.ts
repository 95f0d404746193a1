import { attemptUnlessDefined } from '#engine/agreement/touch-evidence.ts';
import type { RuleReading } from '#engine/rules/reading.ts';
import type { Rule } from '#engine/rules/rule.ts';
import { type SignedAgreement, signedAgreements, type SignedDefinition, signedDefinitions } from '#features/agreement/queries/in-force.ts';
import { ruleReading } from '#features/agreement/queries/rule-reading.ts';
import type { Tx, WorkspaceId } from '#platform/db/database.ts';
import { findRoutingInForce } from './routing-versions.ts';

/** What both sides signed, as far as the hand-off follows from it. Versions in the order in which they take effect. */
export interface SignedRules {
  readonly agreements: readonly SignedAgreement[];
  readonly mql: readonly SignedDefinition[];
  readonly attempts: readonly SignedDefinition[];
  /** For rules about touches. */
  readonly reading: RuleReading;
  /** Since when leads are routed, epoch milliseconds; null: they aren't. */
  readonly routingSince: number | null;
}

/** Null where nothing is agreed and nothing routed: then there is nothing to follow. */
export async function findSignedRules(tx: Tx, workspaceId: WorkspaceId): Promise<SignedRules | null> {
  const agreements = await signedAgreements(tx, workspaceId);
  const mql = await signedDefinitions(tx, workspaceId, 'mql');
  const routing = await findRoutingInForce(tx, workspaceId);
  if (agreements.length === 0 && mql.length === 0 && !routing) return null;
  const attempts = await readAttemptRules(tx, workspaceId);
  return { agreements, mql, ...attempts, routingSince: routing ? Date.parse(routing.since) : null };
}

/** What is an attempt, by every signed version of its definition. */
export async function readAttemptRules(tx: Tx, workspaceId: WorkspaceId): Promise<Pick<SignedRules, 'attempts' | 'reading'>> {
  const attempts = await signedDefinitions(tx, workspaceId, 'attempt');
  return { attempts, reading: await ruleReading(tx, workspaceId, attemptRules(attempts)) };
}

/** Every rule by which a touch may be an attempt. */
export const attemptRules = (attempts: readonly SignedDefinition[]): Rule[] => [attemptUnlessDefined, ...attempts.map(({ rule }) => rule)];
