/** What the data offers to talk about on companies in known states, and in which order. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { arrange } from '#engine/cadence/agenda.ts';
import type { State } from '#engine/simulate/parameters.ts';
import { answerCost } from '#features/alignment/queries/cost.ts';
import { openCompanies } from '#tests/reliability/company.ts';
import { misaligned } from '#tests/support/misaligned.ts';
import { gatherCandidates } from './queries/agenda/gather.ts';

let companies: Awaited<ReturnType<typeof openCompanies>>;
before(async () => {
  companies = await openCompanies();
});
after(() => companies.close());

const noPay = { marketing: false, sales: false };
/** Which causes are the illness of a state. */
const illnesses: readonly (readonly [State, readonly string[]])[] = [
  ['sales-slow', ['slowFirstTouch']],
  ['marketing-flooding', ['beyondCapacity', 'rejectedHours']],
  ['campaigns-ignored', ['campaignsNotFollowed']],
  ['retention-bleeding', ['churnedAgainstIcp']],
];

for (const [state, causes] of illnesses)
  test(`${state}: where no action is open, the agenda begins with what the cost of misalignment names first`, async () => {
    const { company } = await misaligned(companies, { seed: 7, months: 12, leads: 2_500, state });
    const candidates = await gatherCandidates(company.database, company.workspaceId);
    const first = arrange(candidates, [], 45)[0]!.candidate;
    console.log(
      state,
      candidates.map(({ key, sentence, weight }) => `${key} ${weight} ${sentence}`),
    );
    const cost = await answerCost(company.database, company.workspaceId, noPay, { by: 'none' });
    assert.equal(first.key, `cost:${cost.first?.cause}`);
    assert.ok(causes.includes(cost.first!.cause), cost.first!.cause);
  });
