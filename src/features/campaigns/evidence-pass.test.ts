/** Evidence in one pass is what the SQL says, whatever touches, parts and people there are. */

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import fc from 'fast-check';
import { sql } from 'kysely';
import { roleKinds } from '#engine/campaigns/states.ts';
import type { WorkspaceId } from '#platform/db/database.ts';
import { newId } from '#platform/db/ids.ts';
import { testDatabase, type TestDatabase } from '#tests/support/database.ts';
import { familiesOf } from './queries/campaign-at-hand.ts';
import { type AllEvidence, passEvidence } from './queries/evidence-pass.ts';
import { countEvidence } from './queries/role-counts.ts';
import { listTookPart, type TookPart } from './queries/took-part.ts';

let db: TestDatabase;
before(async () => {
  db = await testDatabase();
  await db.database.atGate('system', (tx) =>
    sql`SELECT accord.ensure_month('touches', m::date) FROM generate_series('2026-09-01'::date, '2026-11-01', '1 month') m`.execute(tx),
  );
});
after(() => db.close());

const [reps, people, campaigns] = [4, 12, 3];
const days = fc.integer({ min: 0, max: 60 });
const some = (count: number) => fc.option(fc.integer({ min: 0, max: count - 1 }), { nil: null });
const touch = fc.record({
  rep: fc.integer({ min: 0, max: reps - 1 }),
  lead: some(people),
  contact: some(people),
  campaign: some(campaigns),
  kind: fc.constantFrom('call', 'email', 'meeting', 'event', 'note', 'social'),
  direction: fc.constantFrom('in', 'out', null),
  side: fc.constantFrom('sales', 'sales', 'sales', 'marketing'),
  automated: fc.constantFrom(true, false, null, null),
  voided: fc.constantFrom(false, false, false, true),
  subject: fc.constantFrom(null, 'Our offer', 'Out of office: back on Monday', 'An idea'),
  day: days,
});
const part = fc.record({
  rep: fc.integer({ min: 0, max: reps - 1 }),
  campaign: fc.integer({ min: 0, max: campaigns - 1 }),
  kind: fc.constantFrom(...roleKinds),
  state: fc.constantFrom('accepted', 'accepted', 'asked'),
  asked: days,
  due: fc.option(days, { nil: null }),
});
const member = fc.record({
  campaign: fc.integer({ min: 0, max: campaigns - 1 }),
  lead: some(people),
  contact: some(people),
  responded: fc.option(days, { nil: null }),
  archived: fc.constantFrom(false, false, true),
});
const world = fc.record({
  touches: fc.array(touch, { minLength: 60, maxLength: 120 }),
  parts: fc.uniqueArray(part, { minLength: 5, maxLength: 14, selector: ({ rep, campaign, kind }) => `${rep} ${campaign} ${kind}` }),
  members: fc.array(member, { minLength: 6, maxLength: 20 }),
  leads: fc.array(fc.record({ contact: some(people), campaign: some(campaigns), opened: fc.option(days, { nil: null }) }), {
    minLength: people,
    maxLength: people,
  }),
  /** Of a campaign that is merged into the first. */
  isMerged: fc.boolean(),
});
type World = typeof world extends fc.Arbitrary<infer Of> ? Of : never;

const ids = (count: number): string[] => Array.from({ length: count }, () => newId());
/** Noon of a day of autumn, so that what happened and when somebody responded are often the same moment. */
const at = (day: number | null): string | null => (day === null ? null : new Date(Date.UTC(2026, 8, 1 + day, 12)).toISOString());

