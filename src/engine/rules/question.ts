/**
 * A condition on a field with everything in it read: values in their type, days as stretches of time, ids with those
 * they were merged with. Both readings of a rule answer these questions and nothing else.
 */

import { folded } from './fold.ts';
import type { RuleReading, RuleType } from './reading.ts';
import type { FieldCondition, Scalar } from './rule.ts';

/** Instants are microseconds since 1970, whole numbers and other numbers are numbers, amounts bigint, days and texts strings. */
export type Comparable = string | number | bigint | boolean;

/** Both ends included unless said; an end that is not there is open. */
export interface Range {
  readonly from?: Comparable;
  readonly to?: Comparable;
  readonly isToExcluded?: boolean;
}

export type Question =
  | { readonly ask: 'stated' }
  | { readonly ask: 'oneOf'; readonly values: readonly Comparable[] }
  | { readonly ask: 'within'; readonly ranges: readonly Range[] }
  /** `part` is folded. */
  | { readonly ask: 'contains'; readonly part: string }
  /** Nothing answers it: the field isn't there, the value isn't of its type, or its type has no such comparison. */
  | { readonly ask: 'impossible' };

export interface Asked {
  readonly type: RuleType;
  readonly question: Question;
  /** The condition holds where the question's answer is no, and where nothing is stated. */
  readonly isNegated: boolean;
}

const negated: readonly FieldCondition['is'][] = ['ne', 'notIn', 'blank'];
/** Whether it holds of what is not stated. */
export const isNegated = ({ is }: Pick<FieldCondition, 'is'>): boolean => negated.includes(is);

const ordered: readonly RuleType[] = ['integer', 'number', 'amount', 'instant', 'day'];

export function askedOf(condition: FieldCondition, reading: RuleReading): Asked {
  const type = reading.typeOf(condition.of, condition.field);
  const question: Question = type === null ? { ask: 'impossible' } : questionOf(condition, type, reading);
  return { type: type ?? 'text', question, isNegated: isNegated(condition) };
}

function questionOf(condition: FieldCondition, type: RuleType, reading: RuleReading): Question {
  const values = valuesOf(condition);
  switch (condition.is) {
    case 'blank':
    case 'notBlank':
      return { ask: 'stated' };
    case 'eq':
    case 'ne':
    case 'in':
    case 'notIn':
      return type === 'instant' ? anyOf(values.flatMap((value) => rangeOf(value, value, reading) ?? [])) : oneOf(values, type, reading);
    case 'contains':
      return type === 'text' && typeof values[0] === 'string'
        ? { ask: 'contains', part: folded(values[0].normalize('NFC')) }
        : { ask: 'impossible' };
    default:
      return ordered.includes(type) ? between(condition.is, values, type, reading) : { ask: 'impossible' };
  }
}

/** As a list, whatever the comparison takes. */
export function valuesOf({ value }: FieldCondition): readonly Scalar[] {
  if (value === undefined) return [];
  return Array.isArray(value) ? (value as readonly Scalar[]) : [value as Scalar];
}

function oneOf(given: readonly Scalar[], type: RuleType, reading: RuleReading): Question {
  const values = given.flatMap((value) => readValue(value, type) ?? []);
  if (values.length === 0) return { ask: 'impossible' };
  return { ask: 'oneOf', values: type === 'id' ? [...new Set(values.flatMap((id) => reading.sameAs(String(id))))] : values };
}

const anyOf = (ranges: readonly Range[]): Question => (ranges.length === 0 ? { ask: 'impossible' } : { ask: 'within', ranges });

function between(is: 'gte' | 'lte' | 'between', values: readonly Scalar[], type: RuleType, reading: RuleReading): Question {
  const from = is === 'lte' ? undefined : values[0];
  const to = is === 'gte' ? undefined : is === 'lte' ? values[0] : values[1];
  if (is === 'between' && (from === undefined || to === undefined)) return { ask: 'impossible' };
  if (type === 'instant') return anyOf(rangeOf(from, to, reading) ?? []);
  const [low, high] = [from, to].map((value) => (value === undefined ? undefined : readValue(value, type)));
  if (low === null || high === null || (low === undefined && high === undefined)) return { ask: 'impossible' };
  return { ask: 'within', ranges: [{ ...(low !== undefined && { from: low }), ...(high !== undefined && { to: high }) }] };
}

// ── instants ────────────────────────────────────────────────────────────────

