/** After the win: invoices, renewals, expansion, contraction, churn, until the period ends. */

import { products } from './catalogue.ts';
import { addMonths, secondsADay } from './days.ts';
import { executiveOf, writeDeal, writeDealStage } from './deal.ts';
import { segments, world } from './parameters.ts';
import type { Account } from './population.ts';
import type { Run } from './run.ts';
import { afterWorking } from './workday.ts';

const churnMonthly = segments.map((segment) => world.churnMonthly[segment]);
type RevenueKind = 'new' | 'renewal' | 'expansion' | 'contraction' | 'refund';

export interface Customer {
  readonly account: Account;
  readonly contactRow: number;
  /** −1 for a customer from before the period. */
  readonly deal: number;
  readonly yearlyCents: number;
  readonly wonOn: number;
}

/** Writes all revenue of one customer. The caller has seeded the stream. Small ones pay by the month, others by the year. */
export function liveCustomer(run: Run, customer: Customer): void {
  const { chance, behaviour } = run;
  const { account } = customer;
  const monthly = account.segment === 0 && chance.happens(0.6);
  const fitHazard = (churnMonthly[account.segment] as number) * behaviour.churnFactor;
  const hazard = Math.min(0.3, fitHazard * (account.misfit ? behaviour.churnMisfitFactor : 1));
  const term = monthly ? 1 : 12;
  let yearly = customer.yearlyCents;
  run.truth.won(account.misfit, customer.deal >= 0);
  const first = Math.round(yearly * (term / 12));
  bill(run, customer, customer.deal, 'new', customer.wonOn, first, monthly ? 'first month' : 'first year');
  let [since, running]: [number, Billed[]] = [customer.wonOn, [{ cents: first, months: term }]];
  const until = (day: number, next: Billed[]): void => {
    run.truth.paid(since, day, monthlyCents(running));
    [since, running] = [day, next];
  };
  for (let month = 1; ; month++) {
    const day = addMonths(customer.wonOn, month);
    if (day >= run.endDay) return until(run.endDay, []);
    if (month % term === 0) {
      const draw = chance.next();
      if (draw < overMonths(hazard, term)) {
        until(day, []);
        const refunded = chance.happens(world.refundShareOfChurn);
        if (refunded) bill(run, customer, customer.deal, 'refund', day, Math.round((yearly * term) / 48), 'goodwill at the end');
        run.truth.churned(account.misfit, yearly, draw >= overMonths(fitHazard, term), day >= run.startDay);
        return;
      }
      const renewed = Math.round((yearly * term) / 12);
      bill(run, customer, customer.deal, 'renewal', day, renewed, monthly ? 'month' : 'year');
      until(day, [{ cents: renewed, months: term }]);
    }
    const monthsLeft = monthly ? 1 : 12 - (month % 12);
    const more = change(run, customer, day, yearly, monthsLeft);
    if (more !== 0) until(day, [...running, { cents: Math.sign(more) * restOfTerm(Math.abs(more), monthsLeft), months: monthsLeft }]);
    yearly += more;
  }
}

/** What was billed, and for how many months; negative for what was taken back. */
interface Billed {
  readonly cents: number;
  readonly months: number;
}

/** The least number that 1 to 12 all divide. */
const commonMonths = 27_720;

/** What the running terms come to a month: summed exactly, rounded once, halves to the even one. */
function monthlyCents(running: readonly Billed[]): number {
  const sum = running.reduce((all, { cents, months }) => all + cents * (commonMonths / months), 0);
  const floor = Math.floor(sum / commonMonths);
  const twice = (sum - floor * commonMonths) * 2;
  return twice > commonMonths || (twice === commonMonths && floor % 2 !== 0) ? floor + 1 : floor;
}

const restOfTerm = (yearlyCents: number, monthsLeft: number): number => Math.round((yearlyCents * monthsLeft) / 12);

/** P(leaving within so many months). */
function overMonths(hazard: number, months: number): number {
  let stays = 1;
  for (let i = 0; i < months; i++) stays *= 1 - hazard;
  return 1 - stays;
}

/** Expansion or contraction in one month, billed for the rest of the term; returns the change a year, minor units. */
function change(run: Run, customer: Customer, day: number, yearly: number, monthsLeft: number): number {
  const { chance } = run;
  const draw = chance.next();
  const size = 0.08 + 0.22 * chance.next();
  if (draw < world.expansionMonthly) {
    const more = Math.round(yearly * size);
    bill(run, customer, writeExpansion(run, customer, day, more), 'expansion', day, restOfTerm(more, monthsLeft), 'more seats');
    return more;
  }
  if (draw < world.expansionMonthly + world.contractionMonthly) {
    const less = Math.round(yearly * size);
    bill(run, customer, customer.deal, 'contraction', day, restOfTerm(less, monthsLeft), 'fewer seats');
    return -less;
  }
  return 0;
}

function writeExpansion(run: Run, customer: Customer, day: number, amountCents: number): number {
  const { account } = customer;
  const owner = executiveOf(run, account, day * secondsADay);
  const closedAt = Math.min(afterWorking(owner, (day - 3) * secondsADay, run.chance.below(20000)), run.end - 1);
  const openedAt = Math.min(afterWorking(owner, (day - 24) * secondsADay, run.chance.below(20000)), closedAt);
  const index = run.writers['deals.csv'].rows;
  const product = products[account.segment] as string;
  writeDealStage(run, index, 'Discovery', openedAt);
  writeDealStage(run, index, 'Closed won', closedAt);
  writeDeal(run, {
    index,
    type: 'Expansion',
    name: `${account.name} – more ${product}`,
    account,
    contactRow: customer.contactRow,
    lead: -1,
    campaign: -1,
    stage: 'Closed won',
    status: 'won',
    product,
    amountCents,
    probability: 100,
    owner,
    sdr: undefined,
    openedAt,
    expectedCloseOn: day - 3,
    closedAt,
    lostReason: '',
  });
  return index;
}

function bill(run: Run, customer: Customer, deal: number, kind: RevenueKind, day: number, cents: number, description: string): void {
  if (cents <= 0) return;
  const row = run.writers['revenue.csv'];
  row.id('R', row.rows);
  row.id('A', customer.account.index);
  row.id('D', deal);
  row.word(kind);
  row.day(day);
  row.amount(cents);
  row.word(run.currency);
  row.word(products[customer.account.segment] as string);
  row.word(description);
  row.endRow();
  run.truth.countRevenue(kind, cents, day);
}
