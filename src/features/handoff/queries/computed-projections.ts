import { type HandoffWorld, projectLead } from '#engine/handoff/projection.ts';
import type { SignedAgreement } from '#features/agreement/queries/in-force.ts';
import type { Tx, WorkspaceId } from '#platform/db/database.ts';
import { loadClockWorld } from './clock-world.ts';
import type { KnownLead } from './lead-facts.ts';
import { clockColumns, handoffColumns, type Row, rounded } from './projections.ts';
import type { SignedRules } from './signed-rules.ts';
import { type KnownLimits, leadsBeyondVolume, type Limit, type PassedLead } from './volume-limits.ts';

export interface Projected {
  readonly handoffs: Row[];
  readonly clocks: Row[];
  /** The limits of volume the leads were held against. */
  readonly limits: readonly Limit[];
}

/**
 * What follows from these facts. Of leads that are archived or no MQLs nothing does.
 * @param known limits of volume that were looked up already
 */
export async function computeProjections(
  tx: Tx,
  workspaceId: WorkspaceId,
  leads: ReadonlyMap<string, KnownLead>,
  { agreements }: Pick<SignedRules, 'agreements'>,
  known: KnownLimits,
): Promise<Projected> {
  const passed = [...leads.values()].filter(({ archived, facts }) => !archived && facts.stages.mqlAt !== null);
  const { beyond, limits } = await leadsBeyondVolume(tx, workspaceId, agreements, passed.map(asPassed), known);
  const world = await loadClockWorld(tx, workspaceId, agreements, membersOf(passed));
  const projected: Projected = { handoffs: [], clocks: [], limits };
  for (const lead of passed) addProjection(projected, lead, beyond.has(lead.facts.leadId), world);
  return projected;
}

function addProjection(projected: Projected, lead: KnownLead, beyondVolume: boolean, world: HandoffWorld<SignedAgreement>): void {
  const made = projectLead(beyondVolume ? { ...lead, facts: { ...lead.facts, beyondVolume } } : lead, world);
  if (!made) return;
  projected.handoffs.push(rounded(made.handoff, handoffColumns));
  for (const clock of made.clocks) projected.clocks.push(rounded(clock, clockColumns));
}

const asPassed = ({ facts }: KnownLead): PassedLead => ({
  id: facts.leadId,
  mqlAt: facts.stages.mqlAt!,
  segment: facts.segment,
  channel: facts.channel,
  origin: facts.origin,
});

const membersOf = (leads: readonly KnownLead[]): string[] => [
  ...new Set(leads.flatMap(({ facts }) => facts.holders.flatMap(({ memberId }) => memberId ?? []))),
];
