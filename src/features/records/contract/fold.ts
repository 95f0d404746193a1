/** State from facts: the fold that `accord verify` does in SQL, as a plain function. */

/** The fields of a record that hold something, by name; the company's own under `custom.<key>`. */
export type Sets = Readonly<Record<string, unknown>>;

/** A later value wins, null clears, what isn't mentioned stays. */
export function applySets(state: Sets, sets: Sets): Sets {
  const after: Record<string, unknown> = { ...state };
  for (const [field, value] of Object.entries(sets)) {
    if (value === null || value === undefined) delete after[field];
    else after[field] = value;
  }
  return after;
}

/** @param facts of one record, in the order they were recorded, those of undone import runs left out */
export function fold(facts: Iterable<{ readonly sets: Sets | null }>): Sets {
  let state: Sets = {};
  for (const fact of facts) if (fact.sets) state = applySets(state, fact.sets);
  return state;
}

/** `{ 'custom.tier': 'A', name: 'Acme' }` → `[{ name: 'Acme' }, { tier: 'A' }]`. */
export function splitCustom(sets: Sets): [fields: Record<string, unknown>, custom: Record<string, unknown>] {
  const fields: Record<string, unknown> = {};
  const custom: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(sets)) {
    if (name.startsWith('custom.')) custom[name.slice('custom.'.length)] = value;
    else fields[name] = value;
  }
  return [fields, custom];
}
