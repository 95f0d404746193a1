import { createHash } from 'node:crypto';
import { canonicalJson } from '#engine/agreement/canonical.ts';
import type { AgreementRow, DefinitionRow } from '../queries/versions.ts';

type SignedDefinitionPart = Pick<DefinitionRow, 'kind' | 'term' | 'number' | 'text' | 'rule' | 'examples' | 'effectiveFrom'>;
type SignedAgreementPart = Pick<AgreementRow, 'kind' | 'number' | 'content' | 'calendars' | 'effectiveFrom'>;

/**
 * SHA-256, in hex, of all that is signed, as canonical JSON. Kept with the proposal and with every signature: what
 * was read, what was signed and what stands there can be held against each other at any time.
 */
export function contentHash(version: SignedDefinitionPart | SignedAgreementPart): string {
  return createHash('sha256')
    .update(canonicalJson(signedPart(version)), 'utf8')
    .digest('hex');
}

function signedPart(version: SignedDefinitionPart | SignedAgreementPart): object {
  const { kind, number, effectiveFrom } = version;
  return version.kind === 'definition'
    ? { kind, number, effectiveFrom, term: version.term, text: version.text, rule: version.rule, examples: version.examples }
    : { kind, number, effectiveFrom, content: version.content, calendars: version.calendars };
}
