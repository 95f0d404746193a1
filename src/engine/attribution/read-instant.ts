/** A point in time from the bytes of a cell. */

const digitZero = 48;
/** The last second that fits into 32 bits, in 2106. */
const lastSecond = 4_294_967_295;
const firstYear = 1970;
const lastYear = 2105;

const monthDays = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
/** Days from 1970-01-01 to the first of each month, from January 1970 to January 2106. */
const monthBegins = makeMonthBegins();

/** What a cell may hold, for people. */
export const instantWords =
  'a point in time such as 2026-03-27T20:00:00Z, 2026-03-27 20:00:00 (read as UTC), 2026-03-27, or seconds or milliseconds since 1970';

/**
 * Reads `YYYY-MM-DD`, or that with `T` or a blank and `HH:MM`, `HH:MM:SS` or fractions of seconds, with `Z`, `±HH`, `±HH:MM`,
 * `±HHMM`, ` UTC` or nothing (UTC) behind; or seconds since 1970 (below 2^32, with a fraction or without), or, of 12 digits or
 * more, milliseconds. A number of eight digits that is a day (20260327) is refused: it could be meant as either.
 * @returns milliseconds since 1970, whole (what is finer is cut off); −1 for anything else and for times before 1970 or after 2105
 */
export function readInstant(bytes: Uint8Array, from: number, to: number): number {
  if (to - from >= 10 && bytes[from + 4] === 45 && bytes[from + 7] === 45) return readDateTime(bytes, from, to);
  return readEpoch(bytes, from, to);
}

function readDateTime(bytes: Uint8Array, from: number, to: number): number {
  const day = dayNumber(number(bytes, from, from + 4), number(bytes, from + 5, from + 7), number(bytes, from + 8, from + 10));
  if (day < 0) return -1;
  const midnight = day * 86_400_000;
  if (to - from === 10) return midnight;
  const separator = bytes[from + 10];
  if ((separator !== 84 && separator !== 116 && separator !== 32) || to - from < 16 || bytes[from + 13] !== 58) return -1;
  const hour = number(bytes, from + 11, from + 13);
  const minute = number(bytes, from + 14, from + 16);
  if (hour < 0 || hour > 23 || minute < 0 || minute > 59) return -1;
  const hourAndMinute = midnight + (hour * 60 + minute) * 60_000;
  if (bytes[from + 16] !== 58 || to - from < 17) return inRange(hourAndMinute - offsetMinutes(bytes, from + 16, to) * 60_000);
  const second = to - from < 19 ? -1 : number(bytes, from + 17, from + 19);
  if (second < 0 || second > 60) return -1; // :60 is a leap second
  return addToInstant(hourAndMinute / 1000 + second, bytes, from + 19, to);
}

/**
 * Adds what stands behind the seconds: a fraction, an offset, both or nothing.
 * @param second since 1970, before the offset
 * @returns as `readInstant`
 */
export function addToInstant(second: number, bytes: Uint8Array, from: number, to: number): number {
  let at = from;
  let fraction = 0;
  if (at < to && (bytes[at] === 46 || bytes[at] === 44)) {
    const begin = ++at;
    while (at < to && isDigit(bytes[at])) at++;
    if (at === begin) return -1;
    fraction = milliseconds(bytes, begin, at);
  }
  return inRange((second - offsetMinutes(bytes, at, to) * 60) * 1000 + fraction);
}

/** @returns minutes ahead of UTC; NaN for no offset that is known */
function offsetMinutes(bytes: Uint8Array, from: number, to: number): number {
  let at = from;
  if (at < to && bytes[at] === 32) at++;
  const length = to - at;
  if (length === 0) return at === from ? 0 : Number.NaN;
  const first = bytes[at] as number;
  if (length === 1) return first === 90 || first === 122 ? 0 : Number.NaN;
  if (length === 3 && first === 85 && bytes[at + 1] === 84 && bytes[at + 2] === 67) return 0; // UTC
  if (first !== 43 && first !== 45) return Number.NaN;
  const colon = length === 6 && bytes[at + 3] === 58 ? 1 : 0;
  if (length !== 3 && length !== 5 + colon) return Number.NaN;
  const hours = number(bytes, at + 1, at + 3);
  const minutes = length === 3 ? 0 : number(bytes, at + 3 + colon, to);
  if (hours < 0 || hours > 18 || minutes < 0 || minutes > 59) return Number.NaN;
  return (first === 43 ? 1 : -1) * (hours * 60 + minutes);
}

function readEpoch(bytes: Uint8Array, from: number, to: number): number {
  let at = from;
  let whole = 0;
  for (; at < to && isDigit(bytes[at]); at++) whole = whole * 10 + (bytes[at] as number) - digitZero;
  const digits = at - from;
  if (digits === 0 || digits > 15) return -1;
  if (at === to && digits >= 12) return inRange(whole);
  if (at === to && digits === 8 && dayNumber(Math.floor(whole / 10_000), Math.floor(whole / 100) % 100, whole % 100) >= 0) return -1;
  if (at === to) return inRange(whole * 1000);
  if (bytes[at] !== 46) return -1;
  for (let rest = at + 1; rest < to; rest++) if (!isDigit(bytes[rest])) return -1;
  return to === at + 1 ? -1 : inRange((digits >= 12 ? whole : whole * 1000) + (digits >= 12 ? 0 : milliseconds(bytes, at + 1, to)));
}

