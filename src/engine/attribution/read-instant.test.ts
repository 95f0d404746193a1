import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { readInstant, readRegularInstant } from './read-instant.ts';

const read = (text: string): number => {
  const bytes = Buffer.from(`..${text},;`);
  return readInstant(bytes, 2, bytes.length - 2);
};

const regular = (text: string): number => {
  const bytes = Buffer.from(`${text}${' '.repeat(20)}`);
  return readRegularInstant(new DataView(bytes.buffer, bytes.byteOffset, bytes.length), 0);
};

const instants = fc.date({ min: new Date('1970-01-01T00:00:00Z'), max: new Date('2105-12-31T23:59:59.999Z'), noInvalidDate: true });

test('an ISO instant is read as the calendar has it, with and without its milliseconds', () => {
  fc.assert(
    fc.property(instants, (date) => {
      assert.equal(read(date.toISOString()), date.getTime());
      const second = Math.floor(date.getTime() / 1000) * 1000;
      for (const text of [
        date.toISOString().slice(0, 19),
        `${date.toISOString().slice(0, 19)}Z`,
        date.toISOString().slice(0, 19).replace('T', ' '),
      ])
        assert.equal(read(text), second, text);
      const minute = Math.floor(second / 60_000) * 60_000;
      assert.equal(read(`${date.toISOString().slice(0, 16)}+00:00`), minute);
      assert.equal(read(date.toISOString().slice(0, 10)), Date.parse(date.toISOString().slice(0, 10)));
    }),
    { numRuns: 2000 },
  );
});

test('the quick way says the same or that it doesn’t know', () => {
  fc.assert(
    fc.property(instants, fc.constantFrom('T', ' '), (date, separator) => {
      const text = date.toISOString().slice(0, 19).replace('T', separator);
      assert.equal(regular(text), date.getUTCFullYear() > 2037 ? -1 : read(text) / 1000);
    }),
    { numRuns: 2000 },
  );
  const wrong = ['2026-02-29T00:00:00', '2026-13-01T00:00:00', '2026-00-10T00:00:00', '2026-01-00T00:00:00', '2026-01-32T00:00:00'];
  wrong.push(
    '2026-01-01T24:00:00',
    '2026-01-01T00:60:00',
    '2026-01-01T00:00:60',
    '2026-01-01t00:00:00',
    '2026/01/01T00:00:00',
    '1969-12-31T23:59:59',
  );
  wrong.push(
    '2026-01-01T00:00:0a',
    '202:-01-01T00:00:00',
    '2026-01-01T00-00:00',
    '2026-1/-01T00:00:00',
    '0026-01-01T00:00:00',
    '9999-01-01T00:00:00',
  );
  for (const text of wrong) assert.equal(regular(text), -1, text);
});

test('offsets count, in every way they are written', () => {
  const noon = Date.parse('2026-03-27T12:00:00Z');
  for (const text of [
    '2026-03-27T13:00:00+01:00',
    '2026-03-27T13:00:00+0100',
    '2026-03-27T13:00:00+01',
    '2026-03-27 06:30:00-05:30',
    '2026-03-27 12:00:00 UTC',
    '2026-03-27 12:00:00 +00:00',
    '2026-03-27t12:00z',
    '2026-03-27T12:00:00.000000000Z',
    '2026-03-27T12:00:00,0Z',
  ])
    assert.equal(read(text), noon, text);
});

test('seconds and milliseconds since 1970', () => {
  assert.equal(read('0'), 0);
  assert.equal(read('1774612800'), 1_774_612_800_000);
  assert.equal(read('1774612800.25'), 1_774_612_800_250);
  assert.equal(read('1774612800123'), 1_774_612_800_123);
  assert.equal(read('1774612800123.9'), 1_774_612_800_123);
  assert.equal(read('4294967295'), 4_294_967_295_000);
});

test('whatever else stands there is refused', () => {
  const wrong = [
    '',
    ' ',
    'yesterday',
    '27.03.2026',
    '03/27/2026',
    '2026-3-27',
    '2026-02-30',
    '2026-03-27T',
    '2026-03-27T12',
    '2026-03-27T12:0',
    '20260327',
  ];
  wrong.push(
    '2026-03-27T12:00:00+',
    '2026-03-27T12:00:00+1',
    '2026-03-27T12:00:00+25:00',
    '2026-03-27T12:00:00 CET',
    '2026-03-27T12:00:00.',
    '2026-03-27T12:00:00.5x',
  );
  wrong.push(
    '-1',
    '4294967296',
    '99999999999',
    '1e9',
    '1774612800.',
    '1774612800,5',
    '1969-12-31T23:59:59Z',
    '2106-03-01',
    '2026-03-27T12:00:00 ',
    '2026-03-27T25:00:00Z',
  );
  for (const text of wrong) assert.equal(read(text), -1, text);
});
