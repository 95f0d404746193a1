import { sql } from 'kysely';
import { type LiftLead, walkLeads } from '#engine/campaigns/lift-cells.ts';
import { readId } from '#engine/funnel/ids.ts';
import { leadStages } from '#features/records/contract.ts';
import { type Row, shownRecord } from '#features/records/queries/columns.ts';
import { withNames } from '#features/records/queries/names.ts';
import { makePager } from '#features/returns/queries/page.ts';
import type { Database, Tx, WorkspaceId } from '#platform/db/database.ts';
import { Problem } from '#platform/errors.ts';
import type { Who } from '#platform/http/route.ts';
import type { z } from 'zod';
import type { leadPage, liftRecordsAsk } from '../contract/participation.ts';
import { evidenceIsPersonal } from '../policy/roles.ts';
import { getCampaign } from './campaign-at-hand.ts';
import { cellsAsked, type LiftGround, readGround } from './lift.ts';

type Asked = z.output<typeof liftRecordsAsk>;

/**
 * The very leads behind a number of lift, by the same walk that counted them; newest MQL first. For who sees all
 * their reps as persons: the list tells who took part.
 * @throws Problem not-found, forbidden
 */
export async function listLiftRecords(database: Database, who: Who, campaignId: string, asked: Asked): Promise<z.output<typeof leadPage>> {
  const ground = await readGround(database, who, async (tx) => {
    const { id, name, startsOn, endsOn, family } = await getCampaign(tx, who.workspaceId, campaignId);
    return [{ id, name, startsOn, endsOn, family }];
  });
  const leads = comparable(ground, asked);
  if (leads.some(({ rep }) => !ground.seen.has(rep))) throw new Problem('forbidden', evidenceIsPersonal);
  const pager = makePager<null>(asked.limit, asked.cursor);
  const days = ground.columns.days[leadStages.findIndex(({ stage }) => stage === 'mql')]!;
  for (const lead of leads.filter((each) => isAsked(each, asked.which)))
    pager.offer(days[lead.row]!, () => readId(ground.columns.ids, lead.row), null);
  const { shown, total, next } = pager.page();
  const ids = shown.map(({ id }) => id);
  return { items: await database.inWorkspace(who.workspaceId, (tx) => readLeads(tx, who.workspaceId, ids)), total, next };
}

/** Those in groups that have both leads worked by who took part and others. */
function comparable(ground: LiftGround, { outcome }: Asked): LiftLead[] {
  const leads: LiftLead[] = [];
  walkLeads(ground.columns, cellsAsked(ground, outcome), (lead) => {
    if (!lead.isYoung) leads.push(lead);
  });
  const groups = Map.groupBy(leads, ({ campaign, segment }) => `${campaign} ${segment ?? ''}`);
  return [...groups.values()].flatMap((group) => (new Set(group.map(({ tookPart }) => tookPart)).size === 2 ? group : []));
}

const isAsked = ({ tookPart, reached }: LiftLead, which: Asked['which']): boolean =>
  tookPart === which.startsWith('worked') && (reached || !which.endsWith('Reached'));

async function readLeads(tx: Tx, workspaceId: WorkspaceId, ids: readonly string[]): Promise<z.output<typeof leadPage>['items']> {
  if (ids.length === 0) return [];
  const { rows } =
    await sql<Row>`SELECT t.* FROM leads t WHERE t.workspace_id = ${workspaceId}::uuid AND t.id = ANY(${ids}::uuid[])`.execute(tx);
  const byId = new Map(rows.map((row) => [row.id, row]));
  return withNames(
    tx,
    workspaceId,
    'lead',
    ids.flatMap((id) => (byId.has(id) ? [shownRecord('lead', byId.get(id)!)] : [])),
  );
}
