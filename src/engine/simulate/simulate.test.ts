import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import { Chance } from './chance.ts';
import { reachOfAttempt, reachOfAttempts } from './curve.ts';
import { addMonths, dayOf, easterOf, isoDay, isoInstant, monthsBetween, offsetAtMidnight, parseDay, weekdayOf } from './days.ts';
import { civilOf } from '../values/calendarDay.ts';
import { companyOf, nameOf, phoneOf, countOfNames } from './names.ts';
import { exponential, logarithm, normalOf, normalQuantile } from './numbers.ts';
import { world } from './parameters.ts';
import { awaitReturn, takeDue, type ReturningLead } from './returning.ts';
import { RowWriter } from './rows.ts';
import { simulate, type SimulationArguments } from './simulate.ts';
import { afterWorking, makeCalendars } from './workday.ts';

const asked: SimulationArguments = { seed: 7, months: 6, leads: 1500, state: 'typical', startDay: dayOf(2025, 1, 1) };

function hashOf(args: SimulationArguments): string {
  const hashes = new Map<string, ReturnType<typeof createHash>>();
  const running = simulate(args);
  for (let step = running.next(); ; step = running.next()) {
    if (step.done)
      return (
        [...hashes]
          .sort()
          .map(([file, hash]) => `${file} ${hash.digest('hex')}`)
          .join('\n') + JSON.stringify(step.value)
      );
    const hash = hashes.get(step.value.file) ?? createHash('sha256');
    hashes.set(step.value.file, hash.update(step.value.bytes));
  }
}

test('the same arguments give the same bytes, another seed gives others', () => {
  assert.equal(hashOf(asked), hashOf(asked));
  assert.equal(hashOf({ ...asked, seed: 2 ** 40 + 3 }), hashOf({ ...asked, seed: 2 ** 40 + 3 }));
  assert.notEqual(hashOf(asked), hashOf({ ...asked, seed: 8 }));
  assert.notEqual(hashOf({ ...asked, seed: 3 }), hashOf({ ...asked, seed: 2 ** 40 + 3 }));
});

test('exponential and logarithm agree with the platform to 1 part in 10^13', () => {
  for (let x = -40; x < 40; x += 0.37) assert.ok(Math.abs(exponential(x) / Math.exp(x) - 1) < 1e-13, `e^${x}`);
  for (let x = 1e-6; x < 1e6; x *= 1.7)
    assert.ok(Math.abs(logarithm(x) - Math.log(x)) < 1e-13 * Math.max(1, Math.abs(Math.log(x))), `ln ${x}`);
});

test('normal deviates have mean 0 and variance 1, and the known 97.5 % point', () => {
  let sum = 0;
  let squares = 0;
  for (let i = 0; i < 4096; i++) {
    const z = normalOf(i / 4096);
    sum += z;
    squares += z * z;
  }
  assert.ok(Math.abs(sum / 4096) < 1e-6);
  assert.ok(Math.abs(squares / 4096 - 1) < 0.003);
  assert.ok(Math.abs(normalQuantile(0.975) - 1.959964) < 1e-5);
});

test('days agree with Temporal over 60 years', () => {
  for (let day = dayOf(1990, 1, 1); day < dayOf(2050, 1, 1); day += 17) {
    const plain = Temporal.PlainDate.from('1970-01-01').add({ days: day });
    assert.equal(isoDay(day), plain.toString());
    assert.equal(weekdayOf(day) + 1, plain.dayOfWeek);
    assert.equal(parseDay(isoDay(day)), day);
    assert.equal(isoDay(addMonths(day, 7)), plain.add({ months: 7 }).toString());
    assert.deepEqual(civilOf(day), { year: plain.year, month: plain.month, dayOfMonth: plain.day });
  }
  assert.equal(parseDay('2025-02-30'), undefined);
  assert.equal(isoDay(easterOf(2026)), '2026-04-05');
  assert.equal(monthsBetween(dayOf(2025, 1, 15), dayOf(2025, 3, 14)), 1);
});

test('summer time agrees with Temporal for both zones', () => {
  for (const [zone, base] of [
    ['Europe/Berlin', 1],
    ['Europe/Lisbon', 0],
  ] as const) {
    for (let day = dayOf(2020, 1, 1); day < dayOf(2030, 1, 1); day++) {
      const midnight = Temporal.PlainDate.from(isoDay(day)).toZonedDateTime(zone);
      assert.equal(offsetAtMidnight(day, base), midnight.offsetNanoseconds / 1e9, `${zone} ${isoDay(day)}`);
    }
  }
});

