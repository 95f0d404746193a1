/** Companies in known states, each under one and the same contract from its first day: for tests of what follows from keeping it. */

import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AgreementContent } from '#engine/agreement/clause.ts';
import { establishAgreement } from '#features/agreement/actions/establish.ts';
import { importCalendars } from '#features/agreement/actions/import-calendars.ts';
import { calendarFile } from '#features/agreement/contract/calendars.ts';
import { drainBacklog } from '#features/handoff/actions/drain-backlog.ts';
import { writeSimulation } from '#features/simulate/commands.ts';
import type { Company, openCompanies } from '#tests/reliability/company.ts';
import { clause, contentOf } from './agreed.ts';

export const agreedStates = ['well-aligned', 'typical', 'sales-slow', 'marketing-flooding'] as const;
export type AgreedState = (typeof agreedStates)[number];

const months = 6;
/** The days of the simulation. */
export const agreedPeriod = { start: '2025-01-01', end: '2025-06-30' };
/** MQLs a week of the well-aligned company: what it would promise. */
const leadsAWeek = 17;

export const agreedContract: AgreementContent = {
  ...contentOf([
    clause('volume', { kind: 'volume', leads: leadsAWeek, period: 'week', tolerancePercent: 40 }, { targetPercent: 80 }),
    clause('completeness', { kind: 'completeness', fields: ['phone', 'company', 'country'] }, { targetPercent: 70 }),
    clause('context', { kind: 'context', touches: 1, withinDays: 60 }),
    clause('quality', { kind: 'quality' }, { targetPercent: 75 }),
    clause('decision', { kind: 'decision', withinMinutes: 480 }, { targetPercent: 85, excuses: ['overVolume'] }),
    clause('first-attempt', { kind: 'firstAttempt', withinMinutes: 480 }, { targetPercent: 80, excuses: ['overVolume'] }),
    clause('persistence', { kind: 'persistence', attempts: 5, withinDays: 10 }, { targetPercent: 80, excuses: ['overVolume'] }),
    clause('disposition', { kind: 'disposition', withinDays: 20 }, { targetPercent: 80, excuses: ['overVolume'] }),
  ]),
  reachedOutcomes: ['connected', 'replied', 'held'],
};

/** A company's files brought in, the contract signed by both heads from its first day, its leads followed. */
export async function simulateAgreed(
  companies: Awaited<ReturnType<typeof openCompanies>>,
  state: AgreedState,
): Promise<{ company: Company; truth: unknown }> {
  const folder = await mkdtemp(join(tmpdir(), 'accord-agreed-'));
  try {
    const { truth } = await writeSimulation({ seed: 11, months, leads: 1_000, state, folder });
    const company = await companies.make({ timeZone: 'Europe/Berlin' });
    await company.import([folder]);
    const calendars = calendarFile.parse(JSON.parse(await readFile(join(folder, 'calendar.json'), 'utf8')));
    await company.inside((tx) => importCalendars(tx, company.workspaceId, calendars));
    // Files say nothing of rights: the leader makes Sam Okonjo head of sales.
    await company.rows(`UPDATE members SET role = 'manager' WHERE workspace_id = :ws AND name = 'Sam Okonjo'`);
    const sam = (await company.value(`SELECT id FROM members WHERE workspace_id = :ws AND name = 'Sam Okonjo'`))!;
    await establishAgreement(company.database, company.workspaceId, {
      definitions: [],
      content: agreedContract as never,
      effectiveFrom: agreedPeriod.start,
      signers: { marketing: company.memberId, sales: sam },
    });
    await drainBacklog(company.database, company.workspaceId);
    return { company, truth };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
