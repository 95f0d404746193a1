/** Answers that took long, kept in this process for a while; quick ones are found anew, so that they are never old. */

const slowMs = 1_500;
const keptMs = 5 * 60_000;
const mostKept = 200;

interface Kept {
  readonly at: number;
  readonly value: unknown;
}
const kept = new Map<string, Kept>();
const beingFound = new Map<string, Promise<unknown>>();

/**
 * Who asks while it is being found waits for the same answer, once that has taken long before.
 * @param key the same key must always mean the same question
 */
export async function keptWhenSlow<Value>(key: string, find: () => Promise<Value>): Promise<Value> {
  const before = kept.get(key);
  if (before && Date.now() - before.at < keptMs) return before.value as Value;
  const found = before && beingFound.get(key);
  if (found) return found as Promise<Value>;
  const began = Date.now();
  const finding = find();
  beingFound.set(key, finding);
  try {
    const value = await finding;
    if (Date.now() - began >= slowMs) keep(key, { at: Date.now(), value });
    else kept.delete(key);
    return value;
  } finally {
    beingFound.delete(key);
  }
}

function keep(key: string, answer: Kept): void {
  if (kept.size >= mostKept) kept.delete(kept.keys().next().value!);
  kept.set(key, answer);
}
