/** Deals that were closed, and customers, as rows of the index. */

import type { CostCustomer } from '#engine/alignment/cost/churn.ts';
import { readId } from '#engine/funnel/ids.ts';
import { fittedPast } from './cost-past.ts';
import type { IndexGround, IndexQuestion } from './index-question.ts';
import type { IndexRow, IndexSource } from './index-row.ts';

const minute = 60_000;
const plain = { open: 0, openOf: 0, dueAt: null, name: null };

/** Deals closed in the days: won with an amount, lost with a reason. */
export const dealRows: IndexSource = async (_tx, { ground, startDay, onDay, segment }) => {
  const { deals } = ground.cost.fresh;
  const { closed, hasAmount, reason, segment: segments, status } = deals.numbers;
  const rows: IndexRow[] = [];
  for (let row = 0; row < deals.count; row++) {
    if (closed[row]! < 0) continue;
    const day = ground.dayOf(closed[row]! * minute);
    if (day < startDay || day > onDay) continue;
    if (segment !== undefined && deals.dictionaries.segment.texts[segments[row]!] !== segment) continue;
    const isWon = deals.dictionaries.status.texts[status[row]!] === 'won';
    const isMet = isWon ? hasAmount[row] === 1 : reason[row] !== 0;
    const id = readId(deals.ids, row);
    // What is missing can be written at any time.
    rows.push({
      ...{ ...plain, key: id, id, kind: 'deal', day, memberId: null, count: isMet ? 1 : 0, of: 1, open: isMet ? 0 : 1 },
      why: isWon
        ? isMet
          ? 'Won, with its amount.'
          : 'Won, without an amount.'
        : isMet
          ? 'Lost, with its reason.'
          : 'Lost, without a reason.',
    });
  }
  return rows;
};

export const customersOf = (ground: IndexGround): Promise<readonly CostCustomer[]> =>
  ground.once('customers', async () => (await fittedPast(ground.cost)).past.customers);

async function ofSegment({ ground, segment }: IndexQuestion): Promise<CostCustomer[]> {
  const all = await customersOf(ground);
  return all.filter((customer) => segment === undefined || customer.segment === segment);
}

/** Customers who first paid in the days, of which the definition can tell whether they fit. */
export const fitRows: IndexSource = async (_tx, question) => {
  const began = (await ofSegment(question)).filter(
    ({ since, fits }) => fits !== null && since >= question.startDay && since <= question.onDay,
  );
  return began.map(
    ({ id, since, fits }): IndexRow => ({
      ...{ ...plain, key: id, id, kind: 'account', day: since, memberId: null, count: fits ? 1 : 0, of: 1 },
      why: fits ? 'Of the companies both want.' : 'Not of the companies both want.',
    }),
  );
};

/** Customers who paid in the days: hundredths of a year that they paid for, less a whole year for each who left. */
export const keptRows: IndexSource = async (_tx, question) => {
  const { startDay, onDay } = question;
  const rows: IndexRow[] = [];
  for (const { id, since, leftOn } of await ofSegment(question)) {
    const [first, last] = [Math.max(since, startDay), Math.min((leftOn ?? Infinity) - 1, onDay)];
    const isLeft = leftOn !== null && leftOn >= startDay && leftOn <= onDay;
    if (first > last && !isLeft) continue;
    const of = Math.round((Math.max(0, last - first + 1) * 100) / 365);
    rows.push({
      ...{ ...plain, key: id, id, kind: 'account', day: isLeft ? leftOn : last, memberId: null, count: of - (isLeft ? 100 : 0), of },
      why: isLeft ? 'Left.' : 'Paid and stayed.',
    });
  }
  return rows;
};
