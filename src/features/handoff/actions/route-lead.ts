import { sql } from 'kysely';
import type { Decision, Desk } from '#engine/handoff/route.ts';
import { loadRuleRecords } from '#features/agreement/queries/rule-records.ts';
import { giveOwners } from '#features/records/actions/lead-owners.ts';
import { transactionTime } from '#features/records/queries/records.ts';
import type { Tx, WorkspaceId } from '#platform/db/database.ts';
import { followRoutes } from '../queries/routing-ground.ts';
import { lockRoutableLeads, type RoutableLead } from '../queries/routing-leads.ts';
import { loadStaff } from '../queries/routing-staff.ts';
import { placesOf, planRoutes } from '../queries/routing-steps.ts';
import { findRoutingInForce, type RoutingInForce } from '../queries/routing-versions.ts';
import { keepTurns, recordRoutings, type NewRouting, type RoutingKind } from './record-routings.ts';

export interface RouteOptions {
  /**
   * `routed`: an MQL that nobody decided on and that has no owner, passed since routing is on; any other lead is
   * left as it is. Every other kind looks for a rep anew, whoever has the lead.
   */
  readonly kind: Exclude<RoutingKind, 'claimed'>;
  /** Members to whom it shall not go: the one who was late, say. */
  readonly leaveOut?: readonly string[] | undefined;
  /** ISO 8601; now unless said. */
  readonly at?: string | undefined;
  /** Who does it; null for the product itself. */
  readonly by?: string | null | undefined;
}

/** Without a member the lead is nobody's: in the team's queue, or in the open one. */
export interface Routed {
  readonly memberId: string | null;
  readonly teamId: string | null;
  readonly why: readonly string[];
}

/** `routeLeads` for one. @returns null where there was nothing to route */
export async function routeLead(tx: Tx, workspaceId: WorkspaceId, leadId: string, options: RouteOptions): Promise<Routed | null> {
  return (await routeLeads(tx, workspaceId, [leadId], options)).get(leadId) ?? null;
}

/**
 * Finds a rep for each of these leads, makes them the owner, and keeps why. The leads are held first and then the
 * rotations, always in this order: so two who route at once never count a turn twice and never wait for each other
 * in a circle. The caller follows the leads (clocks, state) in the same transaction.
 * @returns by lead what was decided. Nothing is decided while routing is off
 */
export async function routeLeads(
  tx: Tx,
  workspaceId: WorkspaceId,
  leadIds: readonly string[],
  options: RouteOptions,
): Promise<Map<string, Routed>> {
  const routing = leadIds.length === 0 ? null : await findRoutingInForce(tx, workspaceId);
  if (!routing) return new Map();
  const leads = await lockRoutableLeads(tx, workspaceId, leadIds);
  const at = options.at ?? (await transactionTime(tx));
  const asked = options.kind === 'routed' ? leads.filter((lead) => isPassed(lead, routing.since)) : leads;
  if (options.kind === 'routed') await keepStatedOwners(tx, workspaceId, asked, at);
  const toRoute = options.kind === 'routed' ? asked.filter(({ ownerId }) => ownerId === null) : asked;
  if (toRoute.length === 0) return new Map();
  const { decisions, desk } = await decide(tx, workspaceId, toRoute, routing, at, options.leaveOut);
  const news = toRoute.flatMap((lead) => newsOf(lead, decisions.get(lead.id)!, options.kind));
  await record(tx, workspaceId, news, at, options.by ?? null);
  await keepTurns(tx, workspaceId, desk.rotations, news);
  return decisions;
}

/** Passed by marketing since routing is on, and not decided. */
const isPassed = (lead: RoutableLead, since: string): boolean =>
  !lead.decided && lead.mqlAt !== null && Date.parse(lead.mqlAt) >= Date.parse(since);

/** A lead that came with its owner stays there; the first time it is seen, that is kept too. */
async function keepStatedOwners(tx: Tx, workspaceId: WorkspaceId, leads: readonly RoutableLead[], at: string): Promise<void> {
  const ids = leads.flatMap(({ id, ownerId, last }) => (ownerId !== null && last === null ? [id] : []));
  if (ids.length === 0) return;
  // Its clock starts when it had both its owner and its stage, and not when the product heard of it.
  await sql`INSERT INTO routings (workspace_id, id, lead_id, occurred_at, kind, member_id, why)
    SELECT ${workspaceId}::uuid, accord.new_id(), l.id, least(${at}::timestamptz, greatest(l.mql_at, owned.at)), 'routed', l.owner_id,
      jsonb_build_array('It came with its owner, ' || m.name || ', who keeps it.')
    FROM leads l JOIN members m ON m.workspace_id = ${workspaceId}::uuid AND m.id = l.owner_id,
      LATERAL (SELECT max(f.occurred_at) AS at FROM facts f WHERE f.workspace_id = ${workspaceId}::uuid AND f.subject_id = l.id AND f.sets ? 'ownerId') owned
    WHERE l.workspace_id = ${workspaceId}::uuid AND l.id = ANY(${ids}::uuid[])`.execute(tx);
}

async function decide(
  tx: Tx,
  workspaceId: WorkspaceId,
  leads: readonly RoutableLead[],
  { version, plan }: RoutingInForce,
  at: string,
  leaveOut: readonly string[] | undefined,
): Promise<{ decisions: Map<string, Decision>; desk: Desk }> {
  const atMs = Date.parse(at);
  const records = await loadRuleRecords(
    tx,
    workspaceId,
    leads.map(({ id }) => id),
    plan.rules.map(({ when }) => when),
  );
  const steps = await planRoutes(tx, workspaceId, leads, { records, plan, at: atMs });
  const ask = { ...placesOf(steps.values()), content: version.content, at: atMs, leaveOut, timeZone: plan.timeZone };
  const staff = await loadStaff(tx, workspaceId, ask);
  await holdRotations(tx, workspaceId);
  return followRoutes(tx, workspaceId, ask, staff, steps);
}

/** One who routes in a workspace at a time: one lock and not one a team, so that nobody waits in a circle, however many steps a transaction takes. */
async function holdRotations(tx: Tx, workspaceId: WorkspaceId): Promise<void> {
  await sql`SELECT pg_advisory_xact_lock(hashtextextended(${`accord.rotation ${workspaceId}`}, 0))`.execute(tx);
}

/** What is to be written. One who has the lead keeps it where nobody else is found; a queue it waits in already is no news. */
function newsOf(lead: RoutableLead, decision: Decision, kind: RoutingKind): NewRouting[] {
  const found = decision.memberId !== null;
  if (!found && lead.ownerId !== null) return [];
  if (!found && lead.last !== null && lead.last.memberId === null && lead.last.teamId === decision.teamId) return [];
  return [{ leadId: lead.id, kind, ...decision }];
}

async function record(tx: Tx, workspaceId: WorkspaceId, news: readonly NewRouting[], at: string, by: string | null): Promise<void> {
  await recordRoutings(tx, workspaceId, news, { at, by });
  const owners = news.flatMap(({ leadId, memberId }) => (memberId === null ? [] : [{ leadId, memberId }]));
  await giveOwners(tx, workspaceId, owners, { kind: 'lead.routed', by, occurredAt: at });
}
