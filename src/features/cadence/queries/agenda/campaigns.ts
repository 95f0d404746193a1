/** Campaigns that launch within three weeks or did in the last one, and who has accepted a part. */

import { sql } from 'kysely';
import { dayWords } from '#features/goals/contract/wording.ts';
import { type AgendaGround, countOf, type Offered, plainly, plusDays, weighed } from './offered.ts';

const [ahead, back, most] = [21, 7, 6];

interface Launching {
  readonly id: string;
  readonly name: string;
  readonly startsOn: string;
  readonly ownerId: string | null;
  readonly accepted: string[];
  readonly waiting: string[];
  readonly declined: number;
}

export async function offerCampaigns({ database, workspaceId, today, heads }: AgendaGround): Promise<Offered[]> {
  const people = (states: ReturnType<typeof sql>) => sql`coalesce((SELECT array_agg(DISTINCT m.name) FROM campaign_roles r
    JOIN members m ON m.workspace_id = r.workspace_id AND m.id = r.member_id
    WHERE r.workspace_id = c.workspace_id AND r.campaign_id = c.id AND r.state IN (${states})), '{}')`;
  const { rows } = await database.inWorkspace(workspaceId, (tx) =>
    sql<Launching>`SELECT c.id, c.name, c.starts_on AS "startsOn", c.owner_id AS "ownerId", ${people(sql`'accepted'`)} AS accepted,
        ${people(sql`'asked', 'counterproposed'`)} AS waiting,
        (SELECT count(*)::int FROM campaign_roles r WHERE r.workspace_id = c.workspace_id AND r.campaign_id = c.id AND r.state = 'declined') AS declined
      FROM campaigns c JOIN campaign_plans p ON p.workspace_id = c.workspace_id AND p.campaign_id = c.id AND p.state IN ('draft', 'briefed', 'launched')
      WHERE c.workspace_id = ${workspaceId}::uuid AND c.archived_at IS NULL AND c.merged_into IS NULL
        AND c.starts_on BETWEEN ${plusDays(today, -back)}::date AND ${plusDays(today, ahead)}::date
      ORDER BY c.starts_on, c.id LIMIT ${most}`.execute(tx),
  );
  return rows.map((campaign) => offer(campaign, today, heads.marketing));
}

function offer({ id, name, startsOn, ownerId, accepted, waiting, declined }: Launching, today: string, head: string | null): Offered {
  const opens = `/campaigns/${id}`;
  const asked = accepted.length + waiting.length;
  const says =
    asked === 0
      ? 'nobody of sales has a part yet'
      : `${accepted.length} of ${countOf(asked, 'person', 'people')} asked have accepted a part`;
  return {
    ...plainly,
    ...{ kind: 'campaign', key: `campaign:${id}`, opens, ownerId: ownerId ?? head, minutes: 4 },
    sentence: `“${name}” ${startsOn >= today ? 'launches' : 'launched'} on ${dayWords(startsOn)}: ${says}.`,
    figures: [
      ...(accepted.length > 0 ? [{ label: 'Accepted', value: accepted.join(', ') }] : []),
      ...(waiting.length > 0 ? [{ label: 'Not answered', value: waiting.join(', ') }] : []),
      ...(declined > 0 ? [{ label: 'Declined', value: String(declined) }] : []),
    ],
    records: [{ kind: 'campaign', id, name, says, opens }],
    weight: weighed(asked === 0 ? 0.6 : waiting.length / asked),
  };
}
