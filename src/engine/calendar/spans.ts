/** Stretches of time as sorted pairs of epoch milliseconds; each holds its beginning and not its end. */

export interface Span {
  readonly from: number;
  readonly until: number;
}

/** Sorted, without empty ones; those that overlap or touch are one. */
export function mergeSpans(spans: readonly Span[]): Span[] {
  const merged: { from: number; until: number }[] = [];
  for (const { from, until } of spans.filter((span) => span.until > span.from).sort((one, other) => one.from - other.from)) {
    const last = merged.at(-1);
    if (last && from <= last.until) last.until = Math.max(last.until, until);
    else merged.push({ from, until });
  }
  return merged;
}

/** What is left of `span` without `holes`, which are merged. */
export function withoutHoles(span: Span, holes: readonly Span[]): Span[] {
  const left: Span[] = [];
  let { from } = span;
  for (let at = firstEndingAfter(holes, from); at < holes.length && holes[at]!.from < span.until; at++) {
    const hole = holes[at]!;
    if (hole.from > from) left.push({ from, until: hole.from });
    from = Math.max(from, hole.until);
  }
  if (from < span.until) left.push({ from, until: span.until });
  return left;
}

/** Index of the first that ends after `instant`; `spans.length` when none does. */
function firstEndingAfter(spans: readonly Span[], instant: number): number {
  let low = 0;
  let high = spans.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (spans[middle]!.until > instant) high = middle;
    else low = middle + 1;
  }
  return low;
}
