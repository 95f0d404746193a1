/** Readers of JSON that say every wrong place: where, what is there, what would be fine. What they give is in one canonical form. */

import { currencyDigits } from '../values/currency.ts';
import { dayNumberOf } from '../calendar/reading.ts';
import { shortened } from '../values/text.ts';

export interface Problem {
  /** Such as `components.2.tiers.0.from`; '' for the whole. */
  readonly at: string;
  readonly what: string;
  readonly fine: string;
}

/** Adds to `problems` what is wrong; the value it then gives is never used. */
export type Reader<T> = (given: unknown, at: string, problems: Problem[]) => T;

/** Reads the whole, or tells all that is wrong with it. */
export function readWhole<T>(reader: Reader<T>, given: unknown): { readonly value: T } | { readonly problems: readonly Problem[] } {
  const problems: Problem[] = [];
  const value = reader(given, '', problems);
  return problems.length > 0 ? { problems } : { value };
}

const shown = (given: unknown): string =>
  typeof given === 'string' ? `“${shortened(given)}”` : shortened(JSON.stringify(given) ?? typeof given);

function wrong<T>(given: unknown, at: string, problems: Problem[], fine: string): T {
  problems.push({ at, what: given === undefined ? 'is missing' : `${shown(given)} is not what is asked for`, fine });
  return undefined as T;
}

const under = (at: string, key: string | number): string => (at === '' ? `${key}` : `${at}.${key}`);

/** An object with these fields and no others. */
export const object =
  <T extends object>(fields: { readonly [Key in keyof T]-?: Reader<T[Key]> }): Reader<T> =>
  (given, at, problems) => {
    if (typeof given !== 'object' || given === null || Array.isArray(given))
      return wrong(given, at, problems, `an object with ${Object.keys(fields).join(', ')}`);
    const record = given as Record<string, unknown>;
    for (const key of Object.keys(record))
      if (!Object.hasOwn(fields, key))
        problems.push({ at: under(at, shortened(key)), what: 'is unknown', fine: `one of ${Object.keys(fields).join(', ')}` });
    return Object.fromEntries(
      Object.entries<Reader<unknown>>(fields).map(([key, reader]) => [
        key,
        reader(Object.hasOwn(record, key) ? record[key] : undefined, under(at, key), problems),
      ]),
    ) as T;
  };

/** One of several objects, told apart by a field. */
export const oneOf =
  <T extends object>(field: keyof T & string, kinds: { readonly [kind: string]: Reader<T> }): Reader<T> =>
  (given, at, problems) => {
    const kind: unknown = typeof given === 'object' && given !== null ? Reflect.get(given, field) : undefined;
    if (typeof kind !== 'string' || !Object.hasOwn(kinds, kind))
      return wrong(kind, under(at, field), problems, `one of ${Object.keys(kinds).join(', ')}`);
    return kinds[kind]!(given, at, problems);
  };

/** One of several objects, told apart by which field they have. */
export const either =
  <T extends object>(kinds: { readonly [field: string]: Reader<T> }): Reader<T> =>
  (given, at, problems) => {
    const field = typeof given === 'object' && given !== null ? Object.keys(kinds).find((each) => Object.hasOwn(given, each)) : undefined;
    return field === undefined
      ? wrong(given, at, problems, `an object with ${Object.keys(kinds).join(' or ')}`)
      : kinds[field]!(given, at, problems);
  };

export const list =
  <T>(item: Reader<T>, most: number): Reader<readonly T[]> =>
  (given, at, problems) => {
    if (!Array.isArray(given)) return wrong(given, at, problems, `a list of at most ${most}`);
    if (given.length > most) {
      problems.push({ at, what: `holds ${given.length}`, fine: `at most ${most}` });
      return [];
    }
    return given.map((each, place) => item(each, under(at, place), problems));
  };

/** Any keys; a key is a text as `text` reads it. */
export const byName =
  <T>(item: Reader<T>, most: number): Reader<Readonly<Record<string, T>>> =>
  (given, at, problems) => {
    if (typeof given !== 'object' || given === null || Array.isArray(given)) return wrong(given, at, problems, 'an object by name');
    const entries = Object.entries(given);
    if (entries.length > most) problems.push({ at, what: `holds ${entries.length}`, fine: `at most ${most}` });
    return Object.fromEntries(
      entries.map(([key, value]) => [text(100)(key, under(at, shortened(key)), problems), item(value, under(at, key), problems)]),
    );
  };

