import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { readAmount, readBoolean, readChoice, readInteger, readPercent } from './amount.ts';
import { dayNumber, dayText, instantText } from './calendarDay.ts';
import { readDay, readInstant, type DateStyle } from './dates.ts';
import { readDecimal, toUnits } from './number.ts';
import { Noted, Refused } from './outcome.ts';
import { readText } from './text.ts';
import { zoneNamed } from './zone.ts';

const whole = { sign: null, times: 1 } as const;
const reasonOf = (outcome: unknown): string =>
  outcome instanceof Refused || outcome instanceof Noted ? outcome.reason : `read as ${String(outcome)}`;

test('numbers are read as people write them', () => {
  const cases: [string, '.' | ',' | null, string][] = [
    ['1234.56', null, '1234.56'],
    ['1.234,56', null, '1234.56'],
    ['1,234.56', null, '1234.56'],
    ['1 234,56', null, '1234.56'],
    ["1'234.56", null, '1234.56'],
    ['1.234', '.', '1.234'],
    ['1.234', ',', '1234'],
    ['1,234', '.', '1234'],
    ['(12.00)', '.', '-12.00'],
    ['12-', null, '-12'],
    ['€ 12,5', null, '12.5'],
    ['EUR 12', null, '12'],
    ['1.5E+3', '.', '1500'],
    ['2e-3', '.', '0.002'],
    ['12,34,567.5', null, '1234567.5'],
    ['007', null, '7'],
    ['-0.5', '.', '-0.5'],
    ['.5', '.', '0.5'],
    ['1.234.567', null, '1234567'],
    ['0.125', null, '0.125'],
  ];
  for (const [text, sign, expected] of cases) assert.equal(readDecimal(text, sign), expected, text);
});

test('what is no number, or could be two, is refused in words', () => {
  assert.match(reasonOf(readDecimal('1.234', null)), /could be 1234 or 1\.234/);
  assert.match(reasonOf(readDecimal('twelve', null)), /is not a number/);
  assert.match(reasonOf(readDecimal('1,2,3.4', '.')), /groups of digits/);
  assert.match(reasonOf(readDecimal('1e309', '.')), /too large/);
  assert.match(reasonOf(readDecimal('NaN', '.')), /is not a number/);
  assert.match(reasonOf(readDecimal('1.2.3', '.')), /not a number/);
});

test('amounts become minor units by the currency’s decimals', () => {
  assert.equal(readAmount('1124741.15', 'USD', whole), '112474115');
  assert.equal(readAmount('54', 'BRL', whole), '5400');
  assert.equal(readAmount('0', 'USD', whole), '0');
  assert.equal(readAmount('-0.05', 'EUR', whole), '-5');
  assert.equal(readAmount('1500', 'JPY', whole), '1500');
  assert.equal(readAmount('1.5', 'KWD', whole), '1500');
  assert.equal(readAmount('1100.04', 'USD', { sign: '.', times: 1_000_000 }), '110004000000');
  assert.equal(reasonOf(readAmount('33.335', 'EUR', { sign: '.', times: 1 })), '“33.335” has more decimals than EUR (2); rounded');
  assert.equal((readAmount('33.335', 'EUR', { sign: '.', times: 1 }) as Noted<string>).value, '3334');
  assert.match(reasonOf(readAmount('99999999999999999999', 'EUR', whole)), /too large/);
  assert.match(reasonOf(readAmount('1', 'XYZ', whole)), /ISO 4217/);
});

