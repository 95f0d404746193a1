/** From a text to the canonical value of a field's type. */

import type { CanonicalValue } from '#features/intake/contract.ts';
import type { Field } from '#features/records/contract.ts';
import { domainKey, emailKey } from '#engine/identity/keys.ts';
import { readAmount, readBoolean, readChoice, readInteger, readNumber, readPercent } from '#engine/values/amount.ts';
import { currencyCodeOf } from '#engine/values/currency.ts';
import { readDay, readInstant, type DateReading } from '#engine/values/dates.ts';
import type { DecimalSign } from '#engine/values/number.ts';
import { Noted, Refused } from '#engine/values/outcome.ts';
import { shortened } from '#engine/values/text.ts';

export type Outcome = CanonicalValue | Refused | Noted<CanonicalValue>;
/** Reads a text; `currency` is that of the record, for amounts. */
export type ValueReader = (text: string, currency: string) => Outcome;

export interface ValueReading {
  readonly dates: DateReading;
  readonly sign: DecimalSign | null;
  readonly times: number;
}

export type ValueType = Field['type'] | 'number';
/** Of a field with choices: which, and by what other words. */
export type Choices = Pick<Field, 'choices' | 'spellings'>;

export function valueReaderFor(type: ValueType, { choices = [], spellings }: Choices, reading: ValueReading): ValueReader {
  switch (type) {
    case 'instant':
      return (text) => readInstant(text, reading.dates);
    case 'day':
      return (text) => readDay(text, reading.dates);
    case 'amount':
      return (text, currency) => readAmount(text, currency, reading);
    case 'percent':
      return (text) => readPercent(text, reading);
    case 'integer':
      return (text) => readInteger(text, reading);
    case 'number':
      return (text) => readNumber(text, reading);
    case 'boolean':
      return readBoolean;
    case 'choice':
      return (text) => readChoice(text, choices, spellings);
    case 'currency':
      return (text) => currencyCodeOf(text) ?? new Refused(`“${shortened(text)}” is no currency; write its code in ISO 4217, like EUR`);
    case 'email':
      return readEmail;
    case 'domain':
      return readDomain;
    default:
      return (text) => text;
  }
}

const readEmail = (text: string): Outcome =>
  emailKey(text) === null
    ? new Noted(text, `“${shortened(text)}” is no e-mail address; kept as written, and nobody is recognised by it`)
    : text;

const readDomain = (text: string): Outcome =>
  domainKey(text) ?? new Noted<CanonicalValue>(null, `“${shortened(text)}” is no web address or domain; left out`);
