/** Answers that took long, kept in this process for a while; quick ones are found anew, so that they are never old. */

const slowMs = 1_500;
const keptMs = 5 * 60_000;
const mostKept = 200;

interface Kept {
  readonly at: number;
  readonly value: unknown;
}
const kept = new Map<string, Kept>();

/** @param key the same key must always mean the same question */
export async function keptWhenSlow<Value>(key: string, find: () => Promise<Value>): Promise<Value> {
  const before = kept.get(key);
  if (before && Date.now() - before.at < keptMs) return before.value as Value;
  kept.delete(key);
  const began = Date.now();
  const value = await find();
  if (Date.now() - began >= slowMs) keep(key, { at: Date.now(), value });
  return value;
}

function keep(key: string, answer: Kept): void {
  if (kept.size >= mostKept) kept.delete(kept.keys().next().value!);
  kept.set(key, answer);
}
