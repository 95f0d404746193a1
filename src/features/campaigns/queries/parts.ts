/** What came of the parts asked for and of taking part unasked, person by person: sums are made of these. */

import { sql } from 'kysely';
import { fulfilmentOf, type RoleState } from '#engine/campaigns/states.ts';
import type { Database, Tx, WorkspaceId } from '#platform/db/database.ts';
import type { ParticipationCounts } from '../contract/participation.ts';
import { passEvidence } from './evidence-pass.ts';
import { keptWhenSlow } from './kept-when-slow.ts';
import type { Family } from './took-part.ts';

export interface Part {
  asked: number;
  accepted: number;
  declined: number;
  proposed: number;
  done: number;
  missed: number;
  touches: number;
  people: number;
  /** Any evidence at all. */
  evidenced: boolean;
}
/** By campaign, then by member. */
export type Parts = Map<string, Map<string, Part>>;

interface RoleRow {
  readonly id: string;
  readonly campaignId: string;
  readonly memberId: string;
  readonly state: RoleState;
  readonly wanted: number;
  readonly dueOn: string | null;
  readonly countered: boolean;
}

/**
 * Counted anew each time; where that takes long (a campaign of hundreds of thousands), kept for some minutes. Not inside a
 * transaction.
 * @param today in the workspace's zone
 */
export const readParts = (database: Database, workspaceId: WorkspaceId, when: When, campaigns: readonly Family[]): Promise<Parts> =>
  keptWhenSlow(`${workspaceId} ${when.today} ${campaigns.map(({ id }) => id).join(' ')}`, () =>
    countParts(database, workspaceId, when, campaigns),
  );

interface When {
  readonly timeZone: string;
  readonly today: string;
}

async function countParts(
  database: Database,
  workspaceId: WorkspaceId,
  { timeZone, today }: When,
  campaigns: readonly Family[],
): Promise<Parts> {
  const parts: Parts = new Map();
  const ids = campaigns.map(({ id }) => id);
  const { roles: evidence, tookPart } = await passEvidence(database, workspaceId, timeZone, campaigns);
  for (const role of await database.inWorkspace(workspaceId, (tx) => readRoles(tx, workspaceId, ids))) {
    const evidenced = evidence.get(role.id)?.evidenced ?? 0;
    addRole(partOf(parts, role), role, evidenced, today);
  }
  for (const each of tookPart) Object.assign(partOf(parts, each), { touches: each.touches, people: each.people, evidenced: true });
  return parts;
}

async function readRoles(tx: Tx, workspaceId: WorkspaceId, campaignIds: readonly string[]): Promise<RoleRow[]> {
  const { rows } =
    await sql<RoleRow>`SELECT r.id, r.campaign_id AS "campaignId", r.member_id AS "memberId", r.state, r.wanted, r.due_on AS "dueOn",
      r.counter_kind IS NOT NULL AS countered FROM campaign_roles r
    WHERE r.workspace_id = ${workspaceId}::uuid AND r.campaign_id = ANY(${campaignIds}::uuid[]) AND r.state <> 'withdrawn'`.execute(tx);
  return rows;
}

function partOf(parts: Parts, { campaignId, memberId }: { readonly campaignId: string; readonly memberId: string }): Part {
  const ofCampaign = parts.get(campaignId) ?? new Map<string, Part>();
  parts.set(campaignId, ofCampaign);
  const part = ofCampaign.get(memberId) ?? {
    asked: 0,
    accepted: 0,
    declined: 0,
    proposed: 0,
    done: 0,
    missed: 0,
    touches: 0,
    people: 0,
    evidenced: false,
  };
  ofCampaign.set(memberId, part);
  return part;
}

function addRole(part: Part, role: RoleRow, evidenced: number, today: string): void {
  part.asked++;
  if (role.state === 'accepted') part.accepted++;
  if (role.state === 'declined') part.declined++;
  if (role.countered) part.proposed++;
  const fulfilment = fulfilmentOf(role, evidenced, today);
  if (fulfilment === 'done') part.done++;
  if (fulfilment === 'missed') part.missed++;
  if (evidenced > 0) part.evidenced = true;
}

/** How many of these people were asked, accepted, took part…: each counted once, however many campaigns or parts. */
export function sumParts(people: ReadonlySet<string>, parts: readonly ReadonlyMap<string, Part>[]): ParticipationCounts {
  const count = (is: (part: Part) => boolean): number =>
    [...people].filter((person) => parts.some((each) => each.has(person) && is(each.get(person)!))).length;
  const evidenced = count((part) => part.evidenced);
  return {
    reps: people.size,
    asked: count((part) => part.asked > 0),
    accepted: count((part) => part.accepted > 0),
    declined: count((part) => part.declined > 0),
    proposed: count((part) => part.proposed > 0),
    evidenced,
    done: count((part) => part.done > 0),
    share: people.size === 0 ? null : evidenced / people.size,
  };
}
