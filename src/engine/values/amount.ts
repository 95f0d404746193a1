/** Amounts, percents, integers and booleans, each to its canonical form. */

import { currencyDigits } from './currency.ts';
import { readDecimal, toUnits, type DecimalSign } from './number.ts';
import { Noted, Refused } from './outcome.ts';
import { shortened } from './text.ts';

export interface NumberReading {
  readonly sign: DecimalSign | null;
  /** The file states the number in this unit, e.g. 1000000. */
  readonly times: number;
}

/** The largest number PostgreSQL's bigint holds. */
const mostUnits = 9_223_372_036_854_775_807n;
const simpleWithTwo = /^-?(?:0|[1-9]\d{0,14})(?:\.\d{1,2})?$/;

/** An amount as a decimal string of the currency's minor units: "12.5" in EUR is "1250", in JPY refused or rounded. */
export function readAmount(text: string, currency: string, reading: NumberReading): string | Refused | Noted<string> {
  const digits = currencyDigits(currency);
  if (digits === null) return new Refused(`the currency “${shortened(currency)}” is not in ISO 4217; write a code like EUR`);
  if (digits === 2 && reading.times === 1 && reading.sign !== ',' && simpleWithTwo.test(text)) return cents(text);
  const decimal = readDecimal(text, reading.sign);
  if (decimal instanceof Refused) return decimal;
  const { units, rounded } = toUnits(decimal, digits, reading.times);
  if (units > mostUnits || units < -mostUnits) return new Refused(`“${shortened(text)}” is too large an amount`);
  return rounded ? new Noted(`${units}`, `“${shortened(text)}” has more decimals than ${currency} (${digits}); rounded`) : `${units}`;
}

/** The amounts most files hold, without big numbers: "1124741.15" → "112474115". */
function cents(text: string): string {
  const point = text.indexOf('.');
  const units = point < 0 ? `${text}00` : text.slice(0, point) + text.slice(point + 1).padEnd(2, '0');
  return units.replace(/^(-?)0+(?=\d)/, '$1').replace(/^-0$/, '0');
}

/** 0..100 with at most two decimals: "12.5 %" → "12.5". */
export function readPercent(text: string, reading: NumberReading): string | Refused {
  const decimal = readDecimal(text.replace(/\s*%$/, ''), reading.sign);
  if (decimal instanceof Refused) return decimal;
  const { units } = toUnits(decimal, 2, reading.times);
  if (units < 0n || units > 10_000n) return new Refused(`“${shortened(text)}” is no percentage from 0 to 100`);
  const hundredths = String(units).padStart(3, '0');
  return `${hundredths.slice(0, -2)}.${hundredths.slice(-2)}`.replace(/\.?0+$/, '') || '0';
}

/** A whole number within PostgreSQL's integer. "577.0" is whole, "577.5" is not. */
export function readInteger(text: string, reading: NumberReading): number | Refused {
  // "1,200" employees are never one and a fraction: where a sign could be either, it groups.
  const grouped = reading.sign === null && /^\d{1,3}[.,]\d{3}$/.test(text) && !text.startsWith('0');
  const decimal = readDecimal(grouped ? text.replace(/[.,]/, '') : text, reading.sign);
  if (decimal instanceof Refused) return decimal;
  const { units, rounded } = toUnits(decimal, 0, reading.times);
  if (rounded) return new Refused(`“${shortened(text)}” is not a whole number`);
  if (units > 2_147_483_647n || units < -2_147_483_648n) return new Refused(`“${shortened(text)}” is too large; at most 2147483647`);
  return Number(units);
}

/** A number for a company's own field. */
export function readNumber(text: string, reading: NumberReading): number | Refused {
  const decimal = readDecimal(text, reading.sign);
  if (decimal instanceof Refused) return decimal;
  const number = Number(decimal) * reading.times;
  return Number.isFinite(number) && Math.abs(number) <= Number.MAX_SAFE_INTEGER
    ? number
    : new Refused(`“${shortened(text)}” is too large a number`);
}

const yes = new Set(['1', 'true', 'yes', 'y', 't', 'x', 'on', 'wahr', 'ja', 'oui', 'vrai', 'si', 'sí', 'sim', 'verdadeiro']);
const no = new Set(['0', 'false', 'no', 'n', 'f', 'off', 'falsch', 'nein', 'non', 'faux', 'não', 'nao', 'falso', '-']);

export function readBoolean(text: string): boolean | Refused {
  if (text === 'false') return false;
  if (text === 'true') return true;
  const word = text.toLowerCase();
  if (yes.has(word)) return true;
  return no.has(word) ? false : new Refused(`“${shortened(text)}” is neither yes nor no; write true or false`);
}

/**
 * One of a field's choices, whatever its case and whether its words are joined by space, - or _.
 * @param spellings other words that stand for a choice, in small letters and joined by _
 */
export function readChoice(text: string, choices: readonly string[], spellings: Readonly<Record<string, string>> = {}): string | Refused {
  if (choices.includes(text)) return text;
  const word = text.toLowerCase().replace(/[\s-]+/g, '_');
  const choice = Object.hasOwn(spellings, word) ? (spellings[word] ?? word) : word;
  return choices.includes(choice)
    ? choice
    : new Refused(`“${shortened(text)}” is none of ${choices.join(', ')}; say in the mapping what it stands for ("values")`);
}
