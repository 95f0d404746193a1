/** What the funnel is grouped by: which group each lead is in, and what the groups are called. */

import { sql } from 'kysely';
import type { CodedColumn, FunnelColumns } from '#engine/funnel/columns.ts';
import { findCode } from '#engine/funnel/dictionary.ts';
import { byCodes, byMappedCodes, byMonths, byNothing, type Grouping } from '#engine/funnel/grouping.ts';
import type { FunnelQuestion } from '#engine/funnel/question.ts';
import { monthNumber, monthText } from '#engine/time/months.ts';
import type { Tx, WorkspaceId } from '#platform/db/database.ts';
import type { FunnelBy } from '../contract.ts';

export interface Groups {
  readonly grouping: Grouping;
  /** The group's text, month or id; null where it is not stated. */
  valueOf(group: number): string | null;
  /** Null when no lead is in such a group. */
  groupOf(value: string | null): number | null;
}

/** What stands beside the leads and changes without them; read before the columns. */
export interface Surroundings {
  /** By id of a merged campaign, the id it goes by now. */
  readonly campaigns: ReadonlyMap<string, string>;
  /** By id of a member, the id of the first of the teams by name. */
  readonly teams: ReadonlyMap<string, string>;
}

export async function readSurroundings(tx: Tx, workspaceId: WorkspaceId, by: FunnelBy): Promise<Surroundings> {
  return {
    campaigns: by === 'campaign' ? await mergedCampaigns(tx, workspaceId) : new Map(),
    teams: by === 'team' ? await teamsOfMembers(tx, workspaceId) : new Map(),
  };
}

async function mergedCampaigns(tx: Tx, workspaceId: WorkspaceId): Promise<Map<string, string>> {
  const { rows } = await sql<{ id: string; merged_into: string }>`
    SELECT id, merged_into FROM campaigns WHERE workspace_id = ${workspaceId}::uuid AND merged_into IS NOT NULL`.execute(tx);
  const into = new Map(rows.map((row) => [row.id, row.merged_into]));
  return new Map(rows.map((row) => [row.id, survivorOf(into, row.merged_into)]));
}

function survivorOf(into: ReadonlyMap<string, string>, id: string): string {
  let survivor = id;
  for (let steps = 0; into.has(survivor) && steps < into.size; steps++) survivor = into.get(survivor)!;
  return survivor;
}

/** Who is in several teams counts in the first by name, so that no lead counts twice. */
async function teamsOfMembers(tx: Tx, workspaceId: WorkspaceId): Promise<Map<string, string>> {
  const { rows } = await sql<{ member_id: string; team_id: string }>`
    SELECT DISTINCT ON (tm.member_id) tm.member_id, tm.team_id FROM team_members tm
    JOIN teams t ON t.workspace_id = tm.workspace_id AND t.id = tm.team_id
    WHERE tm.workspace_id = ${workspaceId}::uuid ORDER BY tm.member_id, t.name COLLATE "C", t.id`.execute(tx);
  return new Map(rows.map((row) => [row.member_id, row.team_id]));
}

export function groupsBy(by: FunnelBy, columns: FunnelColumns, question: FunnelQuestion, surroundings: Surroundings): Groups {
  if (by === 'none') return { grouping: byNothing(columns), valueOf: () => null, groupOf: (value) => (value === null ? 0 : null) };
  if (by === 'month') return monthGroups(columns, question);
  if (by === 'campaign') return mappedGroups(columns, 'campaign', (id) => surroundings.campaigns.get(id) ?? id);
  if (by === 'team') return mappedGroups(columns, 'owner', (id) => surroundings.teams.get(id) ?? null);
  return plainGroups(columns, by);
}

function plainGroups(columns: FunnelColumns, column: CodedColumn): Groups {
  const dictionary = columns.dictionaries[column];
  return {
    grouping: byCodes(columns.codes[column], dictionary.texts.length),
    valueOf: (group) => dictionary.texts[group]!,
    groupOf: (value) => findCode(dictionary, value),
  };
}

function mappedGroups(columns: FunnelColumns, column: CodedColumn, valueOf: (text: string) => string | null): Groups {
  const values: (string | null)[] = [null];
  const groups = new Map<string | null, number>([[null, 0]]);
  const texts = columns.dictionaries[column].texts;
  const groupOfCode = new Int32Array(texts.length);
  for (const [code, text] of texts.entries()) {
    const value = text === null ? null : valueOf(text);
    let group = groups.get(value);
    if (group === undefined) {
      group = values.push(value) - 1;
      groups.set(value, group);
    }
    groupOfCode[code] = group;
  }
  return {
    grouping: byMappedCodes(columns.codes[column], groupOfCode, values.length),
    valueOf: (group) => values[group]!,
    groupOf: (value) => groups.get(value) ?? null,
  };
}

function monthGroups(columns: FunnelColumns, question: FunnelQuestion): Groups {
  const grouping = byMonths(columns, question);
  return {
    grouping,
    valueOf: (group) => (group === 0 ? null : monthText(grouping.firstMonth + group - 1)),
    groupOf: (value) => {
      if (value === null) return 0;
      const month = monthNumber(value);
      const group = month === null ? 0 : month - grouping.firstMonth + 1;
      return group >= 1 && group < grouping.count ? group : null;
    },
  };
}

const namedTables = { campaign: 'campaigns', owner: 'members', qualifier: 'members', team: 'teams' } as const;
const blankLabels: Record<FunnelBy, string> = {
  origin: '(blank)',
  channel: '(blank)',
  segment: '(blank)',
  campaign: '(no campaign)',
  owner: '(no owner)',
  qualifier: '(no SDR)',
  team: '(no team)',
  month: '(no date)',
  none: 'All leads',
};

export const hasIds = (by: FunnelBy): by is keyof typeof namedTables => by in namedTables;
export const blankLabel = (by: FunnelBy): string => blankLabels[by];

/** Names by id; a deleted one has none. */
export async function namesOfGroups(tx: Tx, workspaceId: WorkspaceId, by: FunnelBy, ids: readonly string[]): Promise<Map<string, string>> {
  if (!hasIds(by) || ids.length === 0) return new Map();
  const { rows } = await sql<{ id: string; name: string }>`
    SELECT id, name FROM ${sql.table(namedTables[by])} WHERE workspace_id = ${workspaceId}::uuid AND id = ANY(${ids}::uuid[])`.execute(tx);
  return new Map(rows.map((row) => [row.id, row.name]));
}
