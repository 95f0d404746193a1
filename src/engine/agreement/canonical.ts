/**
 * One text for one value, whatever order its keys were written in: what a content hash is taken of. After
 * RFC 8785 (JSON Canonicalization Scheme), and beyond it every text in NFC, so that two spellings of one letter are one.
 * @throws TypeError for what JSON can't carry (bigint, function, NaN)
 */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (typeof value === 'object' && value !== null) return canonicalObject(value);
  if (typeof value === 'string') return JSON.stringify(value.normalize('NFC'));
  if (value === null || typeof value === 'boolean' || (typeof value === 'number' && Number.isFinite(value))) return JSON.stringify(value);
  throw new TypeError(`${typeof value} has no canonical JSON`);
}

/** Keys in the order of their UTF-16 units; a key without a value is left out, as in JSON. */
function canonicalObject(value: object): string {
  const members = Object.entries(value)
    .filter(([, each]) => each !== undefined)
    .map(([key, each]) => [key.normalize('NFC'), each] as const)
    .sort(([one], [other]) => (one < other ? -1 : one > other ? 1 : 0));
  return `{${members.map(([key, each]) => `${JSON.stringify(key)}:${canonicalJson(each)}`).join(',')}}`;
}
