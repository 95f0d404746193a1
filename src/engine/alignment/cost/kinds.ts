/** Leads that are alike in what was known of them when they were passed. */

import type { CostLead } from './lead.ts';

export interface Kinds {
  /** By lead. */
  readonly ofLead: Int32Array;
  /** By kind: the codes of its traits, and its segment's place in `segments`. */
  readonly traits: readonly (readonly number[])[];
  readonly segment: Int32Array;
  readonly segments: readonly (string | null)[];
  /** Codes of traits, 0 included. */
  readonly codes: number;
}

/** A trait that fewer leads have says nothing of its own. */
const fewestLeads = 10;
/** The most frequent ones; more would cost time and tell little. */
const mostTraits = 120;

export function kindsOf(leads: readonly CostLead[]): Kinds {
  const codeOf = traitCodes(leads);
  const segments = [...new Set(leads.map(({ segment }) => segment))].sort((one, other) => ((one ?? '') < (other ?? '') ? -1 : 1));
  const segmentPlace = new Map(segments.map((segment, place) => [segment, place]));
  const known = new Map<string, number>();
  const traits: number[][] = [];
  const segment: number[] = [];
  const ofLead = Int32Array.from(leads, (lead) => {
    const codes = lead.traits.flatMap((trait) => codeOf.get(trait) ?? []).sort((one, other) => one - other);
    const place = segmentPlace.get(lead.segment)!;
    const key = `${place} ${codes.join(' ')}`;
    let kind = known.get(key);
    if (kind === undefined) {
      known.set(key, (kind = traits.length));
      traits.push(codes);
      segment.push(place);
    }
    return kind;
  });
  return { ofLead, traits, segment: Int32Array.from(segment), segments, codes: codeOf.size + 1 };
}

function traitCodes(leads: readonly CostLead[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { traits } of leads) for (const trait of traits) counts.set(trait, (counts.get(trait) ?? 0) + 1);
  const telling = [...counts].filter(([, count]) => count >= fewestLeads);
  telling.sort(([one, few], [other, many]) => many - few || (one < other ? -1 : 1));
  return new Map(telling.slice(0, mostTraits).map(([trait], at) => [trait, at + 1]));
}
