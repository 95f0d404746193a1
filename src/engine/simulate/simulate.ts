/**
 * A company of chance: a pure generator that streams its files as bytes. The same arguments give the
 * same bytes on every machine, in every zone and locale.
 */

import { makeArrivals } from './arrivals.ts';
import { makeCampaigns, sourcesOfDay } from './campaigns.ts';
import { Chance } from './chance.ts';
import { csvFiles } from './columns.ts';
import { companyName, describeLeave, makeCompany } from './company.ts';
import { writeCosts } from './costs.ts';
import { liveCustomer } from './customer.ts';
import { addMonths, isoDay, secondsADay } from './days.ts';
import { blankLead, liveLead, mqlChance } from './lead.ts';
import { exponential, normalOf } from './numbers.ts';
import { segments, states, world, type Behaviour, type State } from './parameters.ts';
import { makeAccount, makePopulation, nextContact } from './population.ts';
import { writeAccount, writeCampaign, writeContact, writeMember } from './records.ts';
import type { Chunk } from './rows.ts';
import { makeWriters, type Run } from './run.ts';
import { streams } from './streams.ts';
import { Truth } from './truth.ts';
import { describeCalendar, workingSeconds } from './workday.ts';

export interface SimulationArguments {
  /** A whole number from 0 to 2^53 − 1. */
  readonly seed: number;
  /** 1 to 120. */
  readonly months: number;
  /** Rows of leads.csv. */
  readonly leads: number;
  readonly state: State;
  /** First day, as days since 1970-01-01. */
  readonly startDay: number;
  /** ISO 4217 code of all amounts; EUR when left out. */
  readonly currency?: string;
}

export interface SimulationResult {
  readonly rows: Record<string, number>;
  /** Contents of `calendar.json` and `truth.json`. */
  readonly calendar: object;
  readonly truth: Record<string, unknown>;
}

/** Yields chunks of the CSV files in any order. Finish writing a file's chunk before asking for more after its next one (see `Chunk`). */
export function* simulate(asked: SimulationArguments): Generator<Chunk, SimulationResult> {
  const run = beginRun(asked);
  for (const member of run.company.members) writeMember(run, member);
  yield* existingCustomers(run, Math.round(asked.leads * world.existingCustomersPerLead));
  yield* leads(run, asked);
  writeCosts(run, asked.months, run.wonCents);
  for (const campaign of run.campaigns) writeCampaign(run, campaign);
  for (const file of csvFiles) if (!run.writers[file].isEmpty) yield run.writers[file].take();
  return resultOf(run, asked);
}

function beginRun({ seed, months, leads, state, startDay, currency = 'EUR' }: SimulationArguments): Run {
  const chance = new Chance(seed);
  const behaviour: Behaviour = states[state];
  const endDay = addMonths(startDay, months);
  const company = makeCompany(chance, startDay, months, leads / months);
  const campaigns = makeCampaigns(chance, startDay, months, company.marketers.length);
  const sdrSeconds = company.sdrs.reduce((sum, sdr) => sum + workingSeconds(sdr, startDay, endDay), 0);
  const calendar = company.calendars[0] as (typeof company.calendars)[number];
  return {
    behaviour,
    chance,
    company,
    campaigns,
    currency,
    startDay,
    endDay,
    end: calendar.midnights[endDay - calendar.firstDay] as number,
    writers: makeWriters(currency),
    population: makePopulation(),
    truth: new Truth(
      campaigns,
      behaviour,
      Array.from({ length: months + 1 }, (_, month) => addMonths(startDay, month) - 1),
    ),
    secondsPerMql: (behaviour.utilisation * sdrSeconds) / (leads * expectedMqlShare(behaviour)),
    returning: [],
    participates: drawParticipation(chance, behaviour, campaigns, company.members.length),
    wonCents: new Float64Array(months * 2),
    nextSdr: 0,
  };
}

