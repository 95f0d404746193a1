/** Times and what is made of them. */

/** Milliseconds of one run. */
export async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

export interface Timing {
  runs: number;
  medianMs: number;
  p95Ms: number;
  /** Processor time of this process alone: what the wall time comes near to where nothing else has to be waited for. */
  cpuMedianMs: number;
}

/** Runs `work` twice to warm up and then `times` times; `prepare` runs before each and does not count. */
export async function repeat(
  times: number,
  work: () => Promise<unknown>,
  prepare: () => Promise<unknown> = async () => {},
): Promise<Timing> {
  const took: number[] = [];
  const computed: number[] = [];
  for (let run = -2; run < times; run++) {
    await prepare();
    const before = process.cpuUsage();
    const milliseconds = await timed(work);
    const { user, system } = process.cpuUsage(before);
    if (run < 0) continue;
    took.push(milliseconds);
    computed.push((user + system) / 1000);
  }
  return { runs: times, medianMs: rounded(median(took)), p95Ms: rounded(percentile(took, 95)), cpuMedianMs: rounded(median(computed)) };
}

export const median = (numbers: readonly number[]): number => percentile(numbers, 50);

/** Nearest rank. */
export function percentile(numbers: readonly number[], percent: number): number {
  const sorted = numbers.toSorted((one, other) => one - other);
  return sorted[Math.max(0, Math.ceil((percent * sorted.length) / 100) - 1)] ?? Number.NaN;
}

/** To `digits` after the point. */
export function rounded(number: number, digits = 1): number {
  return Math.round(number * 10 ** digits) / 10 ** digits;
}
