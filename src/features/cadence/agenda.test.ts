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
/** So small a company tells enough of these; of slow sales and of customers who leave only a greater one does. */
const small = { seed: 1, months: 12, leads: 2_500 };
const great = { seed: 1, months: 24, leads: 8_000 };
/** Which causes are the illness of a state. */
const illnesses: readonly { state: State; causes: readonly string[]; size: typeof small }[] = [
  { state: 'marketing-flooding', causes: ['beyondCapacity'], size: small },
  { state: 'campaigns-ignored', causes: ['campaignsNotFollowed'], size: small },
  ...(process.env['WHOLE'] === undefined
    ? []
    : [
        { state: 'sales-slow' as const, causes: ['slowFirstTouch', 'neverWorked', 'tooFewAttempts'], size: great },
        { state: 'retention-bleeding' as const, causes: ['churnedAgainstIcp'], size: { ...small, months: 18, leads: 4_000 } },
      ]),
];

for (const { state, causes, size } of illnesses)
  test(`${state}: where no action is open, the agenda begins with what the cost of misalignment names first`, async () => {
    const { company } = await misaligned(companies, { ...size, state });
    const candidates = await gatherCandidates(company.database, company.workspaceId);
    const cost = await answerCost(company.database, company.workspaceId, noPay, { by: 'none' });
    const first = arrange(candidates, [], 45)[0]!.candidate;
    assert.equal(first.key, `cost:${cost.first?.cause}`);
    assert.equal(first.sentence, cost.first!.says);
    assert.ok(causes.includes(cost.first!.cause), cost.first!.cause);
  });

test('well-aligned: no illness is named, and none leads the agenda', async () => {
  const { company } = await misaligned(companies, { ...small, state: 'well-aligned' });
  const candidates = await gatherCandidates(company.database, company.workspaceId);
  assert.deepEqual(
    candidates.filter(({ kind }) => kind === 'cost'),
    [],
  );
});
