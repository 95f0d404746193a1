import { sentenceChanges } from '#engine/agreement/changes.ts';
import { clauseSentences, ruleSentence } from '#engine/rules/sentence.ts';
import type { RuleLabels } from '#engine/rules/words.ts';
import type { Tx } from '#platform/db/database.ts';
import type { Who } from '#platform/http/route.ts';
import type { DefinitionVersion } from '../contract.ts';
import { inForceAt, type SignedDefinition, signedDefinitions } from './in-force.ts';
import { ruleLabels } from './rule-reading.ts';
import { signingFor } from './signing.ts';
import { commentsOn, type DefinitionRow, earlierOf, getDefinitionRow, signaturesOf } from './versions.ts';

/** One version with its signatures and comments, as the asker sees it. @throws Problem not-found */
export async function getDefinition(tx: Tx, who: Who, id: string): Promise<DefinitionVersion> {
  const row = await getDefinitionRow(tx, who.workspaceId, id);
  const signed = await signedDefinitions(tx, who.workspaceId, row.term);
  const earlier = earlierOf(signed, row);
  const labels = await ruleLabels(tx, who.workspaceId, earlier ? [row.rule, earlier.rule] : [row.rule]);
  const signatures = (await signaturesOf(tx, who.workspaceId, [id])).get(id) ?? [];
  const { kind: _, ...version } = row;
  return {
    ...version,
    sentence: ruleSentence(row.rule, labels),
    clauses: clauseSentences(row.rule, labels),
    effectiveAt: effectOf(signed, id),
    inForce: inForceAt(signed, Date.now())?.id === id,
    signatures,
    comments: await commentsOn(tx, who.workspaceId, id),
    signing: await signingFor(tx, who, row.status, signatures),
    diff: earlier ? diffOf(row, earlier, labels) : null,
  };
}

/** When a signed version begins to count; null for any other. */
export function effectOf(signed: readonly { readonly id: string; readonly effectiveAt: number }[], id: string): string | null {
  const version = signed.find((each) => each.id === id);
  return version ? new Date(version.effectiveAt).toISOString() : null;
}

function diffOf(row: DefinitionRow, earlier: SignedDefinition, labels: RuleLabels): DefinitionVersion['diff'] {
  const [before, after] = [earlier.rule, row.rule].map((rule) => clauseSentences(rule, labels).map(({ sentence }) => sentence));
  return { against: earlier.number, ...sentenceChanges(before!, after!) };
}
