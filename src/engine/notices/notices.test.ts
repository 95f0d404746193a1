/** Messages as text and HTML, what is cut, and when digests and next tries are due. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { everything, hostile } from '#tests/support/messages.ts';
import { wholeAddress } from './addresses.ts';
import { type Days, digestDue, nextDigest } from './digest-days.ts';
import { mailHtml } from './mail-html.ts';
import { mailText } from './mail-text.ts';
import { nextTry, triedFor } from './pauses.ts';
import { fitted, shortened } from './shortened.ts';

const links = { base: 'https://accord.example' };

test('an address leads into the app, whatever it says', () => {
  for (const opens of ['//evil.example', 'https://evil.example', 'javascript:alert(1)', '/\\evil.example', '/a b', ''])
    assert.equal(wholeAddress(links, opens), 'https://accord.example/');
  assert.equal(wholeAddress(links, '/leads/1?tab=x'), 'https://accord.example/leads/1?tab=x');
});

/** Of any code points, lone surrogates and controls among them. */
const anyText = fc.array(fc.integer({ min: 0, max: 0x10ffff }), { maxLength: 12 }).map((codes) => String.fromCodePoint(...codes));

test('whatever people write, the HTML has the same elements and no attribute of theirs', () => {
  const shape = (html: string): string[] => [...html.matchAll(/<\/?[a-zA-Z!][^>]*>/g)].map(([tag]) => tag.replaceAll(/="[^"]*"/g, ''));
  const plain = shape(mailHtml(everything('x'), links));
  assert.deepEqual(shape(mailHtml(everything(hostile), links)), plain);
  fc.assert(
    fc.property(anyText, (words) => assert.deepEqual(shape(mailHtml(everything(`x${words.replaceAll(/[\r\n]/g, '')}x`), links)), plain)),
    { numRuns: 50 },
  );
});

test('the cells of a bar are as wide as their track together, with the mark between two of them', () => {
  const html = mailHtml(everything(), links);
  const bars = [...html.matchAll(/table-layout:fixed"><tr>(.*?)<\/tr>/g)].map(([, row]) =>
    [...row!.matchAll(/width="(\d+)%"/g)].map(([, width]) => Number(width)),
  );
  assert.deepEqual(bars, [[40, 15, 45], [50, 50], [100]]);
  assert.equal([...html.matchAll(/border-right:2px/g)].length, 2);
});

test('the text says all that the HTML does, tones by words', () => {
  const text = mailText(everything(), links, 'https://accord.example/n/unsubscribe/x');
  for (const words of [
    'Late: Call Northwind',
    '4 more than last week',
    '12 of 30',
    'You chose a weekly digest.',
    'Unsubscribe: https://accord.example/n/unsubscribe/x',
  ])
    assert.ok(text.includes(words), words);
});

test('what is cut keeps whole characters, and as much as fits', () => {
  assert.equal(shortened('ab😀', 3), 'ab…');
  assert.equal(shortened('abc', 3), 'abc');
  const items = Array.from({ length: 100 }, (_, place) => ({ text: `item ${place}` }));
  const message = { ...everything(), sections: [{ heading: 'Many', parts: [{ kind: 'points' as const, items }] }] };
  const cut = fitted(message, (shorter) => JSON.stringify(shorter).length <= 1_000);
  const kept = cut.sections[0]!.parts[0]!;
  assert.ok(kept.kind === 'points' && kept.items.length > 10 && kept.items[0]!.text === 'item 0');
  assert.equal(cut.sections.at(-1)!.heading, 'And more');
  assert.equal(
    fitted(message, () => true),
    message,
  );
});

const at = (text: string, timeZone: string): number => Temporal.ZonedDateTime.from(`${text}[${timeZone}]`).epochMilliseconds;
const officeIn = (timeZone: string, free: readonly string[] = []): Days => ({
  timeZone,
  isWorkingDay: (day) => Temporal.PlainDate.from(day).dayOfWeek <= 5 && !free.includes(day),
});
const weekly = { rhythm: 'weekly', weekday: 'mon', at: '07:30' } as const;

test('a digest is due in its reader’s zone, on the day or the first working day after it, for three hours', () => {
  const auckland = officeIn('Pacific/Auckland');
  // Monday half past seven in Auckland is Sunday evening in UTC.
  assert.equal(digestDue(weekly, auckland, Date.parse('2026-11-29T18:31:00Z')), '2026-11-30');
  assert.equal(digestDue(weekly, officeIn('UTC'), Date.parse('2026-11-29T18:31:00Z')), null);
  const berlin = officeIn('Europe/Berlin', ['2026-11-30']);
  assert.equal(digestDue(weekly, berlin, at('2026-11-30T07:31', 'Europe/Berlin')), null);
  assert.equal(digestDue(weekly, berlin, at('2026-12-01T07:31', 'Europe/Berlin')), '2026-12-01');
  assert.equal(digestDue(weekly, berlin, at('2026-12-02T07:31', 'Europe/Berlin')), null);
  assert.equal(digestDue(weekly, officeIn('UTC'), at('2026-11-30T10:29', 'UTC')), '2026-11-30');
  assert.equal(digestDue(weekly, officeIn('UTC'), at('2026-11-30T10:30', 'UTC')), null);
  assert.equal(digestDue({ ...weekly, rhythm: 'never' }, officeIn('UTC'), at('2026-11-30T07:31', 'UTC')), null);
});

test('a time that a change of clocks leaves out is the one it jumps to; the next digest is always due when it comes', () => {
  const daily = { ...weekly, rhythm: 'daily', at: '02:30' } as const;
  const always: Days = { timeZone: 'Europe/Berlin', isWorkingDay: () => true };
  assert.equal(digestDue(daily, always, Date.parse('2026-03-29T01:30:00Z')), '2026-03-29');
  fc.assert(
    fc.property(
      fc.integer({ min: Date.parse('2026-01-01'), max: Date.parse('2027-12-31') }),
      fc.constantFrom('daily' as const, 'weekly' as const),
      (now, rhythm) => {
        const next = nextDigest({ ...daily, rhythm }, always, now)!;
        assert.ok(next > now && digestDue({ ...daily, rhythm }, always, next) !== null);
      },
    ),
    { numRuns: 200 },
  );
  assert.equal(nextDigest({ ...daily, rhythm: 'never' }, always, 0), null);
});

test('pauses grow, never beyond two hours, and end exactly a day after the first try', () => {
  let [now, tries] = [0, 1];
  const pauses: number[] = [];
  for (let next = nextTry({ tries, firstTriedAt: 0, now }); next !== null; next = nextTry({ tries: ++tries, firstTriedAt: 0, now })) {
    pauses.push((next - now) / 60_000);
    now = next;
  }
  assert.equal(now, triedFor);
  assert.deepEqual(pauses.slice(0, 8), [1, 2, 4, 8, 16, 32, 64, 120]);
  assert.ok(Math.max(...pauses) === 120 && pauses.length < 25);
  assert.equal(nextTry({ tries: 1, firstTriedAt: 0, now: 0, asked: 600_000 }), 600_000);
  assert.equal(nextTry({ tries: 1, firstTriedAt: 0, now: 0, asked: 1e12 }), 7_200_000);
});
