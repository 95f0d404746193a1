/** The order with one of its keys put at a place, counted without it. */
export function movedTo(order: readonly string[], key: string, place: number): string[] {
  const others = order.filter((each) => each !== key);
  const at = Math.max(0, Math.min(others.length, place));
  return [...others.slice(0, at), key, ...others.slice(at)];
}

/** The place that something held at a height would take among rows: below all whose middle lies above it. */
export const placeAt = (height: number, rows: readonly { top: number; bottom: number }[]): number =>
  rows.filter(({ top, bottom }) => (top + bottom) / 2 < height).length;