/** NaN is in no range. */
const inRange = (time: number): number => (time >= 0 && time < (lastSecond + 1) * 1000 ? time : -1);

/** Of a fraction's digits the first three. */
function milliseconds(bytes: Uint8Array, from: number, to: number): number {
  let read = 0;
  for (let at = 0; at < 3; at++) read = read * 10 + (from + at < to ? (bytes[from + at] as number) - digitZero : 0);
  return read;
}

/** @returns −1 where a byte is no digit */
function number(bytes: Uint8Array, from: number, to: number): number {
  let read = 0;
  for (let at = from; at < to; at++) {
    const digit = (bytes[at] as number) - digitZero;
    if (digit < 0 || digit > 9) return -1;
    read = read * 10 + digit;
  }
  return read;
}

const isDigit = (byte: number | undefined): boolean => byte !== undefined && byte >= 48 && byte <= 57;

/** Days since 1970-01-01; −1 where there is no such day. */
function dayNumber(year: number, month: number, day: number): number {
  if (year < firstYear || year > lastYear || month < 1 || month > 12 || day < 1) return -1;
  const at = (year - firstYear) * 12 + month - 1;
  const begin = monthBegins[at] as number;
  return day > (monthBegins[at + 1] as number) - begin ? -1 : begin + day - 1;
}

function makeMonthBegins(): Int32Array {
  const begins = new Int32Array((lastYear - firstYear + 1) * 12 + 1);
  for (let month = 0; month + 1 < begins.length; month++) {
    const year = firstYear + Math.floor(month / 12);
    const leap = month % 12 === 1 && year % 4 === 0 && year !== 2100 ? 1 : 0;
    begins[month + 1] = (begins[month] as number) + (monthDays[month % 12] as number) + leap;
  }
  return begins;
}

const lowDigits = 0x3030_3030;
const highBits = 0xf0f0_f0f0 | 0;
const six = 0x0606_0606;

/**
 * Reads `YYYY-MM-DDTHH:MM:SS`, with a blank for the `T` or not, by words of four bytes: a third of the time. What stands
 * behind is not looked at.
 * @returns seconds since 1970; −1 for anything else, and for what is after 2037: `readInstant` may know better
 */
export function readRegularInstant(view: DataView, at: number): number {
  const year = view.getInt32(at, true);
  const w1 = view.getInt32(at + 4, true); // -MM-
  const w2 = view.getInt32(at + 8, true); // DDTH
  const w3 = view.getInt32(at + 12, true); // H:MM
  const w4 = view.getInt32(at + 16, true); // :SS
  const date = ((w1 >>> 8) & 0xffff) | (w2 << 16);
  const time = (w2 >>> 24) | ((w3 & 0xff) << 8) | (w3 & 0xffff_0000);
  const seconds = ((w4 >>> 8) & 0xffff) | 0x3030_0000;
  const digits =
    (((year | date | time | seconds) & highBits) ^ lowDigits) |
    ((year & date & time & seconds & highBits) ^ lowDigits) |
    ((((year + six) | (date + six) | (time + six) | (seconds + six)) & highBits) ^ lowDigits);
  const separator = (w2 >>> 16) & 0xff;
  const separators = ((w1 & 0xff00_00ff) ^ 0x2d00_002d) | (((w3 >>> 8) & 0xff) ^ 58) | ((w4 & 0xff) ^ 58);
  if ((digits | separators) !== 0 || (separator !== 84 && separator !== 32)) return -1;
  const years = pairs(year);
  const monthAndDay = pairs(date);
  const hourAndMinute = pairs(time);
  const month = (((years & 0xff) * 100 + (years >>> 16) - firstYear) * 12 + (monthAndDay & 0xff) - 1) | 0; // since January 1970
  const day = (monthAndDay >>> 16) - 1;
  const second = pairs(seconds) & 0xff;
  if ((monthAndDay & 0xff) < 1 || (monthAndDay & 0xff) > 12 || month < 0 || month >= 68 * 12 || day < 0) return -1;
  const begin = monthBegins[month] as number;
  if (begin + day >= (monthBegins[month + 1] as number)) return -1;
  if ((hourAndMinute & 0xff) > 23 || hourAndMinute >>> 16 > 59 || second > 59) return -1;
  return (begin + day) * 86_400 + (hourAndMinute & 0xff) * 3600 + (hourAndMinute >>> 16) * 60 + second;
}

/** Four digits, the first in the lowest byte, as two numbers of two digits: in bits 0–7 and 16–23. */
const pairs = (digits: number): number => {
  const values = digits & 0x0f0f_0f0f;
  return (values * 10 + (values >>> 8)) & 0x00ff_00ff;
};
