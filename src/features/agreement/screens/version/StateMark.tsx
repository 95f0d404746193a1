import { day } from '#ui/formats.ts';
import type { versionStates } from '../../contract.ts';

interface Standing {
  status: (typeof versionStates)[number];
  inForce: boolean;
  effectiveFrom: string | null;
  effectiveAt?: string | null;
}

const looks: Record<string, string> = { 'In force': 'state-good', Proposed: 'state-waiting', Draft: '', Withdrawn: '' };

/** In force, signed for later, replaced, waiting or a draft: in words. */
export function StateMark(version: Standing) {
  const word = stateWord(version);
  return <span className={`state ${looks[word] ?? ''}`}>{word}</span>;
}

export function stateWord({ status, inForce, effectiveFrom, effectiveAt }: Standing): string {
  if (inForce) return 'In force';
  if (status === 'draft') return 'Draft';
  if (status === 'proposed') return 'Proposed';
  if (status === 'withdrawn') return 'Withdrawn';
  const later = effectiveAt ? Date.parse(effectiveAt) > Date.now() : (effectiveFrom ?? '') > new Date().toISOString().slice(0, 10);
  return later ? `Signed, from ${day(effectiveFrom)}` : 'Replaced';
}
