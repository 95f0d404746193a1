/** Numbers as people write them: "1.234,56", "1,234.56", "1 234,56", "1'234.56", "(12.00)", "€ 12", "1.5E+3". */

import { Refused } from './outcome.ts';
import { shortened } from './text.ts';

export type DecimalSign = '.' | ',';

/** A number as exact text: optional minus, digits, and a fraction when there is one. */
export type DecimalText = string;

const plain = /^-?\d{1,30}$/;
const plainWithDot = /^-?\d{1,30}\.\d{1,30}$/;
const dressing = /[\s\u00a0\u2007\u202f'’]|[A-Z]{3}|\p{Sc}/gu;
const afterDressing = /^([+-]?)(\d[\d.,]*|[.,]\d+)(?:[eE]([+-]?\d{1,4}))?$/;
/** Digits before the point beyond this can't be kept as minor units in 64 bits. */
const mostDigits = 30;

/**
 * Reads a number exactly, never through floating point.
 * @param sign the decimal sign where it is known; without it a text that fits both readings is refused.
 */
export function readDecimal(text: string, sign: DecimalSign | null): DecimalText | Refused {
  if (plain.test(text)) return withoutLeadingZeros(text);
  if (sign === '.' && plainWithDot.test(text)) return withoutLeadingZeros(text);
  return readDressed(text, sign);
}

function readDressed(text: string, sign: DecimalSign | null): DecimalText | Refused {
  const bracketed = /^\(.*\)$/.test(text);
  const bare = (bracketed ? text.slice(1, -1) : text)
    .replace(dressing, '')
    .replace(/^[−–]/, '-')
    .replace(/^(.*)-$/, '-$1');
  const parts = afterDressing.exec(bare);
  if (parts === null) return new Refused(notANumber(text));
  const split = splitAtDecimal(parts[2] ?? '', sign);
  if (split instanceof Refused) return split;
  const shifted = shift(split.whole, split.fraction, Number(parts[3] ?? 0));
  if (shifted === null) return new Refused(`“${shortened(text)}” is too large; at most ${mostDigits} digits can be read`);
  const negative = parts[1] === '-' || bracketed;
  return withoutLeadingZeros(`${negative ? '-' : ''}${shifted}`);
}

const notANumber = (text: string) => `“${shortened(text)}” is not a number; write it like 1234.56`;

function splitAtDecimal(digits: string, sign: DecimalSign | null): { whole: string; fraction: string } | Refused {
  const decimal = sign ?? decimalSignOf(digits);
  if (decimal === 'ambiguous') {
    const [whole, fraction] = digits.split(/[.,]/);
    return new Refused(
      `“${digits}” could be ${whole}${fraction} or ${whole}.${fraction}; state the decimal sign of the column ("decimal": "," or ".")`,
    );
  }
  const grouping = decimal === ',' ? '.' : ',';
  const [whole = '', fraction = '', more] = decimal === null ? [digits] : digits.split(decimal);
  if (more !== undefined || fraction.includes(grouping)) return new Refused(notANumber(digits));
  if (whole.includes(grouping) && !isGrouped(whole.split(grouping))) {
    return new Refused(`“${digits}” is not a number with “${decimal}” as the decimal sign; its groups of digits don’t fit`);
  }
  return { whole: whole.replaceAll(grouping, ''), fraction };
}

/** Groups of three; or, as in India, of two with a last one of three. */
function isGrouped(groups: string[]): boolean {
  const [first = '', ...rest] = groups;
  const last = rest.at(-1) ?? '';
  if (first.length < 1 || first.length > 3 || last.length !== 3) return false;
  return rest.every((group) => group.length === 3) || rest.slice(0, -1).every((group) => group.length === 2);
}

/**
 * Which sign a number shows as its decimal sign: the last where both stand, the one that can't be a group
 * where one stands once; null where there is none, "ambiguous" for the likes of "1.234".
 */
export function decimalSignOf(digits: string): DecimalSign | 'ambiguous' | null {
  const dot = digits.lastIndexOf('.');
  const comma = digits.lastIndexOf(',');
  if (dot < 0 && comma < 0) return null;
  if (dot >= 0 && comma >= 0) return dot > comma ? '.' : ',';
  const sign = dot >= 0 ? '.' : ',';
  const at = Math.max(dot, comma);
  if (digits.indexOf(sign) !== at) return sign === '.' ? ',' : '.';
  const couldBeGroup = digits.length - at - 1 === 3 && at >= 1 && at <= 3 && digits[0] !== '0';
  return couldBeGroup ? 'ambiguous' : sign;
}

/** Moves the decimal point by an exponent of ten; null when the number grows beyond what can be read. */
function shift(whole: string, fraction: string, exponent: number): string | null {
  if (exponent === 0 && whole.length <= mostDigits && fraction.length <= mostDigits) return join(whole, fraction);
  const digits = whole + fraction;
  const point = whole.length + exponent;
  if (point > mostDigits || point < -mostDigits || digits.length > 2 * mostDigits) return null;
  if (point <= 0) return join('0', '0'.repeat(-point) + digits);
  return join(digits.slice(0, point).padEnd(point, '0'), digits.slice(point));
}

const join = (whole: string, fraction: string): string => (fraction === '' ? whole || '0' : `${whole || '0'}.${fraction}`);

function withoutLeadingZeros(text: string): string {
  const digits = text[0] === '-' ? 1 : 0;
  if (text.charCodeAt(digits) !== 48 || text.length === digits + 1 || text[digits + 1] === '.') return text;
  return text.replace(/^(-?)0+(?=\d)/, '$1');
}

/**
 * A decimal text times a whole number and rounded half away from zero to `places` decimals, as whole units of the
 * last place: ("12.5", 2) → "1250". `rounded` tells whether anything but zeros was cut.
 */
export function toUnits(text: DecimalText, places: number, times = 1): { units: bigint; rounded: boolean } {
  const negative = text[0] === '-';
  const [whole = '0', fraction = ''] = (negative ? text.slice(1) : text).split('.');
  const scaled = BigInt(whole + fraction) * BigInt(times);
  const cut = fraction.length - places;
  if (cut <= 0) return signed(scaled * 10n ** BigInt(-cut), negative, false);
  const unit = 10n ** BigInt(cut);
  const rest = scaled % unit;
  const up = rest * 2n >= unit ? 1n : 0n;
  return signed(scaled / unit + up, negative, rest !== 0n);
}

const signed = (units: bigint, negative: boolean, rounded: boolean) => ({ units: negative ? -units : units, rounded });
