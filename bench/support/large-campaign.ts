/** One campaign of very many people, and what reps did about them: written by the database itself. */

import { sql } from 'kysely';
import { newId } from '#platform/db/ids.ts';
import type { Company } from './company.ts';
import { asOwner } from './ground.ts';

export const campaignSize = { reps: 50, partsEach: 3, touchesEach: 5 } as const;

export interface LargeCampaign {
  readonly campaignId: string;
  readonly people: number;
  readonly touches: number;
}

/**
 * Every person is a contact with a lead and a member of the campaign; of every second one the lead came by it, one in
 * three responded. Reps made five touches on each within ninety days: one in three names the campaign, one in fifty is
 * of another time. Every rep has accepted three parts.
 */
export async function writeLargeCampaign({ database, ownerUrl, workspaceId }: Company, people: number): Promise<LargeCampaign> {
  const campaignId = newId();
  const { reps, touchesEach } = campaignSize;
  await asOwner(ownerUrl, (client) =>
    client.query(
      `SELECT accord.ensure_month('touches', (date_trunc('month', now()) - make_interval(months => m))::date) FROM generate_series(0, 5) m`,
    ),
  );
  await database.inWorkspace(
    workspaceId,
    async (tx) => {
      const ws = sql`${workspaceId}::uuid`;
      await sql`CREATE TEMP TABLE made_reps ON COMMIT DROP AS SELECT n, accord.new_id() AS id FROM generate_series(0, ${reps - 1}) n`.execute(
        tx,
      );
      await sql`CREATE TEMP TABLE made_people ON COMMIT DROP AS SELECT n, accord.new_id() AS contact_id, accord.new_id() AS lead_id,
        now() - make_interval(days => 90 - n % 80) AS joined_at FROM generate_series(0, ${people - 1}) n`.execute(tx);
      await sql`INSERT INTO members (workspace_id, id, name, side, role) SELECT ${ws}, id, 'Rep ' || n, 'sales', 'member' FROM made_reps`.execute(
        tx,
      );
      await sql`INSERT INTO campaigns (workspace_id, id, name, channel, starts_on) VALUES (${ws}, ${campaignId}, 'Autumn', 'email', current_date - 90)`.execute(
        tx,
      );
      await sql`INSERT INTO contacts (workspace_id, id, full_name) SELECT ${ws}, contact_id, 'Person ' || n FROM made_people`.execute(tx);
      await sql`INSERT INTO leads (workspace_id, id, contact_id, campaign_id, opened_at) SELECT ${ws}, lead_id, contact_id,
        CASE WHEN n % 2 = 0 THEN ${campaignId}::uuid END, joined_at FROM made_people`.execute(tx);
      await sql`INSERT INTO campaign_members (workspace_id, id, campaign_id, contact_id, lead_id, joined_at, responded_at)
        SELECT ${ws}, accord.new_id(), ${campaignId}::uuid, contact_id, CASE WHEN n % 5 < 3 THEN lead_id END, joined_at,
          CASE WHEN n % 3 = 0 THEN joined_at + interval '3 days' END FROM made_people`.execute(tx);
      await sql`INSERT INTO touches (workspace_id, id, occurred_at, lead_id, contact_id, campaign_id, member_id, side, kind, direction, subject)
        SELECT ${ws}, accord.new_id(), p.joined_at + make_interval(days => k * 2, secs => p.n % 3600) - CASE WHEN (p.n + k) % 50 = 0 THEN interval '60 days' ELSE interval '0' END,
          CASE WHEN (p.n + k) % 4 <> 0 THEN p.lead_id END, CASE WHEN (p.n + k) % 3 <> 0 OR (p.n + k) % 4 = 0 THEN p.contact_id END,
          CASE WHEN (p.n + k) % 3 = 0 THEN ${campaignId}::uuid END, r.id, 'sales', (ARRAY['call', 'email', 'meeting', 'call', 'email'])[k + 1], 'out',
          CASE WHEN k IN (1, 4) THEN (ARRAY['Our next step', 'An offer', 'Out of office: back on Monday'])[1 + (CASE WHEN p.n % 97 = 0 THEN 2 ELSE p.n % 2 END)] END
        FROM made_people p CROSS JOIN generate_series(0, ${touchesEach - 1}) k JOIN made_reps r ON r.n = p.n % ${reps}`.execute(tx);
      await sql`INSERT INTO campaign_plans (workspace_id, campaign_id, state) VALUES (${ws}, ${campaignId}::uuid, 'launched')`.execute(tx);
      await sql`INSERT INTO campaign_roles (workspace_id, id, campaign_id, kind, member_id, wanted, due_on, state, asked_by, asked_at)
        SELECT ${ws}, accord.new_id(), ${campaignId}::uuid, kind, id, 500, current_date + 30, 'accepted', id, now() - interval '80 days'
        FROM made_reps, unnest(ARRAY['inviteList', 'calls', 'followUp']) kind`.execute(tx);
    },
    { statementTimeout: 0 },
  );
  return { campaignId, people, touches: people * touchesEach };
}
