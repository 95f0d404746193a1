import { currencyDigits } from '#engine/values/currency.ts';
import { domainKey, emailKey } from '#engine/identity/keys.ts';
import { Refused } from '#engine/values/outcome.ts';
import { readText } from '#engine/values/text.ts';
import { isId } from '#platform/db/ids.ts';
import { Problem } from '#platform/errors.ts';
import type { Field } from '../contract.ts';

/** Types of the company's own fields. */
export type CustomType = 'text' | 'number' | 'boolean' | 'day' | 'instant' | 'amount';

const mostBigint = 9_223_372_036_854_775_807n;

/**
 * A field's value in its one canonical form (see `FieldType`); null stays null, a blank text is null.
 * @param at where it stands, for the refusal
 * @throws Problem bad-input with `at` and what would be fine
 */
export function readValue(field: Field, value: unknown, at: string): string | number | boolean | null {
  const read = tryValue(field, value);
  if (read instanceof Refused) throw new Problem('bad-input', `${field.label}: ${read.reason}.`, { fields: [{ at, reason: read.reason }] });
  return read;
}

/** The same with the refusal as a value, so that all of a form's can be told at once. */
export function tryValue(field: Field, value: unknown): string | number | boolean | null | Refused {
  if (value === null) return null;
  if (field.type === 'boolean') return typeof value === 'boolean' ? value : new Refused('is true or false');
  if (field.type === 'integer') return readWhole(value);
  if (field.type === 'percent' || field.type === 'amount') return field.type === 'amount' ? readMinorUnits(value) : readPercentage(value);
  if (typeof value !== 'string') return new Refused('is a text');
  const text = readText(value);
  if (text === null || text instanceof Refused) return text;
  return readWritten(field, text);
}

function readWritten(field: Field, text: string): string | Refused {
  switch (field.type) {
    case 'text':
    case 'phone':
      return text;
    case 'email':
      return emailKey(text) === null ? new Refused('is an e-mail address like mara@example.com') : text;
    case 'domain':
      return domainKey(text) ?? new Refused('is a domain like example.com');
    case 'currency':
      return currencyDigits(text) === null ? new Refused('is an ISO 4217 code like EUR') : text;
    case 'choice':
      return field.choices?.includes(text) ? text : new Refused(`is one of ${field.choices?.join(', ')}`);
    case 'instant':
      return readIsoInstant(text);
    case 'day':
      return readIsoDay(text);
    default:
      return isId(text) ? text : new Refused(`is the id of a ${field.type}`);
  }
}

/** ISO 8601 with an offset, kept in UTC to the microsecond PostgreSQL keeps. */
function readIsoInstant(text: string): string | Refused {
  try {
    const instant = Temporal.Instant.from(text).round({ smallestUnit: 'microsecond' });
    const year = instant.toZonedDateTimeISO('UTC').year;
    return year >= 1900 && year < 2200 ? instant.toString() : new Refused('lies between 1900 and 2200');
  } catch {
    return new Refused('is a time like 2026-03-27T20:00:00Z');
  }
}

function readIsoDay(text: string): string | Refused {
  try {
    if (!/^\d{4}-\d\d-\d\d$/.test(text)) return new Refused('is a day like 2026-03-27');
    const day = Temporal.PlainDate.from(text);
    return day.year >= 1900 && day.year < 2200 ? day.toString() : new Refused('lies between 1900 and 2200');
  } catch {
    return new Refused('is a day like 2026-03-27');
  }
}

function readWhole(value: unknown): number | Refused {
  const number = typeof value === 'string' && /^-?\d{1,15}$/.test(value) ? Number(value) : value;
  return typeof number === 'number' && Number.isSafeInteger(number) ? number : new Refused('is a whole number');
}

function readMinorUnits(value: unknown): string | Refused {
  if (typeof value !== 'string' || !/^-?\d{1,19}$/.test(value))
    return new Refused('is a decimal string of minor units, e.g. "1200050" for 12,000.50');
  const units = BigInt(value);
  return units > mostBigint || units < -mostBigint ? new Refused('is too large') : String(units);
}

function readPercentage(value: unknown): string | Refused {
  const text = typeof value === 'number' ? String(value) : value;
  if (typeof text !== 'string' || !/^\d{1,3}(\.\d{1,2})?$/.test(text) || Number(text) > 100)
    return new Refused('is a number from 0 to 100 with at most two decimals');
  return String(Number(text));
}

/** A value of the company's own field. */
export function tryCustomValue(type: CustomType, value: unknown): string | number | boolean | null | Refused {
  if (value === null) return null;
  if (type === 'number') return typeof value === 'number' && Number.isFinite(value) ? value : new Refused('is a number');
  return tryValue({ name: 'custom', label: 'Own field', type }, value);
}