async function build({ touches, parts, members, leads, isMerged }: World) {
  const workspaceId = newId() as WorkspaceId;
  const [repIds, leadIds, contactIds, campaignIds] = [ids(reps), ids(people), ids(people), ids(campaigns)];
  const of = (list: readonly string[], place: number | null): string | null => (place === null ? null : list[place]!);
  const json = (rows: readonly object[]) => sql`jsonb_array_elements(${JSON.stringify(rows)}::jsonb) r`;
  await db.database.atGate('system', (tx) =>
    sql`INSERT INTO workspaces (id, name, slug) VALUES (${workspaceId}, 'W', ${workspaceId})`.execute(tx),
  );
  await db.database.inWorkspace(workspaceId, async (tx) => {
    const ws = sql`${workspaceId}::uuid`;
    await sql`INSERT INTO members (workspace_id, id, name, side, role) SELECT ${ws}, id, 'Rep', 'sales', 'member' FROM unnest(${repIds}::uuid[]) id`.execute(
      tx,
    );
    await sql`INSERT INTO campaigns (workspace_id, id, name, starts_on, merged_into) SELECT ${ws}, c.id, 'C', '2026-09-10',
      CASE WHEN ${isMerged} AND c.n = 3 THEN ${campaignIds[0]!}::uuid END FROM unnest(${campaignIds}::uuid[]) WITH ORDINALITY c(id, n)`.execute(
      tx,
    );
    await sql`INSERT INTO contacts (workspace_id, id) SELECT ${ws}, id FROM unnest(${contactIds}::uuid[]) id`.execute(tx);
    const ofLeads = leads.map((lead, place) => ({
      id: leadIds[place],
      contact: of(contactIds, lead.contact),
      campaign: of(campaignIds, lead.campaign),
      at: at(lead.opened),
    }));
    await sql`INSERT INTO leads (workspace_id, id, contact_id, campaign_id, opened_at) SELECT ${ws}, (r->>'id')::uuid, (r->>'contact')::uuid, (r->>'campaign')::uuid, (r->>'at')::timestamptz
      FROM ${json(ofLeads)}`.execute(tx);
    const ofMembers = members.map((each) => ({
      id: newId(),
      campaign: campaignIds[each.campaign],
      lead: of(leadIds, each.lead),
      contact: of(contactIds, each.contact),
      at: at(each.responded),
      archived: each.archived,
    }));
    await sql`INSERT INTO campaign_members (workspace_id, id, campaign_id, lead_id, contact_id, responded_at, archived_at)
      SELECT ${ws}, (r->>'id')::uuid, (r->>'campaign')::uuid, (r->>'lead')::uuid, (r->>'contact')::uuid, (r->>'at')::timestamptz, CASE WHEN (r->>'archived')::boolean THEN now() END
      FROM ${json(ofMembers)}`.execute(tx);
    const ofTouches = touches.map((each) => ({
      ...each,
      id: newId(),
      at: at(each.day),
      rep: repIds[each.rep],
      lead: of(leadIds, each.lead),
      contact: of(contactIds, each.contact),
      campaign: of(campaignIds, each.campaign),
    }));
    await sql`INSERT INTO touches (workspace_id, id, occurred_at, member_id, lead_id, contact_id, campaign_id, kind, direction, side, automated, voided_by, subject)
      SELECT ${ws}, (r->>'id')::uuid, (r->>'at')::timestamptz, (r->>'rep')::uuid, (r->>'lead')::uuid, (r->>'contact')::uuid, (r->>'campaign')::uuid, r->>'kind', r->>'direction', r->>'side',
        (r->>'automated')::boolean, CASE WHEN (r->>'voided')::boolean THEN (r->>'id')::uuid END, r->>'subject' FROM ${json(ofTouches)}`.execute(
      tx,
    );
    await sql`INSERT INTO campaign_plans (workspace_id, campaign_id) SELECT ${ws}, id FROM unnest(${campaignIds}::uuid[]) id`.execute(tx);
    const ofParts = parts.map((each) => ({
      ...each,
      id: newId(),
      rep: repIds[each.rep],
      campaign: campaignIds[each.campaign],
      asked: at(each.asked),
      due: at(each.due)?.slice(0, 10) ?? null,
    }));
    await sql`INSERT INTO campaign_roles (workspace_id, id, campaign_id, kind, member_id, wanted, due_on, state, asked_by, asked_at)
      SELECT ${ws}, (r->>'id')::uuid, (r->>'campaign')::uuid, r->>'kind', (r->>'rep')::uuid, 1, (r->>'due')::date, r->>'state', (r->>'rep')::uuid, (r->>'asked')::timestamptz
      FROM ${json(ofParts)}`.execute(tx);
  });
  return { workspaceId, campaignIds };
}

const zone = 'Europe/Berlin';
const inOrder = ({ roles, tookPart }: AllEvidence) => ({
  roles: [...roles].sort(([one], [other]) => (one < other ? -1 : 1)),
  tookPart: tookPart.map((each) => JSON.stringify([each.campaignId, each.memberId, each.touches, each.people])).sort(),
});

test('parts and who took part, for all campaigns, of reps with and without parts, are the same either way', async () => {
  let seen = 0;
  const property = fc.asyncProperty(world, async (made) => {
    const { workspaceId, campaignIds } = await build(made);
    const { families, bySql } = await db.database.inWorkspace(workspaceId, async (tx) => {
      const asked = made.isMerged ? campaignIds.slice(0, 2) : campaignIds;
      const families = await familiesOf(tx, workspaceId, asked);
      const { rows } = await sql<{
        id: string;
      }>`SELECT id FROM campaign_roles WHERE campaign_id = ANY(${asked}::uuid[]) AND state = 'accepted'`.execute(tx);
      const roles = await countEvidence(
        tx,
        workspaceId,
        zone,
        rows.map(({ id }) => id),
      );
      return { families, bySql: { roles, tookPart: await listTookPart(tx, workspaceId, zone, families) } };
    });
    seen += bySql.tookPart.length + [...bySql.roles.values()].filter(({ evidenced }) => evidenced > 0).length;
    assert.deepEqual(inOrder(await passEvidence(db.database, workspaceId, zone, families)), inOrder(bySql));
  });
  await fc.assert(property, { numRuns: 25 });
  assert.ok(seen > 25, `only ${seen} were compared`);
});

test('where a campaign and the one it was merged into are both asked for, each counts by its own family', async () => {
  let seen = 0;
  for (const one of fc.sample(world, { numRuns: 8, seed: 11 })) {
    const { workspaceId, campaignIds } = await build({ ...one, isMerged: true });
    const { families, took } = await db.database.inWorkspace(workspaceId, async (tx) => {
      const families = await familiesOf(tx, workspaceId, campaignIds);
      const apart: TookPart[] = [];
      for (const family of families) apart.push(...(await listTookPart(tx, workspaceId, zone, [family])));
      return { families, took: apart };
    });
    seen += took.length;
    const { tookPart } = await passEvidence(db.database, workspaceId, zone, families);
    assert.deepEqual(inOrder({ roles: new Map(), tookPart }), inOrder({ roles: new Map(), tookPart: took }));
  }
  assert.ok(seen > 8, `only ${seen} were compared`);
});
