/**
 * Evidence of all parts in campaigns and of taking part unasked, in one pass over the touches of sales: each is looked at
 * once, by the rules of `engine/campaigns/evidence.ts`. The same in SQL (`evidence-sql.ts`) joins every touch with every
 * part of its rep, which takes many times as long where both are many.
 */

import { isEvidenceOf, isPart } from '#engine/campaigns/evidence.ts';
import { inSnapshot } from '#platform/db/columns-cache.ts';
import type { Database, WorkspaceId } from '#platform/db/database.ts';
import { type CampaignPeople, readPeople, respondedAt } from './evidence-people.ts';
import { type IdCodes, makeIdCodes, none } from './evidence-rows.ts';
import { type PassRole, type PassRoles, readPassRoles } from './evidence-roles.ts';
import { readTouches, type SeenTouch } from './evidence-touches.ts';
import type { RoleEvidence } from './role-counts.ts';
import type { Family, TookPart } from './took-part.ts';

export interface AllEvidence {
  /** Of every accepted part in the campaigns. */
  readonly roles: ReadonlyMap<string, RoleEvidence>;
  /** By campaign and member; who has none is not there. */
  readonly tookPart: readonly TookPart[];
}

/** Not inside a transaction: it takes two of its own. */
export async function passEvidence(
  database: Database,
  workspaceId: WorkspaceId,
  timeZone: string,
  campaigns: readonly Family[],
): Promise<AllEvidence> {
  if (campaigns.length === 0) return { roles: new Map(), tookPart: [] };
  const asked = await database.inWorkspace(workspaceId, (tx) => readPassRoles(tx, workspaceId, timeZone, campaigns));
  const pass = makePass(asked, campaigns);
  await inSnapshot(database, workspaceId, async (client) => {
    const people = await readPeople(client, workspaceId, pass.ids, pass.withParts);
    const named = campaigns.flatMap(({ family }) => family);
    await readTouches(client, workspaceId, pass.ids, { roles: asked.roles, campaigns: named }, (touch) => pass.look(touch, people));
  });
  return pass.found();
}

interface Part extends PassRole {
  /** Codes of people, and of what was added by hand. */
  readonly reached: Set<number>;
}

interface Took {
  touches: number;
  readonly people: Set<number>;
}

/** Campaigns go by their place among those given. */
function makePass({ roles, added }: PassRoles, campaigns: readonly Family[]) {
  const ids = makeIdCodes();
  const places = placesByCode(campaigns, ids);
  const parts = roles.map((role): Part => ({ ...role, reached: new Set((added.get(role.id) ?? []).map(ids.codeOf)) }));
  const byMember = partsByMember(parts, campaigns, ids);
  const concerned = new Set([...byMember.values()].flatMap((own) => own.map(([place]) => place)));
  const took = campaigns.map(() => new Map<number, Took>());
  const take = (place: number, { member, lead, contact }: SeenTouch): void => {
    let own = took[place]!.get(member);
    if (!own) took[place]!.set(member, (own = { touches: 0, people: new Set() }));
    own.touches++;
    if (contact !== none || lead !== none) own.people.add(contact === none ? lead : contact);
  };
  return {
    ids,
    /** Campaigns with parts, by code: only their people are asked for. */
    withParts: placesByCode(campaigns, ids, (place) => concerned.has(place)),
    look(touch: SeenTouch, people: ReadonlyMap<number, CampaignPeople>): void {
      const named = places.get(touch.campaign) ?? nowhere;
      if (named.length > 0 && isPart(touch)) for (const place of named) take(place, touch);
      for (const [place, own] of byMember.get(touch.member) ?? []) {
        const namesIt = named.includes(place);
        // What names the campaign and is evidence of a part is taking part already.
        if (reach(own, touch, people.get(place)!, namesIt) && !namesIt) take(place, touch);
      }
    },
    found: (): AllEvidence => ({
      roles: new Map(parts.map(({ id, from, to, reached }) => [id, { evidenced: reached.size, from, to }])),
      tookPart: took.flatMap((members, place) =>
        [...members].map(([member, own]) => ({
          ...{ campaignId: campaigns[place]!.id, memberId: ids.textOf(member), touches: own.touches, people: own.people.size },
        })),
      ),
    }),
  };
}

const nowhere: readonly number[] = [];

/** By code of a campaign, merged ones included, the places that it counts for: its own, and its survivor's where both are asked for. */
function placesByCode(campaigns: readonly Family[], ids: IdCodes, isAsked: (place: number) => boolean = () => true): Map<number, number[]> {
  const places = new Map<number, number[]>();
  for (const [place, { family }] of campaigns.entries())
    if (isAsked(place)) for (const code of family.map(ids.codeOf)) places.set(code, [...(places.get(code) ?? []), place]);
  return places;
}

/** By code of the member, its parts in each campaign. */
function partsByMember(parts: readonly Part[], campaigns: readonly Family[], ids: IdCodes): Map<number, [number, Part[]][]> {
  const placeOf = new Map(campaigns.map(({ id }, place) => [id, place]));
  const byMember = Map.groupBy(parts, ({ memberId }) => ids.codeOf(memberId));
  return new Map([...byMember].map(([member, own]) => [member, [...Map.groupBy(own, ({ campaignId }) => placeOf.get(campaignId)!)]]));
}

/** @returns whether it is evidence of any of these parts of its rep in one campaign */
function reach(parts: readonly Part[], touch: SeenTouch, people: CampaignPeople, namesIt: boolean): boolean {
  const responded = respondedAt(people, touch.lead, touch.contact);
  if (responded === undefined && !namesIt) return false;
  const person = touch.contact === none ? touch.lead : touch.contact;
  let is = false;
  for (const { kind, fromAt, untilAt, reached } of parts) {
    if (touch.at < fromAt || touch.at >= untilAt || !isEvidenceOf(kind, touch, responded ?? null)) continue;
    is = true;
    if (person !== none) reached.add(person);
  }
  return is;
}
