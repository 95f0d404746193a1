/** Accounts and contacts. A short memory of recent accounts lets colleagues of one company turn up. */

import { cumulate, pickFrom, type Chance } from './chance.ts';
import { fitTrades, jobTitles, misfitTrades } from './catalogue.ts';
import { companyOf, countOfNames, countries, nameOf, phoneOf, type Country, type Person } from './names.ts';
import { normalOf, exponential } from './numbers.ts';
import { segments, world, type Behaviour } from './parameters.ts';
import { streams } from './streams.ts';

export interface Account {
  index: number;
  name: string;
  domain: string;
  industry: string;
  segment: number;
  country: Country;
  city: string;
  phone: string;
  employees: number;
  revenueCents: number;
  misfit: boolean;
  /** Index into the account executives of the region. */
  owner: number;
  openedAt: number;
  contacts: number;
  isCustomer: boolean;
  nameStart: number;
}

export interface Contact {
  index: number;
  account: Account;
  person: Person;
  name: string;
  email: string;
  phone: string;
  title: string;
}

export interface Population {
  accounts: number;
  contacts: number;
  readonly recent: Account[];
  readonly phonesUsed: Map<string, number>;
}

const remembered = 2048;
const segmentSums = cumulate(segments.map((segment) => world.segmentShare[segment]));
const countrySums = cumulate(countries.map((country) => country.share));
const employeesLeast = [15, 60, 450];
const employeesSpan = [40, 380, 4200];

export const makePopulation = (): Population => ({ accounts: 0, contacts: 0, recent: [], phonesUsed: new Map() });

/** The next account: a new one, or one of the recent ones. Tells which through `isNew`. */
export function nextAccount(
  population: Population,
  chance: Chance,
  behaviour: Behaviour,
  executives: readonly [number, number],
  instant: number,
): { account: Account; isNew: boolean } {
  chance.reseed(streams.choice, population.contacts);
  if (!chance.happens(world.newAccountShare) && chance.happens(population.recent.length / 200)) {
    const account = chance.oneOf(population.recent);
    if (!account.isCustomer && account.contacts < 40) return { account, isNew: false };
  }
  const account = makeAccount(population, chance, behaviour.misfitShare, executives, instant);
  if (population.recent.length < remembered) population.recent.push(account);
  else population.recent[account.index % remembered] = account;
  return { account, isNew: true };
}

export function makeAccount(
  population: Population,
  chance: Chance,
  misfitShare: number,
  executives: readonly [number, number],
  openedAt: number,
): Account {
  const index = population.accounts++;
  chance.reseed(streams.account, index);
  const misfit = chance.happens(misfitShare);
  const looksFit = chance.happens(world.fitLooksWrong) ? misfit : !misfit;
  const [industry, trade] = chance.oneOf<readonly [string, string]>(looksFit ? fitTrades : misfitTrades);
  const segment = pickFrom(segmentSums, chance.next());
  const country = countries[pickFrom(countrySums, chance.next())] as Country;
  const small = !looksFit && segment === 0;
  const employees = small ? 2 + chance.below(12) : (employeesLeast[segment] as number) + chance.below(employeesSpan[segment] as number);
  const { name, domain } = companyOf(index, trade, country.name);
  return {
    index,
    name,
    domain,
    industry,
    segment,
    country,
    city: chance.oneOf(country.cities),
    phone: '',
    employees,
    revenueCents: Math.round(employees * 120000 * exponential(0.4 * normalOf(chance.next()))) * 100,
    misfit,
    owner: chance.below(executives[country.region]),
    openedAt,
    contacts: 0,
    isCustomer: false,
    nameStart: chance.below(countOfNames),
  };
}

export function nextContact(population: Population, chance: Chance, account: Account, missingPhone: number): Contact {
  const index = population.contacts++;
  chance.reseed(streams.contact, index);
  const person = nameOf(account.nameStart, account.contacts++);
  const phone = chance.happens(missingPhone) ? '' : nextPhone(population, account.country.name);
  return {
    index,
    account,
    person,
    phone,
    name: `${person.given.text} ${person.family.text}`,
    email: `${person.given.slug}.${person.family.slug}@${account.domain}`,
    title: chance.oneOf(jobTitles),
  };
}

function nextPhone(population: Population, country: string): string {
  const used = population.phonesUsed.get(country) ?? 0;
  const phone = phoneOf(country, used);
  if (phone !== '') population.phonesUsed.set(country, used + 1);
  return phone;
}
