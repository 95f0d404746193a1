/** An imported company in which nobody was ever asked: participation and lift against sums made by plain SQL. */
import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { writeSimulation } from '#features/simulate/commands.ts';
import type { Who } from '#platform/http/route.ts';
import { type Company, openCompanies } from '#tests/reliability/company.ts';
import { answerLiftOverall } from './queries/lift.ts';
import { answerOverview } from './queries/participation.ts';

let companies: Awaited<ReturnType<typeof openCompanies>>;
let company: Company;
let head: Who;
const period = { start: '2024-01-01', end: '2025-12-31' };
before(async () => {
  companies = await openCompanies();
  company = await companies.make({ timeZone: 'Europe/Berlin' });
  const folder = await mkdtemp(join(tmpdir(), 'accord-campaigns-'));
  await writeSimulation({ seed: 5, months: 18, leads: 2_500, state: 'typical', folder, start: '2024-01-01' });
  await company.import([folder]);
  await rm(folder, { recursive: true, force: true });
  head = {
    workspaceId: company.workspaceId,
    memberId: '00000000-0000-7000-8000-000000000000',
    name: 'Hal',
    side: 'sales',
    role: 'manager',
  };
});
after(() => companies.close());

interface Numbers {
  readonly [name: string]: unknown;
}
const rowsOf = (text: string): Promise<Numbers[]> => company.rows(text);

test('who invited people took part, campaign by campaign', async () => {
  const { campaigns, total } = await answerOverview(company.database, head, period);
  const expected =
    await rowsOf(`SELECT c.name, count(DISTINCT t.member_id)::int AS members FROM campaigns c LEFT JOIN touches t ON t.workspace_id = c.workspace_id
    AND t.campaign_id = c.id AND t.kind = 'message' AND t.side = 'sales' AND t.direction = 'out' WHERE c.workspace_id = :ws GROUP BY c.name`);
  assert.ok(campaigns.length > 15);
  for (const { campaign, counts } of campaigns)
    assert.equal(counts!.evidenced, expected.find(({ name }) => name === campaign.name)!.members, campaign.name);
  assert.ok(total!.evidenced >= 3 && total!.asked === 0);
});

test('lift counts the very leads that SQL does', async () => {
  const { outcomes, participants } = await answerLiftOverall(company.database, head, period);
  const won = outcomes.find(({ outcome }) => outcome === 'won')!;
  const [expected] =
    await rowsOf(`WITH part AS MATERIALIZED (SELECT DISTINCT t.campaign_id, t.member_id FROM touches t WHERE t.workspace_id = :ws AND t.kind = 'message' AND t.side = 'sales' AND t.campaign_id IS NOT NULL),
    led AS MATERIALIZED (SELECT l.campaign_id, coalesce(l.segment, '') AS segment, coalesce(l.qualifier_id, l.owner_id) AS rep, (l.mql_at AT TIME ZONE 'Europe/Berlin')::date AS mql,
        (l.won_at AT TIME ZONE 'Europe/Berlin')::date AS won FROM leads l
      WHERE l.workspace_id = :ws AND l.campaign_id IS NOT NULL AND l.mql_at IS NOT NULL AND l.archived_at IS NULL AND coalesce(l.qualifier_id, l.owner_id) IS NOT NULL),
    cell AS (SELECT led.*, (led.campaign_id, led.rep) IN (SELECT p.campaign_id, p.member_id FROM part p) AS took, coalesce(won <= mql + 180, false) AS reached
      FROM led WHERE mql + 180 <= current_date),
    stratum AS (SELECT campaign_id, segment, count(*) FILTER (WHERE took) AS n1, count(*) FILTER (WHERE took AND reached) AS y1,
      count(*) FILTER (WHERE NOT took) AS n0, count(*) FILTER (WHERE NOT took AND reached) AS y0 FROM cell GROUP BY 1, 2)
    SELECT sum(n1)::int AS n1, sum(y1)::int AS y1, sum(n0)::int AS n0, sum(y0)::int AS y0, count(*)::int AS strata,
      (sum((n1 * n0)::float / (n1 + n0) * (y1::float / n1 - y0::float / n0)) / sum((n1 * n0)::float / (n1 + n0)))::text AS difference
    FROM stratum WHERE n1 > 0 AND n0 > 0`);
  const { worked, compared, strata, difference } = won;
  assert.deepEqual(
    [worked!.leads, worked!.reached, compared!.leads, compared!.reached, strata],
    ['n1', 'y1', 'n0', 'y0', 'strata'].map((name) => expected![name]),
  );
  assert.ok(participants! >= 3 && worked!.leads > 20);
  if (difference) assert.ok(Math.abs(difference.value - Number(expected!.difference)) < 1e-9);
});
