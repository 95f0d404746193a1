/** `First attempt, Enterprise` → `first-attempt-enterprise`. Letters with marks lose them; what has none left is left out. */
export function keyFrom(title: string, most = 60): string {
  return title
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/ß/g, 'ss')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^[^a-z]+|-+$/g, '')
    .slice(0, most)
    .replace(/-+$/, '');
}

/** A key that no other clause has: it stays with its clause from version to version. */
export function freeKey(title: string, taken: ReadonlySet<string>): string {
  const key = keyFrom(title, 56) || 'clause';
  if (!taken.has(key)) return key;
  for (let number = 2; ; number += 1) if (!taken.has(`${key}-${number}`)) return `${key}-${number}`;
}
