import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Period } from '#features/returns/contract/ledger.ts';
import { chainOf } from './periodChain.ts';

const base = {
  closedAt: null,
  closedBy: null,
  marketing: '0',
  sales: '0',
  total: '0',
  entries: 0,
  currency: 'EUR',
  hints: [],
  recordsUrl: '',
};
const basis = { marketing: 'whole', sales: 'whole' } as const;
const no = (whyNot: string) => ({ may: false, whyNot });
const yes = { may: true, whyNot: null };

function month(name: string, given: Partial<Period> = {}): Period {
  return { ...base, basis, month: name, state: 'open', problems: [], close: yes, reopen: no('It is open.'), ...given };
}
const later = (name: string, first: string) => {
  const says = `Months are closed in order: close ${first} first.`;
  return month(name, { problems: [{ says, recordsUrl: null }], close: no(says) });
};

test('a month is closed with the open ones before it, the earliest first', () => {
  const items = [later('2026-03', '2026-02'), month('2026-02'), month('2026-01', { state: 'closed' })];
  const { months, whyNot } = chainOf(items, items[0]!, '2026-04-10');
  assert.deepEqual(
    months.map((each) => each.month),
    ['2026-02', '2026-03'],
  );
  assert.equal(whyNot, null);
});

test('entries that wait for a rate in any of them stand in the way', () => {
  const waiting = { says: '2 entries wait for a rate of CHF.', recordsUrl: '/api/v1/costs?state=unbooked' };
  const items = [later('2026-03', '2026-02'), month('2026-02', { problems: [waiting], close: no(waiting.says) })];
  assert.equal(chainOf(items, items[0]!, '2026-04-10').whyNot, waiting.says);
});

test('a month that is not over is not closed, nor are those after it', () => {
  const items = [month('2026-04', { close: no('It is not over'), problems: [{ says: 'It is not over', recordsUrl: null }] })];
  assert.match(chainOf(items, items[0]!, '2026-04-30').whyNot ?? '', /not over before the end of 2026-04-30/);
  assert.equal(chainOf(items, items[0]!, '2026-05-01').whyNot, null);
});

test('whoever may not close months is told so', () => {
  const items = [later('2026-03', '2026-02'), month('2026-02', { close: no('A month is closed by a head of leadership.') })];
  assert.equal(chainOf(items, items[0]!, '2026-04-10').whyNot, 'A month is closed by a head of leadership.');
});

test('a closed month is closed already', () => {
  const items = [month('2026-02', { state: 'closed', close: no('It is closed.') })];
  assert.deepEqual(chainOf(items, items[0]!, '2026-04-10'), { months: [], whyNot: 'It is closed.' });
  assert.deepEqual(chainOf(items, month('2026-02'), '2026-04-10').whyNot, 'It is closed.', 'also for who still holds it as open');
});
