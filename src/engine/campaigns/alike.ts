/** Which titles say much the same, so that one votes for what is there instead of asking twice. */

/** Words of four letters and more, cut to six so that “competitor” and “competitors” are one. */
export const tellingWords = (text: string): ReadonlySet<string> =>
  new Set((text.toLowerCase().match(/[\p{L}\p{N}]{4,}/gu) ?? []).map((word) => word.slice(0, 6)));

/** How many of the words of one text stand in another. */
export function sharedWords(wanted: ReadonlySet<string>, text: string): number {
  const there = tellingWords(text);
  return [...wanted].filter((word) => there.has(word)).length;
}