test('working time skips nights, weekends, holidays and lunch', () => {
  const firstDay = dayOf(2025, 4, 1);
  const [berlin] = makeCalendars(firstDay, 60);
  assert.ok(berlin);
  const plan = { calendar: berlin, off: new Uint8Array(60) };
  const at = (text: string): number => Date.parse(text) / 1000;
  assert.equal(isoInstant(afterWorking(plan, at('2025-04-03T10:00:00Z'), 3600)), '2025-04-03T11:45:00Z');
  // Thursday evening before Good Friday; Easter Monday is free as well: one working hour later it is Tuesday 10:00.
  assert.equal(isoInstant(afterWorking(plan, at('2025-04-17T18:00:00Z'), 3600)), '2025-04-22T08:00:00Z');
  plan.off[dayOf(2025, 4, 22) - firstDay] = 1;
  assert.equal(isoInstant(afterWorking(plan, at('2025-04-17T18:00:00Z'), 3600)), '2025-04-23T08:00:00Z');
});

test('readiness to answer halves above its floor with every half-life', () => {
  const floor = world.reachAtOnce * world.reachFloorShare;
  const above = (hours: number): number => reachOfAttempt(hours, true) - floor;
  assert.ok(Math.abs(reachOfAttempt(0, true) - world.reachAtOnce) < 1e-12);
  assert.ok(Math.abs(above(world.halfLifeHours) / above(0) - 0.5) < 1e-12);
  assert.ok(Math.abs(above(3 * world.halfLifeHours) / above(0) - 0.125) < 1e-12);
  assert.ok(Math.abs(reachOfAttempts(0.5, 3) - 0.875) < 1e-12);
});

test('a stream of chance depends on its entity only and is uniform', () => {
  const chance = new Chance(1);
  const first = chance.reseed(5, 42).next();
  chance.reseed(5, 43).next();
  assert.equal(chance.reseed(5, 42).next(), first);
  let sum = 0;
  for (let i = 0; i < 20000; i++) sum += chance.reseed(5, i).next();
  assert.ok(Math.abs(sum / 20000 - 0.5) < 0.01);
});

test('companies, names within a company and phone numbers do not repeat', () => {
  const domains = new Set<string>();
  for (let n = 0; n < 60000; n++) domains.add(companyOf(n, 'Logistik', 'Germany').domain);
  assert.equal(domains.size, 60000);
  const names = new Set<string>();
  for (let n = 0; n < 500; n++) {
    const { given, family } = nameOf(17, n);
    names.add(`${given.slug}.${family.slug}`);
  }
  assert.equal(names.size, 500);
  assert.ok(countOfNames > 3000);
  const phones = new Set<string>();
  for (let n = 0; n < 5000; n++) phones.add(phoneOf('Germany', n));
  assert.equal(phones.size, 5000);
  assert.equal(phoneOf('Germany', 5000), '');
});

test('returning leads come soonest first', () => {
  const heap: ReturningLead[] = [];
  const chance = new Chance(3).reseed(0, 0);
  for (let i = 0; i < 500; i++) awaitReturn(heap, { dueAt: chance.below(1000), lead: i } as ReturningLead);
  let latest = -1;
  for (let lead = takeDue(heap, 600); lead; lead = takeDue(heap, 600)) {
    assert.ok(lead.dueAt >= latest && lead.dueAt <= 600);
    latest = lead.dueAt;
  }
  assert.ok(heap.length > 0 && heap.every(({ dueAt }) => dueAt > 600));
});

test('rows quote what needs quotes and write UTF-8', () => {
  const row = new RowWriter('x.csv', ['a', 'b']);
  row.text('say "no", Élise');
  row.word('’s-Hertogenbosch, NL');
  row.endRow();
  row.amount(-1205);
  row.id('L', 0);
  row.endRow();
  row.word('’s-Hertogenbosch, NL');
  row.instant(dayOf(2025, 2, 3) * 86400 + 3661);
  row.endRow();
  assert.equal(
    new TextDecoder().decode(row.take().bytes),
    'a,b\r\n"say ""no"", Élise","’s-Hertogenbosch, NL"\r\n-12.05,L-1000001\r\n"’s-Hertogenbosch, NL",2025-02-03T01:01:01Z\r\n',
  );
  assert.equal(row.rows, 3);
});
