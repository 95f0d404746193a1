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

/**
 * The finest scale on which all sums stay below 2^53.
 * @param about the sum of all values
 * @param decimals the most a value has
 * @param cut a value had more digits than were read
 */
export function scaleOf(about: number, decimals: number, cut: boolean): Scale {
  const shown = placesThatFit(about, Math.max(decimals, fewestShown));
  return { places: placesThatFit(about, shown + finer), shown, rounded: cut || shown < decimals };
}

function placesThatFit(about: number, wanted: number): number {
  let places = Math.min(wanted, mostDigits);
  while (places > 0 && about * (powers[places] as number) >= 2 ** 52) places--;
  return places;
}