/** Mean of P(MQL) over intent and fit. */
function expectedMqlShare(behaviour: Behaviour): number {
  let sum = 0;
  for (let i = 0; i < 200; i++) {
    const intent = normalOf((i + 0.5) / 200);
    sum += (1 - behaviour.misfitShare) * mqlChance(behaviour, intent, false) + behaviour.misfitShare * mqlChance(behaviour, intent, true);
  }
  return sum / 200;
}

/** Which member takes part in which joint campaign. */
function drawParticipation(chance: Chance, behaviour: Behaviour, campaigns: Run['campaigns'], members: number): Uint8Array {
  const table = new Uint8Array(campaigns.length * members);
  for (const { index, joint } of campaigns) {
    if (!joint) continue;
    chance.reseed(streams.participation, index);
    for (let member = 0; member < members; member++) table[index * members + member] = chance.happens(behaviour.participation) ? 1 : 0;
  }
  return table;
}

/** Customers won before the period, with their revenue since; up to 700 days back. */
function* existingCustomers(run: Run, count: number): Generator<Chunk> {
  const { population, chance, behaviour, company } = run;
  const executives: [number, number] = [company.executives[0].length, company.executives[1].length];
  for (let n = 0; n < count; n++) {
    chance.reseed(streams.existing, n);
    const wonOn = run.startDay - 1 - chance.below(700);
    const amountDraw = chance.next();
    const openedAt = (wonOn - 60) * secondsADay + 36000;
    const account = makeAccount(population, chance, behaviour.misfitShare * 0.5, executives, openedAt);
    account.isCustomer = true;
    writeAccount(run, account);
    const contact = nextContact(population, chance, account, behaviour.missingPhone);
    const contactRow = writeContact(run, contact, openedAt);
    const yearlyCents =
      10000 *
      Math.round(
        (world.amountMedianCents[segments[account.segment] as keyof typeof world.amountMedianCents] *
          exponential(world.amountSigma * normalOf(amountDraw))) /
          10000,
      );
    liveCustomer(run, { account, contactRow, deal: -1, yearlyCents, wonOn });
    yield* fullFiles(run);
  }
}

function* leads(run: Run, { leads: count, months }: SimulationArguments): Generator<Chunk> {
  const calendar = run.company.calendars[0] as (typeof run.company.calendars)[number];
  const arrivals = makeArrivals(run.chance, calendar, run.startDay, months, count, run.behaviour.monthEndWeight);
  const lead = blankLead();
  let day = -1;
  let sources: Float64Array = new Float64Array(0);
  for (let k = 0; k < count; k++) {
    const openedAt = arrivals.of(k);
    if (arrivals.day !== day) {
      day = arrivals.day;
      sources = sourcesOfDay(run.campaigns, day);
    }
    liveLead(run, lead, k, openedAt, sources);
    if ((k & 63) === 0) yield* fullFiles(run);
  }
}

function* fullFiles(run: Run): Generator<Chunk> {
  for (const file of csvFiles) if (run.writers[file].isFull) yield run.writers[file].take();
}

function resultOf(run: Run, { seed, months, leads, state, startDay }: SimulationArguments): SimulationResult {
  const rows = Object.fromEntries(csvFiles.map((file) => [file, run.writers[file].rows]));
  return {
    rows,
    calendar: {
      calendars: run.company.calendars.map(describeCalendar),
      members: run.company.members.map((member) => ({ member: member.email, calendar: member.calendar.name })),
      leave: describeLeave(run.company.members),
    },
    truth: {
      about: `What is true of a simulated company. Not to be imported. Amounts are minor units of ${run.currency} as decimal strings; docs/simulator.md has the formulas.`,
      company: companyName,
      arguments: { seed, months, leads, state, start: isoDay(startDay), end: isoDay(run.endDay) },
      parameters: { world, behaviour: run.behaviour },
      rows,
      ...run.truth.describe(),
    },
  };
}
