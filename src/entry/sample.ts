/** The sample company: simulated files, and the agreement its two heads have signed, so that every page has something to show. */

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { sql } from 'kysely';
import { establishAgreement } from '#features/agreement/actions/establish.ts';
import { importCalendars } from '#features/agreement/actions/import-calendars.ts';
import { calendarFile } from '#features/agreement/contract/calendars.ts';
import { suggestedAgreement } from '#features/agreement/queries/suggestion.ts';
import { askForPastIndex } from '#features/alignment/actions/keep-index.ts';
import { changeRouting } from '#features/handoff/actions/routing-versions.ts';
import { routingContent } from '#features/handoff/contract.ts';
import type { Sample } from '#features/intake/jobs.ts';
import { inAppOnly } from '#features/notices/actions/in-app-only.ts';
import { changeMember } from '#features/people/actions/members.ts';
import { sampleStart, writeSimulation } from '#features/simulate/commands.ts';
import type { Database, Tx, WorkspaceId } from '#platform/db/database.ts';
import type { Role, Side, Who } from '#platform/http/route.ts';
import { keepSampleBooks } from './sample-books.ts';
import { type SamplePeople, workTogether } from './sample-campaigns.ts';
import { aimTogether } from './sample-goals.ts';
import { payTogether } from './sample-incentives.ts';
import { meetTogether } from './sample-meetings.ts';
import { talkTogether } from './sample-notices.ts';
import { comeIn } from './sample-rollout.ts';

/** @param size smaller in tests */
export function sampleCompany(database: Database, size: { months: number; leads: number } = { months: 18, leads: 6000 }): Sample {
  const start = sampleStart();
  return {
    write: (folder, currency) => writeSimulation({ seed: 7, ...size, start, folder, currency }),
    // What the sample brings is told in the app only: nobody is sent a mail about people who don't exist.
    complete: (workspaceId, folder, tell) =>
      inAppOnly(database, workspaceId, async () => {
        const parts = await partsBesideRecords(database, workspaceId, folder, start);
        for (const [at, [name, make]] of parts.entries()) {
          await tell({ phase: name, done: at, total: parts.length });
          await make();
        }
      }),
  };
}

type Part = readonly [name: string, make: () => Promise<unknown>];

/** What the company has beside its records, in the order it is made in; nothing but the agreement where its people are not found. */
async function partsBesideRecords(database: Database, workspaceId: WorkspaceId, folder: string, start: string): Promise<readonly Part[]> {
  await agree(database, workspaceId, folder, start);
  const owner = await database.inWorkspace(workspaceId, (tx) => findOwner(tx, workspaceId));
  const people = await database.inWorkspace(workspaceId, (tx) => findPeople(tx, workspaceId));
  if (!owner || !people) return [];
  return [
    ['the books', () => keepSampleBooks(database, owner)],
    ['campaigns', () => workTogether(database, people)],
    ['goals', () => aimTogether(database, people)],
    ['pay', () => payTogether(database, owner, people)],
    ['meetings', () => meetTogether(database, people)],
    ['conversations', () => talkTogether(database, owner, people)],
    ['the way in', () => comeIn(database, owner, people)],
    // Once its leads are followed.
    ['the index of the past half year', () => database.inWorkspace(workspaceId, (tx) => askForPastIndex(tx, workspaceId))],
  ];
}

/**
 * Calendars and leave, the suggested definitions and contract, signed by the heads of both sides and counted from the
 * sample's first day, and routing to the SDRs from now on.
 */