test('an amount of two decimals is the same number by the short way and the long', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: -(10n ** 16n), max: 10n ** 16n }), (cents) => {
      const digits = String(cents < 0n ? -cents : cents).padStart(3, '0');
      const text = `${cents < 0n ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
      assert.equal(readAmount(text, 'EUR', { sign: '.', times: 1 }), String(cents));
      assert.equal(toUnits(text, 2).units, cents);
    }),
  );
});

test('percents, integers, booleans and choices', () => {
  assert.equal(readPercent('12.50 %', { sign: '.', times: 1 }), '12.5');
  assert.equal(readPercent('100', whole), '100');
  assert.equal(readPercent('0', whole), '0');
  assert.match(reasonOf(readPercent('101', whole)), /0 to 100/);
  assert.equal(readInteger('577.0', { sign: '.', times: 1 }), 577);
  assert.match(reasonOf(readInteger('577.5', { sign: '.', times: 1 })), /whole number/);
  assert.match(reasonOf(readInteger('3000000000', whole)), /too large/);
  assert.equal(readBoolean('Yes'), true);
  assert.equal(readBoolean('0'), false);
  assert.match(reasonOf(readBoolean('maybe')), /neither yes nor no/);
  assert.equal(readChoice('Ad click', ['ad_click']), 'ad_click');
  assert.match(reasonOf(readChoice('fax', ['call', 'email'])), /none of call, email/);
});

const utc = zoneNamed('UTC');
const berlin = zoneNamed('Europe/Berlin');
const instant = (text: string, style: DateStyle | null = null, zone = utc) => readInstant(text, { style, zone });

test('instants are read in every usual way', () => {
  const cases: [string, DateStyle | null, string][] = [
    ['2026-03-27', null, '2026-03-27T00:00:00Z'],
    ['2026-03-27 20:05:06', null, '2026-03-27T20:05:06Z'],
    ['2026-03-27T20:05', null, '2026-03-27T20:05:00Z'],
    ['2024-01-19T09:42:24.000+0000', null, '2024-01-19T09:42:24Z'],
    ['2024-01-19T09:42:24.123Z', null, '2024-01-19T09:42:24.123Z'],
    ['2024-01-19T09:42:24+02:00', null, '2024-01-19T07:42:24Z'],
    ['27/03/2026', null, '2026-03-27T00:00:00Z'],
    ['03/27/2026 1:05 PM', null, '2026-03-27T13:05:00Z'],
    ['12/31/2026 12:00 AM', null, '2026-12-31T00:00:00Z'],
    ['27.03.26', null, '2026-03-27T00:00:00Z'],
    ['03.04.2026', null, '2026-04-03T00:00:00Z'],
    ['03/04/2026', 'dmy', '2026-04-03T00:00:00Z'],
    ['03/04/2026', 'mdy', '2026-03-04T00:00:00Z'],
    ['05/05/2026', null, '2026-05-05T00:00:00Z'],
    ['Mar 27, 2026', null, '2026-03-27T00:00:00Z'],
    ['27 March 2026 20:00', null, '2026-03-27T20:00:00Z'],
    ['46108.5', 'excel', '2026-03-27T12:00:00Z'],
    ['1774641600000', null, '2026-03-27T20:00:00Z'],
    ['1774641600', 'epoch-s', '2026-03-27T20:00:00Z'],
    ['20260327', null, '2026-03-27T00:00:00Z'],
    ['2026/3/7', null, '2026-03-07T00:00:00Z'],
    ['2024-02-29', null, '2024-02-29T00:00:00Z'],
  ];
  for (const [text, style, expected] of cases) assert.equal(instant(text, style), expected, text);
});

test('dates that do not exist, lie far off or can be two are refused in words', () => {
  assert.match(reasonOf(instant('31/02/2024')), /February 2024 has 29 days/);
  assert.match(reasonOf(instant('2023-02-29')), /February 2023 has 28 days/);
  assert.match(reasonOf(instant('2026-13-01')), /month 13/);
  assert.match(reasonOf(instant('03/27/2026', 'dmy')), /month 27/);
  assert.match(reasonOf(instant('03/04/2026')), /could be 3 April or 4 March/);
  assert.match(reasonOf(instant('1066-10-14')), /1970 to 2100/);
  assert.match(reasonOf(instant('2101-01-01')), /1970 to 2100/);
  assert.match(reasonOf(instant('46108')), /state how the column counts/);
  assert.match(reasonOf(instant('soon')), /is not a date/);
  assert.match(reasonOf(instant('2026-03-27 25:00:00')), /time that can’t be read/);
});

test('wall times are read in the zone: missing ones move forward, double ones are the first', () => {
  assert.equal(instant('2026-03-29 02:30:00', null, berlin), '2026-03-29T01:30:00Z');
  assert.equal(instant('2026-10-25 02:30:00', null, berlin), '2026-10-25T00:30:00Z');
  assert.equal(instant('2026-07-01 12:00:00', null, berlin), '2026-07-01T10:00:00Z');
  // Midnight did not exist in São Paulo on this day.
  assert.equal(instant('2017-10-15', null, zoneNamed('America/Sao_Paulo')), '2017-10-15T03:00:00Z');
  assert.equal(readDay('2026-03-27T23:30:00Z', { style: null, zone: berlin }), '2026-03-28');
  assert.equal(readDay('2018-07-06 14:10:56', { style: null, zone: berlin }), '2018-07-06');
});

test('remembered offsets give what Temporal gives, to the second, in zones of all kinds', () => {
  const zones = ['Europe/Berlin', 'America/Sao_Paulo', 'Australia/Lord_Howe', 'Asia/Kathmandu', 'Africa/Monrovia', 'Pacific/Apia'];
  fc.assert(
    fc.property(fc.constantFrom(...zones), fc.integer({ min: 0, max: 4_000_000_000 }), (id, seconds) => {
      const wall = seconds * 1000;
      const text = instantText(wall).replace('Z', '');
      const expected = Temporal.PlainDateTime.from(text).toZonedDateTime(id).epochMilliseconds;
      assert.equal(zoneNamed(id).instantOf(wall), expected);
    }),
    { numRuns: 500 },
  );
});

test('day numbers go there and back and agree with Temporal', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 47_846 }), (number) => {
      const day = Temporal.PlainDate.from('1970-01-01').add({ days: number });
      assert.equal(dayText(number), day.toString());
      assert.equal(dayNumber(day.year, day.month, day.day), number);
    }),
  );
});

test('texts are trimmed, composed and refused when they cannot be stored', () => {
  assert.equal(readText(' \u00a0\t '), null);
  assert.equal(readText('unknown'), 'unknown');
  assert.equal(readText('Mu\u0308ller'), 'Müller');
  assert.match(reasonOf(readText('a\0b')), /NUL/);
  assert.match(reasonOf(readText('a\ud800b')), /surrogate/);
  assert.match(reasonOf(readText('x'.repeat(10_001))), /10001 characters long; at most 10000/);
});
