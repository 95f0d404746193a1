import type { Evidence } from '#engine/payout/evidence.ts';
import type { Database, WorkspaceId } from '#platform/db/database.ts';
import { gatherFacts, type GatheredFacts } from './gather-facts.ts';
import type { SupposedDeal } from './payout-facts/asked.ts';
import type { PlanToRun } from './plans-to-run.ts';

export interface HistoryAsked {
  readonly until: string;
  /** Null: now. */
  readonly cutOff: string | null;
  /** Unsaid: the version's own; null for a plan that isn't stored. */
  readonly planId?: string | null;
  readonly supposed?: SupposedDeal | undefined;
}

/**
 * What all versions of a plan count, from the first day of the first to the last day asked: a version that counted
 * something else is still corrected by what it counted.
 */
export async function gatherHistory(
  database: Database,
  workspaceId: WorkspaceId,
  { version, versions }: Pick<PlanToRun, 'version' | 'versions'>,
  asked: HistoryAsked,
): Promise<GatheredFacts> {
  const from = versions[0]!.from;
  const gathered: GatheredFacts[] = [];
  for (const { plan } of versions)
    gathered.push(
      await gatherFacts(database, workspaceId, {
        planId: asked.planId === undefined ? version.planId : asked.planId,
        content: plan,
        from,
        until: asked.until,
        cutOff: asked.cutOff,
        supposed: asked.supposed,
      }),
    );
  return gathered.length === 1 ? gathered[0]! : joined(gathered);
}

/** Each fact and result once. */
function joined(gathered: readonly GatheredFacts[]): GatheredFacts {
  const evidence: Evidence = {
    facts: byId(
      gathered.flatMap(({ evidence: { facts } }) => facts),
      ({ id }) => id,
    ),
    results: byId(
      gathered.flatMap(({ evidence: { results } }) => results),
      ({ id }) => id,
    ),
    employment: byId(
      gathered.flatMap(({ evidence: { employment } }) => employment),
      ({ payee }) => payee,
    ),
  };
  return {
    evidence,
    openings: new Map(gathered.flatMap(({ openings }) => [...openings])),
    notes: [...new Set(gathered.flatMap(({ notes }) => notes))],
  };
}

const byId = <T>(rows: readonly T[], idOf: (row: T) => string): T[] => [...new Map(rows.map((row) => [idOf(row), row])).values()];
