/**
 * A simulated company whose two sides have signed what prompt and often enough mean, and whom they want: its files
 * brought in, its calendars, the contract and the definition of the ideal customer, with what its simulator knows.
 */

import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { State } from '#engine/simulate/parameters.ts';
import { establishAgreement } from '#features/agreement/actions/establish.ts';
import { importCalendars } from '#features/agreement/actions/import-calendars.ts';
import { calendarFile } from '#features/agreement/contract/calendars.ts';
import { writeSimulation } from '#features/simulate/commands.ts';
import type { Company, openCompanies } from '#tests/reliability/company.ts';
import { clause, contentOf } from './agreed.ts';

/** What truth.json says of losses; see docs/simulator.md. Amounts are decimal strings of minor units. */
export interface LossTruth {
  readonly costOfMisalignment: Readonly<
    Record<
      | 'leadsNeverWorked'
      | 'slowFirstTouch'
      | 'tooFewAttempts'
      | 'rejectedThoughFit'
      | 'repHoursOnRejected'
      | 'spendOnCampaignsNotFollowed'
      | 'dealsLostForMarketingsReasons'
      | 'churnOnlyForMisfit',
      string
    >
  >;
  readonly rejections: { readonly leads: number; readonly repMinutes: number };
  readonly campaigns: readonly { readonly mqls: number; readonly mqlsNeverWorked: number }[];
  readonly lostDeals: { readonly marketingOwnedReasons: readonly string[] };
}

export interface Misaligned {
  readonly company: Company;
  readonly truth: LossTruth;
  readonly period: { readonly start: string; readonly end: string };
}

/** What the simulator means by prompt and persistent: the truth answers no other question. */
const contract = {
  ...contentOf([
    clause('first-attempt', { kind: 'firstAttempt', withinMinutes: 30 }),
    clause('persistence', { kind: 'persistence', attempts: 6, withinDays: 10 }),
  ]),
  reachedOutcomes: ['connected', 'replied', 'held'],
};
/** By what misfits show, as docs/simulator.md says. */
const idealCustomer = {
  term: 'icp',
  text: 'Companies of 15 people or more that make, move, heal, power or programme.',
  rule: {
    all: [
      { of: 'account', field: 'industry', is: 'in', value: ['Manufacturing', 'Logistics', 'Software', 'Healthcare', 'Energy'] },
      { of: 'account', field: 'employees', is: 'gte', value: 15 },
    ],
  },
  examples: [],
};

/** So early that all of it is past, whenever the tests run. */
const firstDay = '2023-01-01';

export async function misaligned(
  companies: Awaited<ReturnType<typeof openCompanies>>,
  asked: { seed: number; months: number; leads: number; state: State },
): Promise<Misaligned> {
  const folder = await mkdtemp(join(tmpdir(), 'accord-misaligned-'));
  try {
    const { truth } = await writeSimulation({ ...asked, start: firstDay, folder });
    const company = await companies.make({ timeZone: 'Europe/Berlin' });
    await company.import([folder]);
    const calendars = calendarFile.parse(JSON.parse(await readFile(join(folder, 'calendar.json'), 'utf8')));
    await company.inside((tx) => importCalendars(tx, company.workspaceId, calendars));
    // Files say nothing of rights: the leader makes Sam Okonjo head of sales.
    await company.rows(`UPDATE members SET role = 'manager' WHERE workspace_id = :ws AND name = 'Sam Okonjo'`);
    const sam = (await company.value(`SELECT id FROM members WHERE workspace_id = :ws AND name = 'Sam Okonjo'`))!;
    await establishAgreement(company.database, company.workspaceId, {
      definitions: [idealCustomer as never],
      content: contract as never,
      effectiveFrom: firstDay,
      signers: { marketing: company.memberId, sales: sam },
    });
    const { end } = (truth as { arguments: { end: string } }).arguments;
    return { company, truth: truth as unknown as LossTruth, period: { start: firstDay, end: dayBefore(end) } };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

const dayBefore = (day: string): string => new Date(Date.parse(day) - 86_400_000).toISOString().slice(0, 10);
