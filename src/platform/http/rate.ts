/** So many a minute on the long run, and so many at once after a pause. */
export interface Rate {
  perMinute: number;
  burst: number;
}

/** Beyond this many keys those that have all their tokens back are forgotten, which changes nothing. */
const mostKeys = 20_000;

/**
 * A token bucket for each key, in this process' memory.
 * @returns whether one more is within the rate; asking takes a token
 */
export function rateLimit(rate: Rate, now: () => number = Date.now): (key: string) => boolean {
  const buckets = new Map<string, { tokens: number; at: number }>();
  const perMs = rate.perMinute / 60_000;
  const refilled = (bucket: { tokens: number; at: number }, at: number): number =>
    Math.min(rate.burst, bucket.tokens + Math.max(0, at - bucket.at) * perMs);
  return (key) => {
    const at = now();
    const bucket = buckets.get(key) ?? { tokens: rate.burst, at };
    const tokens = refilled(bucket, at);
    if (!buckets.has(key) && buckets.size >= mostKeys) forget(buckets, (each) => refilled(each, at) >= rate.burst);
    buckets.set(key, { tokens: tokens >= 1 ? tokens - 1 : tokens, at });
    return tokens >= 1;
  };
}

/** A flood from more networks than that empties the table: it is memory that must not run out. */
function forget<T>(buckets: Map<string, T>, isFull: (bucket: T) => boolean): void {
  for (const [key, bucket] of buckets) if (isFull(bucket)) buckets.delete(key);
  if (buckets.size >= mostKeys) buckets.clear();
}
