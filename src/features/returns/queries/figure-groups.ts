/** What figures are grouped by: in which group each deal, account, cost and lead counts, and what the groups are called. */

import { sql } from 'kysely';
import type { FunnelColumns } from '#engine/funnel/columns.ts';
import { type Grouping, byMappedCodes, byNothing } from '#engine/funnel/grouping.ts';
import type { Tx, WorkspaceId } from '#platform/db/database.ts';
import type { FigureBy } from '../contract/figure-table.ts';
import { survivorOf } from './column-ground.ts';
import type { DealColumns } from './deal-columns.ts';

/** A grouping that is no time. */
export type Dimension = Exclude<FigureBy, 'month' | 'quarter'>;
export const isPeriod = (by: FigureBy): by is 'month' | 'quarter' => by === 'month' || by === 'quarter';

/** What stands beside the columns and changes without them; read before them. */
export interface Surroundings {
  /** By id of a merged campaign, the id it goes by now. */
  readonly campaigns: ReadonlyMap<string, string>;
  /** By id of a campaign, its channel. */
  readonly channels: ReadonlyMap<string, string>;
  /** By id of a member, the first of the teams by name. */
  readonly teams: ReadonlyMap<string, string>;
  /** By id of a team. */
  readonly regions: ReadonlyMap<string, string>;
}

export async function readSurroundings(tx: Tx, workspaceId: WorkspaceId): Promise<Surroundings> {
  const campaigns = await sql<{ id: string; into: string | null; channel: string | null }>`
    SELECT id, merged_into AS "into", channel FROM campaigns WHERE workspace_id = ${workspaceId}::uuid AND (merged_into IS NOT NULL OR channel IS NOT NULL)`.execute(
    tx,
  );
  const members = await sql<{ member: string; team: string }>`
    SELECT DISTINCT ON (tm.member_id) tm.member_id AS member, tm.team_id AS team FROM team_members tm
    JOIN teams t ON t.workspace_id = tm.workspace_id AND t.id = tm.team_id
    WHERE tm.workspace_id = ${workspaceId}::uuid ORDER BY tm.member_id, t.name COLLATE "C", t.id`.execute(tx);
  const teams = await sql<{ id: string; region: string }>`
    SELECT id, region FROM teams WHERE workspace_id = ${workspaceId}::uuid AND region IS NOT NULL`.execute(tx);
  const into = new Map(campaigns.rows.flatMap(({ id, into: survivor }) => (survivor === null ? [] : [[id, survivor]])));
  const channel = new Map(campaigns.rows.map((row) => [row.id, row.channel]));
  return {
    campaigns: new Map([...into].map(([id, survivor]) => [id, survivorOf(into, survivor)])),
    channels: new Map(campaigns.rows.flatMap(({ id }) => channelEntry(id, channel.get(into.has(id) ? survivorOf(into, id) : id)))),
    teams: new Map(members.rows.map(({ member, team }) => [member, team])),
    regions: new Map(teams.rows.map(({ id, region }) => [id, region])),
  };
}

const channelEntry = (id: string, channel: string | null | undefined): [string, string][] => (channel ? [[id, channel]] : []);

/** Groups by number; the first is what has no such value. */
export interface GroupNames {
  readonly values: (string | null)[];
  readonly numbers: Map<string | null, number>;
}
export const makeGroupNames = (): GroupNames => ({ values: [null], numbers: new Map([[null, 0]]) });

export function groupNumber({ values, numbers }: GroupNames, value: string | null): number {
  let number = numbers.get(value);
  if (number === undefined) numbers.set(value, (number = values.push(value) - 1));
  return number;
}

type CodedDealField = 'owner' | 'qualifier' | 'campaign' | 'origin' | 'channel' | 'segment' | 'product';
const fieldOf: Readonly<Record<Exclude<Dimension, 'none'>, CodedDealField>> = {
  segment: 'segment',
  campaign: 'campaign',
  channel: 'channel',
  origin: 'origin',
  team: 'owner',
  owner: 'owner',
  qualifier: 'qualifier',
  region: 'owner',
  product: 'product',
};

