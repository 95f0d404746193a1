/** Who is of campaigns: their members, and whose lead came by them; when each responded. In memory, for `evidence-pass.ts`. */

import type pg from 'pg';
import { copyRows, cutRows } from '#platform/db/copy-rows.ts';
import type { WorkspaceId } from '#platform/db/database.ts';
import { type IdCodes, makeCursor, none } from './evidence-rows.ts';

/** Microseconds since 1970; Infinity: never. */
interface Member {
  responded: number;
  /** When the lead came by the campaign. */
  came: number;
}

/** Of one campaign, by code of a lead or contact. */
export type CampaignPeople = ReadonlyMap<number, Member>;

const selected = (workspace: string, campaigns: string): string => `
  SELECT m.campaign_id, m.lead_id, m.contact_id, m.responded_at, NULL::timestamptz FROM campaign_members m
    WHERE m.workspace_id = ${workspace} AND m.campaign_id = ANY(${campaigns}) AND m.archived_at IS NULL
  UNION ALL SELECT l.campaign_id, l.id, NULL, NULL, l.opened_at FROM leads l
    WHERE l.workspace_id = ${workspace} AND l.campaign_id = ANY(${campaigns})`;

/** @param campaigns by the code of each campaign the places it counts for. @returns by place */
export async function readPeople(
  client: pg.ClientBase,
  workspaceId: WorkspaceId,
  ids: IdCodes,
  campaigns: ReadonlyMap<number, readonly number[]>,
): Promise<Map<number, CampaignPeople>> {
  const people = new Map([...campaigns.values()].flat().map((place) => [place, new Map<number, Member>()]));
  if (people.size === 0) return people;
  const cursor = makeCursor();
  const rows = cutRows((view, at) => {
    cursor.begin(view, at);
    const places = campaigns.get(cursor.id(ids))!;
    const [lead, contact] = [cursor.id(ids), cursor.id(ids)];
    const [responded, came] = [cursor.moment(), cursor.moment()];
    for (const place of places) {
      add(people.get(place)!, lead, responded, came);
      add(people.get(place)!, contact, responded, came);
    }
  });
  const list = [...campaigns.keys()].map((code) => ids.textOf(code)).join(',');
  for await (const chunk of copyRows(client, selected(`'${workspaceId}'::uuid`, `'{${list}}'::uuid[]`))) rows.feed(chunk);
  return people;
}

function add(people: Map<number, Member>, code: number, responded: number, came: number): void {
  if (code === none) return;
  const known = people.get(code);
  if (!known) return void people.set(code, { responded, came });
  if (responded < known.responded) known.responded = responded;
  if (came < known.came) known.came = came;
}

/** When they responded, as far as a touch on this lead or contact tells; else when they came. Null: not yet. Undefined: they are not of it. */
export function respondedAt(people: CampaignPeople, leadCode: number, contactCode: number): number | null | undefined {
  const lead = leadCode === none ? undefined : people.get(leadCode);
  const contact = contactCode === none ? undefined : people.get(contactCode);
  if (!lead && !contact) return undefined;
  const responded = Math.min(lead?.responded ?? Infinity, contact?.responded ?? Infinity);
  const at = responded === Infinity ? (lead?.came ?? Infinity) : responded;
  return at === Infinity ? null : at;
}