/** From the beginning of `from` to the end of `to`: a day given for an instant is that whole day in the workspace's zone. */
function rangeOf(from: Scalar | undefined, to: Scalar | undefined, reading: RuleReading): Range[] | null {
  const begin = from === undefined ? {} : beginning(from, reading.timeZone);
  const end = to === undefined ? {} : ending(to, reading.timeZone);
  if (begin === null || end === null || (from === undefined && to === undefined)) return null;
  return [{ ...begin, ...end }];
}

function beginning(value: Scalar, timeZone: string): Pick<Range, 'from'> | null {
  const day = readDay(value);
  const from = day === null ? readValue(value, 'instant') : startOf(day, 0, timeZone);
  return from === null ? null : { from };
}

function ending(value: Scalar, timeZone: string): Pick<Range, 'to' | 'isToExcluded'> | null {
  const day = readDay(value);
  if (day !== null) return { to: startOf(day, 1, timeZone), isToExcluded: true };
  const to = readValue(value, 'instant');
  return to === null ? null : { to };
}

const startOf = (day: string, daysLater: number, timeZone: string): number =>
  Temporal.PlainDate.from(day).add({ days: daysLater }).toZonedDateTime(timeZone).epochMilliseconds * 1000;

/** The day of a moment in a zone. @param atMs epoch milliseconds */
export const dayAt = (atMs: number, timeZone: string): string =>
  Temporal.Instant.fromEpochMilliseconds(Math.floor(atMs)).toZonedDateTimeISO(timeZone).toPlainDate().toString();

/** Epoch milliseconds with a fraction, to whole microseconds. */
export const microseconds = (milliseconds: number): number => Math.round(milliseconds * 1000);

// ── values ──────────────────────────────────────────────────────────────────

const id = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
/** Fifteen figures at most: that many a double keeps, so that both readings compare the same number. */
const decimal = /^-?[0-9]{1,12}(\.[0-9]{1,3})?$/;
/** What PostgreSQL's bigint holds in any case. */
const minorUnits = /^-?\d{1,18}$/;

/** A value that a rule states, in the type of the field; null for one that isn't of it. */
function readValue(value: Scalar, type: RuleType): Comparable | null {
  switch (type) {
    case 'text':
    case 'choice':
      return typeof value === 'string' && value.isWellFormed() ? value.normalize('NFC') : null;
    case 'id':
      return typeof value === 'string' && id.test(value) ? value : null;
    case 'day':
      return readDay(value);
    case 'instant':
      return typeof value === 'string' ? readInstant(value) : null;
    case 'amount':
      return typeof value === 'string' && minorUnits.test(value) ? BigInt(value) : null;
    default:
      return heldValue(value, type);
  }
}

/** What a record holds in a field of the type; null where it is not stated, or no value of the type. */
export function heldValue(value: unknown, type: RuleType): Comparable | null {
  switch (type) {
    case 'text':
    case 'choice':
    case 'id':
    case 'day':
      return typeof value === 'string' ? value : null;
    case 'integer':
      return readWhole(value);
    case 'number':
      return readNumber(value);
    case 'amount':
      return typeof value === 'string' && /^-?\d+$/.test(value) ? BigInt(value) : null;
    case 'boolean':
      return typeof value === 'boolean' ? value : null;
    case 'instant':
      return readInstant(value);
  }
}

function readWhole(value: unknown): number | null {
  const number = typeof value === 'string' && /^-?\d{1,15}$/.test(value) ? Number(value) : value;
  return typeof number === 'number' && Number.isSafeInteger(number) ? number : null;
}

function readNumber(value: unknown): number | null {
  const number = typeof value === 'string' && decimal.test(value) ? Number(value) : value;
  return typeof number === 'number' && Number.isFinite(number) ? number : null;
}

function readDay(value: unknown): string | null {
  if (typeof value !== 'string' || !/^\d{4}-\d\d-\d\d$/.test(value)) return null;
  try {
    return withinYears(Temporal.PlainDate.from(value).year) ? value : null;
  } catch {
    return null;
  }
}

/** ISO 8601 with an offset, or epoch milliseconds; to whole microseconds since 1970. */
function readInstant(value: unknown): number | null {
  if (typeof value === 'number') return microseconds(value);
  if (typeof value !== 'string') return null;
  try {
    const instant = Temporal.Instant.from(value).round({ smallestUnit: 'microsecond' });
    return withinYears(instant.toZonedDateTimeISO('UTC').year) ? Number(instant.epochNanoseconds / 1000n) : null;
  } catch {
    return null;
  }
}

/** Where microseconds since 1970 are exact as a number, and PostgreSQL and the calendar agree. */
const withinYears = (year: number): boolean => year >= 1900 && year < 2200;