/** What a code's text stands for in a grouping: an owner for the team, a campaign for its survivor. */
export function valueIn(by: Dimension, text: string | null, surroundings: Surroundings): string | null {
  if (text === null) return null;
  if (by === 'campaign') return surroundings.campaigns.get(text) ?? text;
  if (by === 'team') return surroundings.teams.get(text) ?? null;
  if (by === 'region') return regionOfTeam(surroundings.teams.get(text) ?? null, surroundings);
  return text;
}

export const regionOfTeam = (team: string | null, { regions }: Surroundings): string | null =>
  team === null ? null : (regions.get(team) ?? null);

/** The group of each deal, by row. */
export function groupsOfDeals(by: Dimension, deals: DealColumns, surroundings: Surroundings, names: GroupNames): Int32Array {
  const groups = new Int32Array(deals.count);
  if (by === 'none') return groups;
  const field = fieldOf[by];
  const [codes, texts] = [deals.numbers[field], deals.dictionaries[field].texts];
  const groupOfCode = Int32Array.from(texts, (text) => groupNumber(names, valueIn(by, text, surroundings)));
  for (let row = 0; row < deals.count; row++) groups[row] = groupOfCode[codes[row]!]!;
  if (by === 'channel') fillFromCampaigns(groups, deals, surroundings, names);
  return groups;
}

/** A deal whose lead tells no channel has its campaign's. */
function fillFromCampaigns(groups: Int32Array, deals: DealColumns, { channels }: Surroundings, names: GroupNames): void {
  const ofCampaign = Int32Array.from(deals.dictionaries.campaign.texts, (id) =>
    groupNumber(names, id === null ? null : (channels.get(id) ?? null)),
  );
  for (let row = 0; row < deals.count; row++) if (groups[row] === 0) groups[row] = ofCampaign[deals.numbers.campaign[row]!]!;
}

/** Leads in the groups of `names`; null where leads have no such value. */
export function groupingOfLeads(by: Dimension, leads: FunnelColumns, surroundings: Surroundings, names: GroupNames): Grouping | null {
  if (by === 'none') return byNothing(leads);
  const field = fieldOf[by];
  if (field === 'product') return null;
  const groups = Int32Array.from(leads.dictionaries[field].texts, (text) => groupNumber(names, valueIn(by, text, surroundings)));
  if (by !== 'channel') return byMappedCodes(leads.codes[field], groups, names.values.length);
  return channelsOfLeads(leads, groups, surroundings, names);
}

/** As for deals: a lead that tells no channel has its campaign's. */
function channelsOfLeads(leads: FunnelColumns, ofChannel: Int32Array, { channels }: Surroundings, names: GroupNames): Grouping {
  const ofCampaign = Int32Array.from(leads.dictionaries.campaign.texts, (id) =>
    groupNumber(names, id === null ? null : (channels.get(id) ?? null)),
  );
  const { channel, campaign } = leads.codes;
  const groups = new Int32Array(leads.count);
  for (let row = 0; row < leads.count; row++) groups[row] = ofChannel[channel[row]!]! || ofCampaign[campaign[row]!]!;
  const same = Int32Array.from(names.values, (_, group) => group);
  return byMappedCodes(groups, same, names.values.length);
}

const namedTables = { campaign: 'campaigns', owner: 'members', qualifier: 'members', team: 'teams' } as const;
const hasIds = (by: FigureBy): by is keyof typeof namedTables => by in namedTables;
const blankLabels: Partial<Record<FigureBy, string>> = {
  none: 'All',
  campaign: '(no campaign)',
  owner: '(no owner)',
  qualifier: '(no SDR)',
  team: '(no team)',
  region: '(no region)',
};

/** What groups are called; one that was deleted goes by its id. */
export async function labelsOf(
  tx: Tx,
  workspaceId: WorkspaceId,
  by: FigureBy,
  values: readonly (string | null)[],
): Promise<(value: string | null) => string> {
  const ids = values.filter((value) => value !== null);
  const names = new Map<string, string>();
  if (hasIds(by) && ids.length > 0) {
    const { rows } = await sql<{ id: string; name: string }>`
      SELECT id, name FROM ${sql.table(namedTables[by])} WHERE workspace_id = ${workspaceId}::uuid AND id = ANY(${ids}::uuid[])`.execute(
      tx,
    );
    for (const { id, name } of rows) names.set(id, name);
  }
  return (value) => (value === null ? (blankLabels[by] ?? '(blank)') : (names.get(value) ?? value));
}
