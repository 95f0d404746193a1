/** A number from the bytes of a cell, as whole units and how many decimals they have: no rounding in between. */

/** What was read: `units ÷ 10^decimals`. */
export interface ReadNumber {
  /** Whole, from 0, below 10^15. */
  units: number;
  decimals: number;
  /** It had more digits than 15 and was rounded half up. */
  rounded: boolean;
}

export const makeReadNumber = (): ReadNumber => ({ units: 0, decimals: 0, rounded: false });

/** What a cell may hold, for people. */
export const amountWords = 'an amount from 0 with a point for decimals, such as 120.50';

const mostDigits = 15;

/**
 * Reads `12`, `12.50`, `.5`, `1e+05`, with a `+` before it or without. Signs of currency, separators of thousands and
 * negative numbers are refused. Digits beyond the fifteenth that counts are rounded away, as are zeros left behind by that.
 * @returns false for anything else, and for numbers of more than 15 digits before the point
 */
export function readNumber(bytes: Uint8Array, from: number, to: number, into: ReadNumber): boolean {
  let units = 0;
  let decimals = 0;
  let kept = 0; // digits kept, from the first that isn't 0
  let dropped = 0; // digits beyond, before the point
  let up = false;
  let digits = 0;
  let beyond = false; // of the point
  let at = bytes[from] === 43 ? from + 1 : from;
  for (; at < to; at++) {
    const byte = bytes[at] as number;
    if (byte === 46 && !beyond) {
      beyond = true;
      continue;
    }
    const digit = byte - 48;
    if (digit < 0 || digit > 9) break;
    digits++;
    if (kept === mostDigits) {
      if (dropped++ === 0) up = digit >= 5;
      if (!beyond) decimals--;
      continue;
    }
    units = units * 10 + digit;
    if (units > 0) kept++;
    if (beyond) decimals++;
  }
  if (digits === 0) return false;
  if (at < to) {
    const exponent = readExponent(bytes, at, to);
    if (exponent === null) return false;
    decimals -= exponent;
  }
  return settle(up ? units + 1 : units, decimals, dropped > 0, into);
}

/** Brings it to a whole number of units with 0 … 15 decimals. */
function settle(read: number, readDecimals: number, cut: boolean, into: ReadNumber): boolean {
  let units = read;
  let decimals = readDecimals;
  let rounded = cut;
  while (cut && decimals > 0 && units % 10 === 0) {
    units /= 10;
    decimals--;
  }
  if (units === 0) decimals = Math.min(Math.max(decimals, 0), mostDigits);
  for (; decimals < 0; decimals++) {
    units *= 10;
    if (units >= 1e15) return false;
  }
  for (; decimals > mostDigits; decimals--) {
    units = Math.round(units / 10);
    rounded = true;
  }
  into.units = units;
  into.decimals = decimals;
  into.rounded = rounded;
  return units < 1e15;
}

/** `e+05`, `E-3`. */
function readExponent(bytes: Uint8Array, from: number, to: number): number | null {
  if (bytes[from] !== 101 && bytes[from] !== 69) return null;
  const sign = bytes[from + 1];
  const begin = from + (sign === 43 || sign === 45 ? 2 : 1);
  let exponent = 0;
  for (let at = begin; at < to; at++) {
    const digit = (bytes[at] as number) - 48;
    if (digit < 0 || digit > 9) return null;
    exponent = exponent * 10 + digit;
  }
  return begin >= to || to - begin > 2 ? null : sign === 45 ? -exponent : exponent;
}

/**
 * Brings `units ÷ 10^decimals` to `places` decimals, half up where it has more.
 * @returns whole units of `10^-places`
 */
export function atPlaces(units: number, decimals: number, places: number): number {
  return decimals <= places ? units * (powers[places - decimals] as number) : Math.round(units / (powers[decimals - places] as number));
}

const powers = Array.from({ length: mostDigits + 1 }, (_, exponent) => 10 ** exponent);

/** What all values of a file have in common. */
export interface ValuesSeen {
  /** The most that one has. */
  decimals: number;
  /** About. */
  sum: number;
  largest: number;
  /** One had more digits than were read. */
  rounded: boolean;
}

export const noValues = (): ValuesSeen => ({ decimals: 0, sum: 0, largest: 0, rounded: false });

export function seeValue(seen: ValuesSeen, { units, decimals, rounded }: Readonly<ReadNumber>): void {
  const value = units / (powers[decimals] as number);
  seen.sum += value;
  if (value > seen.largest) seen.largest = value;
  if (decimals > seen.decimals) seen.decimals = decimals;
  if (rounded) seen.rounded = true;
}

export const seenTogether = (parts: readonly Readonly<ValuesSeen>[]): ValuesSeen => ({
  decimals: parts.reduce((most, { decimals }) => Math.max(most, decimals), 0),
  sum: parts.reduce((total, { sum }) => total + sum, 0),
  largest: parts.reduce((most, { largest }) => Math.max(most, largest), 0),
  rounded: parts.some(({ rounded }) => rounded),
});

/** In which units the values of a file are calculated and shown. */
export interface Scale {
  /** Values are whole units of `10^-places`: finer than they are shown, so that shares don't round at every journey. */
  readonly places: number;
  /** Decimals to show: those of the file, at least two. */
  readonly shown: number;
  /** Values had more decimals than stay exact in a sum, and were rounded to those shown. */
  readonly rounded: boolean;
}

const fewestShown = 2;
const finer = 4;
/** Splitting larger values takes longer. */
const handyValue = 2 ** 31;

/** The finest scale that is needed and on which all sums stay below 2^53. */
export function scaleOf({ decimals, sum, largest, rounded }: Readonly<ValuesSeen>): Scale {
  const shown = placesThatFit(sum, 2 ** 52, Math.max(decimals, fewestShown));
  const places = Math.min(placesThatFit(sum, 2 ** 52, shown + finer), placesThatFit(largest, handyValue, shown + finer));
  return { places: Math.max(shown, places), shown, rounded: rounded || shown < decimals };
}

function placesThatFit(value: number, below: number, wanted: number): number {
  let places = Math.min(wanted, mostDigits);
  while (places > 0 && value * (powers[places] as number) >= below) places--;
  return places;
}
