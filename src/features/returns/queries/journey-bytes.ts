/**
 * `journeys.touches`: a journey's touches as numbers, so that a million journeys are read into memory in a second. Little
 * endian, unsigned unless said; codes are those of `journey_words`, 0 stands for “not stated”.
 *
 * An open journey (no conversion): u8 format 1, u8 flags 0, u16 0, u32 second of the last touch; then n × u16 channel.
 * One with a conversion: u8 format 1, u8 flags, 3 bytes currency, u8 × 3 zero, u64 digest of the touches' ids, i32 lead,
 * i32 deal (positions of the milestones, −1 for none); then n × u32 second, n × u32 campaign, n × u32 content,
 * n × u32 member, n × u16 channel, n × u8 side.
 */

export const journeySides = ['marketing', 'sales', 'customer'] as const;

/** Flags: it has a conversion; why that has no amount. */
export const hasConversion = 1;
export const noAmountStated = 2;
/** `currency` says in which the amount is that has no rate. */
export const noRate = 4;

export const openHeader = 8;
export const convertedHeader = 24;

/** Columns of n touches, each from 0. */
export interface CodedTouches {
  /** Whole seconds since 1970, below 2^32. */
  readonly seconds: ArrayLike<number>;
  readonly channels: ArrayLike<number>;
  readonly campaigns: ArrayLike<number>;
  readonly contents: ArrayLike<number>;
  readonly members: ArrayLike<number>;
  /** Places in `journeySides`. */
  readonly sides: ArrayLike<number>;
}

export function openBytes(lastSecond: number, channels: ArrayLike<number>): Buffer {
  const bytes = Buffer.alloc(openHeader + channels.length * 2);
  bytes[0] = 1;
  bytes.writeUInt32LE(lastSecond, 4);
  for (let i = 0; i < channels.length; i++) bytes.writeUInt16LE(channels[i]!, openHeader + i * 2);
  return bytes;
}

export interface ConvertedHead {
  readonly flags: number;
  /** ISO 4217, where `flags` has `noRate`; else blank. */
  readonly currency: string;
  readonly digest: readonly [number, number];
  readonly lead: number;
  readonly deal: number;
}

export function convertedBytes(head: ConvertedHead, touches: CodedTouches): Buffer {
  const n = touches.seconds.length;
  const bytes = Buffer.alloc(convertedHeader + n * 19);
  bytes[0] = 1;
  bytes[1] = head.flags | hasConversion;
  bytes.write(head.currency.slice(0, 3), 2, 'latin1');
  bytes.writeUInt32LE(head.digest[0], 8);
  bytes.writeUInt32LE(head.digest[1], 12);
  bytes.writeInt32LE(head.lead, 16);
  bytes.writeInt32LE(head.deal, 20);
  let at = convertedHeader;
  for (const column of [touches.seconds, touches.campaigns, touches.contents, touches.members])
    for (let i = 0; i < n; i++, at += 4) bytes.writeUInt32LE(column[i]!, at);
  for (let i = 0; i < n; i++, at += 2) bytes.writeUInt16LE(touches.channels[i]!, at);
  for (let i = 0; i < n; i++, at++) bytes[at] = touches.sides[i]!;
  return bytes;
}

/** 64 bits that change with any of the ids and their order: FNV-1a over their words, twice with different beginnings. */
export function digestOf(ids: Iterable<string>): [number, number] {
  let one = 0x811c9dc5;
  let other = 0x9e3779b9;
  for (const id of ids)
    for (let at = 0; at < id.length; at++) {
      const code = id.charCodeAt(at);
      one = Math.imul(one ^ code, 0x01000193);
      other = Math.imul(other ^ code, 0x01000193);
    }
  return [one >>> 0, other >>> 0];
}

/** The channels' codes, oldest touch first. */
export function channelCodesIn(bytes: Buffer): number[] {
  const isConverted = (bytes[1]! & hasConversion) !== 0;
  const n = isConverted ? (bytes.length - convertedHeader) / 19 : (bytes.length - openHeader) / 2;
  const from = isConverted ? convertedHeader + 16 * n : openHeader;
  return Array.from({ length: n }, (_, i) => bytes.readUInt16LE(from + i * 2));
}
