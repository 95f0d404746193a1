/** The terms read from a simulated company's invoices, held against what the simulator knows to be true. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { dayOf, addMonths, parseDay } from '#engine/simulate/days.ts';
import { simulate } from '#engine/simulate/simulate.ts';
import type { RevenueEntry, RevenueKind } from './revenue.ts';
import { recurringOn, termsOf } from './terms.ts';
import { bridgeOf, movementsOf, retentionOf } from './retention.ts';

const startDay = dayOf(2024, 1, 1);
const months = 24;
const asOf = addMonths(startDay, months) - 1;

function simulated(): { entries: (RevenueEntry & { yearly: boolean })[]; customers: Record<string, unknown> } {
  const files = new Map<string, string>();
  const running = simulate({ seed: 7, months, leads: 12_000, state: 'typical', startDay });
  let step = running.next();
  for (; !step.done; step = running.next())
    files.set(step.value.file, (files.get(step.value.file) ?? '') + new TextDecoder().decode(step.value.bytes));
  const deals = new Map(rowsOf(files.get('deals.csv')!).map((deal) => [deal['Deal ID'], deal]));
  const entries = rowsOf(files.get('revenue.csv')!).map((row) => {
    const deal = deals.get(row['Deal ID']);
    return {
      account: row['Account ID']!,
      line: row['Product']!,
      kind: row['Kind'] as RevenueKind,
      on: parseDay(row['Day']!)!,
      amount: minorUnits(row['Amount']!),
      dealAmount: deal ? minorUnits(deal['Amount']!) : null,
      yearly: row['Description']!.includes('year'),
    };
  });
  return { entries, customers: step.value.truth['customers'] as Record<string, unknown> };
}

function rowsOf(csv: string): Record<string, string>[] {
  const [head, ...rows] = csv.trim().split('\r\n').map(cells);
  return rows.map((row) => Object.fromEntries(head!.map((name, at) => [name, row[at]!])));
}

const cells = (line: string): string[] => Array.from(line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g), (cell) => cell[1] ?? cell[2]!);
const minorUnits = (text: string): bigint => BigInt(text.replace('.', ''));

const { entries, customers } = simulated();
const terms = termsOf(entries, { asOf });

type Read = ReturnType<typeof termsOf>;

/** Invoices for a month or a year that were read as being for another time; expansions and contractions are not invoices. */
function misread(read: Read): Read {
  const invoices = new Map(
    entries.filter(({ kind }) => kind === 'new' || kind === 'renewal').map((each) => [`${each.account} ${each.on}`, each]),
  );
  return read.filter(({ account, from, amount, months: told }) => {
    const invoice = invoices.get(`${account} ${from}`);
    return invoice?.amount === amount && told !== (invoice.yearly ? 12 : 1);
  });
}

test('every invoice’s term is the one it was billed for', () => {
  const monthly = entries.filter(({ yearly }) => !yearly).length;
  assert.ok(monthly > 1000 && entries.length - monthly > 500, `${monthly} of ${entries.length}`);
  assert.deepEqual(misread(terms), []);
});

test('where no deal is known, only an account’s single invoice for a month is taken for a year’s', () => {
  const wrong = misread(
    termsOf(
      entries.map((each) => ({ ...each, dealAmount: null })),
      { asOf },
    ),
  );
  const invoicesOf = (of: string) => entries.filter(({ account, kind }) => account === of && (kind === 'new' || kind === 'renewal')).length;
  assert.ok(wrong.length > 0 && wrong.length < 20);
  assert.ok(wrong.every(({ account }) => invoicesOf(account) === 1));
});

test('who left and what they paid is what the simulator knows, due ones included', () => {
  const lastOf = new Map<string, { until: number; state: string }>();
  for (const { account, until, state } of terms) {
    const last = lastOf.get(account);
    if (!last || until > last.until) lastOf.set(account, { until, state });
  }
  const left = [...lastOf].filter(([, { until, state }]) => (state === 'ended' && until >= startDay) || state === 'due');
  assert.equal(left.length, customers['churned']);
  const paid = left.reduce((sum, [account, { until }]) => sum + 12 * Number(recurringOn(terms, until - 1).get(account)), 0);
  const truth = Number(customers['churnedYearly']);
  assert.ok(Math.abs(paid - truth) < truth * 0.002, `${paid} is not ${truth}`);
});

test('start, new, expansion, contraction and churn of every quarter lead to its end, to the unit', () => {
  for (let month = 0; month < months; month += 3) {
    const [from, to] = [addMonths(startDay, month) - 1, addMonths(startDay, month + 3) - 1];
    const movements = movementsOf(recurringOn(terms, from), recurringOn(terms, to));
    const bridge = bridgeOf(movements);
    assert.equal(bridge.start + bridge.added + bridge.expansion - bridge.contraction - bridge.churn, bridge.end);
    assert.equal(
      bridge.end,
      [...recurringOn(terms, to).values()].reduce((sum, each) => sum + each, 0n),
    );
    const { grr, nrr } = retentionOf(movements);
    assert.ok(grr.value! <= 1 && grr.value! <= nrr.value! && grr.value! > 0.8);
  }
});