async function agree(database: Database, workspaceId: WorkspaceId, folder: string, effectiveFrom: string): Promise<void> {
  const file = calendarFile.parse(JSON.parse(await readFile(join(folder, 'calendar.json'), 'utf8')));
  const found = await database.inWorkspace(workspaceId, async (tx) => {
    await importCalendars(tx, workspaceId, file);
    if (await isAgreed(tx, workspaceId)) return null;
    return { heads: await makeHeads(tx, workspaceId), suggested: await suggestedAgreement(tx, workspaceId) };
  });
  if (!found?.heads) return;
  const { heads, suggested } = found;
  const definitions = suggested.definitions.map(({ term, text, rule, examples }) => ({ term, text, rule, examples }));
  await establishAgreement(database, workspaceId, { definitions, content: suggested.content, effectiveFrom, signers: heads });
  await database.inWorkspace(workspaceId, async (tx) => {
    const who = { workspaceId, memberId: heads.sales, name: '', side: 'sales', role: 'manager' } as const;
    await changeRouting(tx, who, { ...routingContent.parse({ otherwise: { teamId: heads.teamId, memberId: null } }) });
  });
}

async function isAgreed(tx: Tx, workspaceId: WorkspaceId): Promise<boolean> {
  const { rows } = await sql`SELECT FROM agreement_versions WHERE workspace_id = ${workspaceId}::uuid LIMIT 1`.execute(tx);
  return rows.length > 0;
}

interface Heads {
  readonly marketing: string;
  readonly sales: string;
  /** The team that takes leads up. */
  readonly teamId: string | null;
}

/**
 * Files bring people in as members without rights; the sample's two heads are made managers, in the name of whoever
 * owns the workspace, so that they can sign as anybody's heads do.
 */
async function makeHeads(tx: Tx, workspaceId: WorkspaceId): Promise<Heads | null> {
  const who = await findOwner(tx, workspaceId);
  const { rows: heads } = await sql<{ id: string; side: string }>`SELECT id, side FROM members
    WHERE workspace_id = ${workspaceId}::uuid AND active AND job IN ('Head of Marketing', 'Head of Sales') ORDER BY id`.execute(tx);
  const { rows: teams } = await sql<{ id: string }>`SELECT id FROM teams
    WHERE workspace_id = ${workspaceId}::uuid AND side = 'sales' ORDER BY name <> 'SDR', name LIMIT 1`.execute(tx);
  const headOf = (side: string) => heads.find((head) => head.side === side)?.id;
  const [marketing, sales] = [headOf('marketing'), headOf('sales')];
  if (!who || !marketing || !sales) return null;
  for (const id of [marketing, sales]) await changeMember(tx, who, id, { role: 'manager' });
  return { marketing, sales, teamId: teams[0]?.id ?? null };
}

/** Whoever the workspace belongs to. */
async function findOwner(tx: Tx, workspaceId: WorkspaceId): Promise<Who | null> {
  const { rows } = await sql<{ memberId: string; name: string; side: Side }>`SELECT id AS "memberId", name, side FROM members
    WHERE workspace_id = ${workspaceId}::uuid AND active AND role = 'owner' ORDER BY login_id IS NULL, created_at LIMIT 1`.execute(tx);
  return rows[0] ? { workspaceId, ...rows[0], role: 'owner' } : null;
}

/** The two heads, and sales people, those who take leads up first. */
async function findPeople(tx: Tx, workspaceId: WorkspaceId): Promise<SamplePeople | null> {
  const { rows } = await sql<{
    memberId: string;
    name: string;
    side: Side;
    role: Role;
    job: string | null;
  }>`SELECT id AS "memberId", name, side, role, job
    FROM members WHERE workspace_id = ${workspaceId}::uuid AND active AND side <> 'leadership' ORDER BY job DESC NULLS LAST, name, id`.execute(
    tx,
  );
  const people = rows.map(({ job, ...who }) => ({ job, who: { workspaceId, ...who } }));
  const headOf = (side: Side): Who | undefined => people.find(({ who }) => who.side === side && who.role === 'manager')?.who;
  const [mara, sam] = [headOf('marketing'), headOf('sales')];
  const reps = people.filter(({ who }) => who.side === 'sales' && who.role === 'member').map(({ who }) => who);
  return mara && sam ? { mara, sam, reps, everybody: people.map(({ who }) => who) } : null;
}
