/** Which rejections that marketing agrees with are judged all the same: an agreed share of them, drawn by chance. */

/**
 * Whether a rejection is in the sample. Chance that can be checked by anybody afterwards: the draw is a hash of the
 * rejection's id and a seed, so the same rejection is always drawn or never, and over many the share comes true.
 * @param seed the same for all draws of a workspace (its id); no secret
 * @param sharePercent 0 to 100
 */
export function isDrawn(rejectionId: string, seed: string, sharePercent: number): boolean {
  return fractionOf(`${seed} ${rejectionId}`) * 100 < sharePercent;
}

/** A text as a number from 0 up to 1, evenly spread: two 32-bit multiplicative hashes mixed to 53 bits (cyrb53). */
export function fractionOf(text: string): number {
  let high = 0xdeadbeef;
  let low = 0x41c6ce57;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    high = Math.imul(high ^ code, 2_654_435_761);
    low = Math.imul(low ^ code, 1_597_334_677);
  }
  high = Math.imul(high ^ (high >>> 16), 2_246_822_507) ^ Math.imul(low ^ (low >>> 13), 3_266_489_909);
  low = Math.imul(low ^ (low >>> 16), 2_246_822_507) ^ Math.imul(high ^ (high >>> 13), 3_266_489_909);
  return ((low & 0x1fffff) * 2 ** 32 + (high >>> 0)) / 2 ** 53;
}
