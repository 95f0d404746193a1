import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { type CampaigningCompany, openCampaigning } from '#tests/support/campaigning.ts';
import { planContentSchema } from './contract/plan-content.ts';
import { gatherFacts } from './queries/gather-facts.ts';

let company: CampaigningCompany;
before(async () => {
  company = await openCampaigning();
});
after(() => company.close());

test('a part in a campaign counts once it is evidenced, on the day it was, and opens into the evidence', async () => {
  const { tim, people } = company;
  const id = await company.campaign();
  const part = await company.part(tim, id, { kind: 'calls', wanted: 2 });
  const measure = { kinds: ['participation'], by: 'count' };
  const content = planContentSchema.parse({
    ...{ name: 'Parts', currency: 'EUR', period: 'month' },
    payees: [tim, people.sam].map(({ memberId }) => ({ id: memberId, side: 'sales' })),
    components: [{ kind: 'rate', id: 'parts', name: 'Parts', measure, tiers: [{ from: '0', each: '5000' }] }],
  });
  const gather = () =>
    gatherFacts(company.database, company.workspaceId, { planId: null, content, from: '2026-10-01', until: '2026-10-31', cutOff: null });
  const responded = '2026-10-01T09:00:00Z';
  await company.touch(tim, await company.responder(id, responded), '2026-10-05T09:00:00Z');
  assert.deepEqual((await gather()).evidence.facts, []);
  await company.touch(tim, await company.responder(id, responded), '2026-10-07T09:00:00Z');
  const { evidence, openings } = await gather();
  assert.deepEqual(
    evidence.facts.map(({ id: own, on, credits, tags, count }) => [own, on, credits[0]?.payee, tags, count]),
    [[`participation:${part.id}`, '2026-10-07', tim.memberId, { campaign: id, part: 'calls' }, 1]],
  );
  assert.equal(openings.get(`participation:${part.id}`)?.path, `/api/v1/campaign-roles/${part.id}/evidence`);
});