/** What stands where nothing is told. */
export const or =
  <T>(reader: Reader<T>, otherwise: T): Reader<T> =>
  (given, at, problems) =>
    given === undefined ? otherwise : reader(given, at, problems);

/** Null where nothing is told. */
export const nullable =
  <T>(reader: Reader<T>): Reader<T | null> =>
  (given, at, problems) =>
    given === undefined || given === null ? null : reader(given, at, problems);

export const choice =
  <T extends string>(choices: readonly T[]): Reader<T> =>
  (given, at, problems) =>
    choices.includes(given as T) ? (given as T) : wrong(given, at, problems, `one of ${choices.join(', ')}`);

export const flag: Reader<boolean> = (given, at, problems) =>
  typeof given === 'boolean' ? given : wrong(given, at, problems, 'true or false');

export const whole =
  (least: number, most: number): Reader<number> =>
  (given, at, problems) =>
    Number.isInteger(given) && (given as number) >= least && (given as number) <= most
      ? (given as number)
      : wrong(given, at, problems, `a whole number from ${least} to ${most}`);

/** Not blank, without surrounding space and control characters, in NFC. */
export const text =
  (longest: number): Reader<string> =>
  (given, at, problems) => {
    if (typeof given !== 'string' || given.trim() === '' || given.length > longest || controls.test(given) || !given.isWellFormed())
      return wrong(given, at, problems, `a text of at most ${longest} characters`);
    return given.trim().normalize('NFC');
  };
const controls = /\p{Cc}/u;

/** Minor units. "007" is "7". */
export const minor =
  (sign: 'from0' | 'any'): Reader<string> =>
  (given, at, problems) => {
    const fine = sign === 'any' ? 'minor units as text such as "1200050" or "-500"' : 'minor units from 0 as text such as "1200050"';
    if (typeof given !== 'string' || !/^-?\d{1,18}$/.test(given)) return wrong(given, at, problems, fine);
    const units = BigInt(given);
    return units < 0n && sign === 'from0' ? wrong(given, at, problems, fine) : `${units}`;
  };

/** A plain decimal number as text. "012.50" is "12.5". @param decimals at most */
export const decimal =
  (decimals: number, most: number, sign: 'from0' | 'any' = 'from0'): Reader<string> =>
  (given, at, problems) => {
    const from = sign === 'any' ? -most : 0;
    const fine = `a decimal number as text from ${from} to ${most} with at most ${decimals} decimals, such as "12.5"`;
    const [, minus = '', figures = '', places = ''] =
      (typeof given === 'string' && /^(-?)0*(\d{1,18}?)(?:\.(\d{1,18}?)0*)?$/.exec(given)) || [];
    const short = places.replace(/0+$/, '');
    if (figures === '' || short.length > decimals || Number(given) > most || Number(given) < from) return wrong(given, at, problems, fine);
    const plain = short === '' ? figures : `${figures}.${short}`;
    return plain === '0' ? plain : minus + plain;
  };

export const percent = (most: number): Reader<string> => decimal(4, most);

export const day: Reader<string> = (given, at, problems) => {
  try {
    dayNumberOf(given as string);
    return given as string;
  } catch {
    return wrong(given, at, problems, 'a day such as 2026-03-27');
  }
};

export const instant: Reader<string> = (given, at, problems) => {
  const fine = 'an instant in UTC such as 2026-03-27T20:00:00Z';
  if (typeof given !== 'string' || !/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?Z$/.test(given)) return wrong(given, at, problems, fine);
  try {
    Temporal.Instant.from(given);
    return given;
  } catch {
    return wrong(given, at, problems, fine);
  }
};

export const currency: Reader<string> = (given, at, problems) =>
  typeof given === 'string' && currencyDigits(given) !== null ? given : wrong(given, at, problems, 'a currency of ISO 4217 such as EUR');
