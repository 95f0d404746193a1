/** Who is of campaigns: their members, and whose lead came by them; when each responded. In memory, for `evidence-pass.ts`. */

import type pg from 'pg';
import { copyRows, cutRows } from '#platform/db/copy-rows.ts';
import type { WorkspaceId } from '#platform/db/database.ts';
import { type IdCodes, makeCursor, none } from './evidence-rows.ts';

/** Of one campaign, by code of a lead or contact: where its moments stand. Numbers side by side, for they are looked up for every touch. */
export interface CampaignPeople {
  readonly places: Map<number, number>;
  /** When they responded, and when the lead came by the campaign: two a place, microseconds since 1970; Infinity: never. */
  moments: Float64Array;
}

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
  const people = new Map(
    [...campaigns.values()].flat().map((place): [number, CampaignPeople] => [place, { places: new Map(), moments: new Float64Array(512) }]),
  );
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

function add(people: CampaignPeople, code: number, responded: number, came: number): void {
  if (code === none) return;
  const known = people.places.get(code);
  const at = known ?? people.places.size * 2;
  if (known === undefined) {
    people.places.set(code, at);
    if (at === people.moments.length) people.moments = longer(people.moments);
    people.moments.fill(Infinity, at, at + 2);
  }
  const { moments } = people;
  if (responded < moments[at]!) moments[at] = responded;
  if (came < moments[at + 1]!) moments[at + 1] = came;
}

function longer(moments: Float64Array): Float64Array {
  const twice = new Float64Array(moments.length * 2);
  twice.set(moments);
  return twice;
}

/** When they responded, as far as a touch on this lead or contact tells; else when they came. Null: not yet. Undefined: they are not of it. */
export function respondedAt({ places, moments }: CampaignPeople, leadCode: number, contactCode: number): number | null | undefined {
  const lead = leadCode === none ? undefined : places.get(leadCode);
  const contact = contactCode === none ? undefined : places.get(contactCode);
  if (lead === undefined && contact === undefined) return undefined;
  const responded = Math.min(momentAt(moments, lead), momentAt(moments, contact));
  const at = responded === Infinity && lead !== undefined ? moments[lead + 1]! : responded;
  return at === Infinity ? null : at;
}

const momentAt = (moments: Float64Array, at: number | undefined): number => (at === undefined ? Infinity : moments[at]!);
