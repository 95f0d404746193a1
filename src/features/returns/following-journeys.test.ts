/** Journeys follow what changes, whatever changes and however it is cut into steps: never anything else than a rebuild would say. */

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { sql } from 'kysely';
import { noteAllJourneys } from '#features/records/actions/changed-journeys.ts';
import { bulkEdit, undoBulkEdit } from '#features/records/actions/bulk-edit.ts';
import { mergeRecords, unmergeRecords } from '#features/records/actions/merge-records.ts';
import type { RecordKind } from '#features/records/contract.ts';
import { csv } from '#tests/reliability/company.ts';
import { type AttributedCompany, openAttributed } from '#tests/support/attributed.ts';
import { setAttribution } from './actions/attribution-settings.ts';
import { drainJourneys } from './actions/follow-journeys.ts';
import { tickJourneys } from './actions/tick-journeys.ts';
import { attributionContent, journeyBases } from './contract/attribution.ts';
import { journeysOf } from './queries/journey-columns.ts';

let companies: Awaited<ReturnType<typeof openAttributed>>;
before(async () => void (companies = await openAttributed()));
after(() => companies.close());

/** Uniform in [0, 1), the same for the same seed. */
function chance(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

const ids = new Map<RecordKind, string[]>();

/** One arbitrary change, by hand. */
async function changeSomething(company: AttributedCompany, random: () => number, touches: string[]): Promise<void> {
  const pick = <T>(some: readonly T[]): T => some[Math.floor(random() * some.length)]!;
  const some = (kind: RecordKind): string | null => (random() < 0.3 ? null : (pick(ids.get(kind) ?? []) ?? null));
  const at = () => new Date(Date.UTC(2026, 0, 1) + Math.floor(random() * 300 * 86_400) * 1000).toISOString();
  const perhaps = <T>(value: T): T | null => (random() < 0.4 ? null : value);
  const sets: Record<string, () => Record<string, unknown>> = {
    account: () => ({ segment: perhaps(pick(['SMB', 'Enterprise'])) }),
    contact: () => ({ accountId: some('account') }),
    lead: () => ({
      accountId: some('account'),
      contactId: some('contact'),
      openedAt: at(),
      mqlAt: perhaps(at()),
      sqlAt: perhaps(at()),
      segment: perhaps('SMB'),
    }),
    deal: () => ({
      ...{ accountId: some('account'), contactId: some('contact'), leadId: some('lead'), status: pick(['open', 'won', 'won', 'lost']) },
      ...{
        openedAt: perhaps(at()),
        closedAt: perhaps(at()),
        amount: String(Math.floor(random() * 100_000)),
        currency: pick(['EUR', 'EUR', 'CHF']),
      },
    }),
    campaign: () => ({ channel: perhaps(pick(['Email', 'Events'])) }),
  };
  const kind = pick([
    'account',
    'contact',
    'lead',
    'deal',
    'deal',
    'lead',
    'campaign',
    'touch',
    'touch',
    'touch',
    'void',
    'archive',
    'merge',
  ] as const);
  if (kind === 'touch') {
    const of = {
      accountId: some('account'),
      contactId: some('contact'),
      leadId: some('lead'),
      dealId: some('deal'),
      campaignId: some('campaign'),
    };
    const stated = Object.fromEntries(Object.entries(of).filter(([, id]) => id !== null && random() < 0.6));
    if (Object.keys(stated).some((name) => name !== 'campaignId'))
      touches.push(
        await company.touch(at(), perhaps(pick(['Email', 'Display', 'cpc'])), {
          ...stated,
          side: pick(['marketing', 'sales', 'customer']),
        }),
      );
  } else if (kind === 'void') {
    if (touches.length > 0) await company.voidTouch(pick(touches));
  } else if (kind === 'archive') {
    const what = pick(['lead', 'deal'] as const);
    const id = some(what);
    if (id) await company.record(what, { archivedAt: perhaps(at()) }, id);
  } else if (kind === 'merge') {
    const what = pick(['account', 'contact'] as const);
    const [survivorId, otherId] = [some(what), some(what)];
    const call = { kind: what, survivorId: survivorId!, otherId: otherId!, memberId: company.memberId };
    const isMerge = random() < 0.5;
    if (survivorId && otherId)
      await company
        .inside(
          async (tx) =>
            void (isMerge ? await mergeRecords(tx, company.workspaceId, call) : await unmergeRecords(tx, company.workspaceId, call)),
        )
        .catch(refused);
  } else {
    const known = ids.get(kind) ?? [];
    const changed = known.length > 3 && random() < 0.7 ? pick(known) : undefined;
    const named = changed ? {} : kind === 'contact' ? { fullName: `Contact ${known.length}` } : { name: `${kind} ${known.length}` };
    const id = await company.record(kind, { ...named, ...sets[kind]!() }, changed).catch(refused);
    if (id && !changed) ids.set(kind, [...known, id]);
  }
}

/** A merged record can't be changed and the like: nothing happened. */
function refused(error: Error): void {
  if (error.name !== 'Problem') throw error;
}

for (const basis of journeyBases)
  test(`whatever happens, journeys by ${basis} are what a rebuild would say, and so is what is held in memory`, async () => {
    const random = chance(basis.length * 7_919);
    for (const conversion of ['won', 'sql'] as const) {
      const company = await companies.make();
      ids.clear();
      const touches: string[] = [];
      await company.record('lead', { name: 'The first lead' });
      await company.follow();
      await company.set({ basis, conversion, lookBackDays: 90 });
      for (let step = 0; step < 80; step++) {
        await changeSomething(company, random, touches);
        if (random() < 0.3) await drainJourneys(company.database, company.workspaceId, { notes: 1 + Math.floor(random() * 5) });
        if (step % 20 !== 19) continue;
        await company.follow();
        assert.deepEqual(await company.strays(), [], `${conversion}, step ${step}`);
        await sameInMemory(company);
      }
    }
  });

/** The columns brought up to date again and again hold what columns read at once hold. */
async function sameInMemory(company: AttributedCompany): Promise<void> {
  const answer = await company.answer({ by: 'campaign' });
  const [sums] = await company.rows<
    Record<string, string>
  >(`SELECT coalesce(sum(first), 0)::text AS first, coalesce(sum(w), 0)::text AS w, coalesce(sum(time_decay), 0)::text AS time_decay
    FROM attribution_credits WHERE workspace_id = :ws AND setting = ${answer.setting!.number}`);
  for (const model of ['first', 'w', 'time_decay'] as const)
    assert.equal(answer.models.find((each) => each.model === model)!.value, sums![model]);
  const [counts] = await company.rows<
    Record<string, string>
  >(`SELECT count(*) FILTER (WHERE conversion_id IS NULL)::text AS open, count(conversion_id)::text AS converted,
      coalesce(sum(touch_count) FILTER (WHERE conversion_id IS NOT NULL), 0)::text AS touches
    FROM journeys WHERE workspace_id = :ws AND setting = ${answer.setting!.number} AND NOT gone`);
  assert.deepEqual(counts, {
    open: String(answer.total.openJourneys),
    converted: String(answer.total.conversions),
    touches: String(answer.total.touches),
  });
}

test('an import, an import that corrects it, and both taken back', async () => {
  const company = await companies.make();
  const leads = (account: string) =>
    csv(
      ['Lead ID', 'Name', 'Company', 'Email', 'Created', 'Account ID'],
      ['L-1', 'Ada Lind', 'Lind', 'ada@lind.example', '2026-03-01T09:00:00Z', account],
    );
  const accounts = csv(['Account ID', 'Name'], ['A-1', 'Lind AB'], ['A-2', 'Berg AB']);
  const deals = csv(
    ['Deal ID', 'Name', 'Account ID', 'Lead ID', 'Status', 'Amount', 'Currency', 'Opened', 'Closed'],
    ['D-1', 'Planner', '', 'L-1', 'won', '12000', 'EUR', '2026-03-05T09:00:00Z', '2026-04-01T09:00:00Z'],
  );
  const touches = (channel: string) =>
    csv(['Touch ID', 'When', 'Side', 'Kind', 'Channel', 'Lead ID'], ['T-1', '2026-03-01T08:00:00Z', 'customer', 'visit', channel, 'L-1']);
  // So many others that those of the next imports are followed one by one.
  const others = Array.from({ length: 40 }, (_, at) => [`O-${at}`, `Other ${at}`, '2026-02-01T09:00:00Z']);
  await company.import({ 'others.csv': csv(['Lead ID', 'Name', 'Created'], ...others) }, { source: 'others' });
  await company.follow();
  const first = await company.import({
    'accounts.csv': accounts,
    'leads.csv': leads('A-1'),
    'deals.csv': deals,
    'touches.csv': touches('Display'),
  });
  await company.follow();
  assert.deepEqual(await company.journeys(), ['Lind AB → Planner: Display']);
  const second = await company.import({ 'leads.csv': leads('A-2'), 'touches.csv': touches('Referral') });
  await company.follow();
  assert.deepEqual(await company.strays(), []);
  // The deal was with Lind when it came, and still is.
  assert.deepEqual(await company.journeys(), ['Berg AB → …: Referral', 'Lind AB → Planner:']);
  await company.undo(second.id);
  await company.follow();
  assert.deepEqual(await company.strays(), []);
  assert.deepEqual(await company.journeys(), ['Lind AB → Planner: Display']);
  await company.undo(first.id);
  await company.follow();
  assert.deepEqual(await company.journeys(), []);
  assert.deepEqual(await company.strays(), []);
  assert.equal((await company.answer()).total.conversions, 0);
});

/** Ten accounts, each with a lead, two touches and a won deal. */
async function ten(company: AttributedCompany): Promise<void> {
  for (let at = 0; at < 10; at++) {
    const accountId = await company.record('account', { name: `Account ${at}` });
    const leadId = await company.record('lead', { name: `Lead ${at}`, accountId, openedAt: '2026-03-01T09:00:00Z' });
    await company.touch('2026-03-01T08:00:00Z', 'Display', { leadId });
    await company.touch('2026-03-02T08:00:00Z', 'Email', { leadId });
    await company.record('deal', {
      name: `Deal ${at}`,
      accountId,
      leadId,
      status: 'won',
      closedAt: '2026-04-01T09:00:00Z',
      amount: '1000',
      currency: 'EUR',
    });
  }
}

test('edited in bulk, and the edit taken back', async () => {
  const company = await companies.make();
  await ten(company);
  await company.follow();
  const all = { kind: 'deal' as const, memberId: company.memberId, query: {} };
  const edit = await company.inside((tx) => bulkEdit(tx, company.workspaceId, { ...all, sets: { segment: 'SMB' } }));
  await company.follow();
  const bySegment = async () => (await company.answer({ by: 'segment' })).rows.map(({ group, influenced }) => [group, influenced]);
  assert.deepEqual(await bySegment(), [['SMB', 10]]);
  await company.inside((tx) => undoBulkEdit(tx, company.workspaceId, { id: edit.id, memberId: company.memberId }));
  await company.follow();
  assert.deepEqual(await bySegment(), [[null, 10]]);
  assert.deepEqual(await company.strays(), []);
});

test('only what differs is written: a rebuild over the same changes no row', async () => {
  const company = await companies.make();
  await ten(company);
  await company.follow();
  const state = () => company.rows(`SELECT unit_id, place, changed_xid::text FROM journeys WHERE workspace_id = :ws ORDER BY 1, 2`);
  const before = await state();
  assert.equal(before.length, 10);
  await company.inside((tx) => noteAllJourneys(tx, company.workspaceId));
  await company.follow();
  assert.deepEqual(await state(), before);
  const [account] = await company.rows<{ id: string }>(`SELECT id FROM accounts WHERE name = 'Account 3'`);
  await company.touch('2026-03-03T08:00:00Z', 'Referral', { accountId: account!.id });
  await company.follow();
  const changed = (await state()).filter((row) => !before.some((old) => JSON.stringify(old) === JSON.stringify(row)));
  assert.deepEqual(
    changed.map(({ unit_id }) => unit_id),
    [account!.id],
  );
});

test('a build that is stopped in the middle goes on where it was, and meanwhile the former setting counts', async () => {
  const company = await companies.make();
  await ten(company);
  await company.follow();
  const journeys = () => company.value(`SELECT count(*) FROM journeys WHERE workspace_id = :ws AND setting = 2`);
  await company.inside((tx) => setAttribution(tx, company.who, { content: attributionContent.parse({ basis: 'lead', model: 'u' }) }));
  let steps = 0;
  // As one that is killed between two transactions: nothing of what it held in mind is left.
  await drainJourneys(company.database, company.workspaceId, { records: 3, isToStop: () => steps++ >= 2 });
  const halfway = Number(await journeys());
  assert.ok(halfway > 0 && halfway < 10, String(halfway));
  const between = await company.answer();
  assert.deepEqual([between.setting!.number, between.freshness.building!.number, between.total.value], [1, 2, '10000']);
  assert.ok(between.freshness.building!.progress!.done > 0);
  // A change meanwhile is in both.
  const [lead] = await company.rows<{ id: string }>(`SELECT id FROM leads WHERE name = 'Lead 0'`);
  await company.touch('2026-03-03T08:00:00Z', 'Referral', { leadId: lead!.id });
  await drainJourneys(company.database, company.workspaceId, { records: 3 });
  const done = await company.answer();
  assert.deepEqual([done.setting!.number, done.freshness.building, done.total.value, done.total.touches], [2, null, '10000', 21]);
  assert.equal(await company.value(`SELECT count(*) FROM journeys WHERE workspace_id = :ws AND setting = 1`), '0', 'the former is removed');
  assert.equal(await company.value(`SELECT count(*) FROM attribution_credits WHERE workspace_id = :ws AND setting = 1`), '0');
  assert.deepEqual(await company.strays(), []);
});

test('two workers at once: one does it, nothing is done twice or left', async () => {
  const company = await companies.make();
  await ten(company);
  await Promise.all(Array.from({ length: 3 }, () => drainJourneys(company.database, company.workspaceId, { notes: 2, records: 3 })));
  await company.follow();
  assert.equal(await company.value(`SELECT count(*) FROM journey_backlog WHERE workspace_id = :ws`), '0');
  assert.deepEqual(await company.strays(), []);
});

test('time alone: notes whose worker was killed are followed, another currency of the workspace counts everything anew', async () => {
  const company = await companies.make();
  await ten(company);
  await tickJourneys(company.database);
  assert.equal((await company.answer()).total.value, '10000');
  await company.database.atGate('system', (tx) =>
    sql`UPDATE workspaces SET currency = 'CHF' WHERE id = ${company.workspaceId}`.execute(tx),
  );
  await tickJourneys(company.database);
  const answer = await company.answer();
  assert.deepEqual([answer.currency, answer.total.conversions, answer.total.value], ['CHF', 10, '0']);
  assert.deepEqual(answer.notes, ['10 conversions in EUR have no exchange rate for the day: counted as conversions, without an amount.']);
  assert.deepEqual(await company.strays(), []);
});

test('nobody sets attribution over what a colleague has just set, and the same again is no new setting', async () => {
  const company = await companies.make();
  await ten(company);
  await company.follow();
  const set = (content: object, after?: number) =>
    company.inside((tx) =>
      setAttribution(tx, company.who, { content: attributionContent.parse(content), ...(after === undefined ? {} : { after }) }),
    );
  assert.equal((await set({ model: 'u' }, 1)).number, 2);
  await assert.rejects(set({ model: 'z' }, 1), { name: 'Problem', message: /set attribution anew meanwhile/ });
  assert.equal((await set({ model: 'u' }, 2)).number, 2);
});

test('what is damaged in the tables is found', async () => {
  const company = await companies.make();
  await ten(company);
  await company.follow();
  assert.deepEqual(await company.strays(), []);
  const oneOf = `WHERE workspace_id = :ws AND unit_id = (SELECT id FROM accounts WHERE name = 'Account 4')`;
  await company.damage(`UPDATE attribution_credits SET w = w + 1 ${oneOf} AND touch_no = 1`);
  const credits = await company.strays();
  assert.equal(credits.length, 2, credits.join('\n'));
  assert.match(credits[0]!, /credit journey 0 of .* of touch 1 differs/);
  assert.match(credits[1]!, /sum of Display by w: .* w 9000, 9001/);
  await company.damage(`UPDATE attribution_credits SET w = w - 1 ${oneOf} AND touch_no = 1`);
  await company.damage(`UPDATE journeys SET amount = amount + 5 ${oneOf}`);
  assert.match((await company.strays())[0]!, /journey 0 of .* differs: amount 1005, 1000/);
  await company.damage(`UPDATE journeys SET amount = amount - 5 ${oneOf}`);
  await company.damage(`DELETE FROM journeys ${oneOf}`);
  assert.ok((await company.strays()).some((line) => line.includes('is not stored')));
});

test('memory is read anew only when it must be', async () => {
  const company = await companies.make();
  await ten(company);
  await company.follow();
  await company.answer();
  const { loads } = journeysOf(company.database).held();
  const [account] = await company.rows<{ id: string }>(`SELECT id FROM accounts WHERE name = 'Account 5'`);
  for (let hour = 10; hour < 20; hour++) {
    await company.touch(`2026-03-03T${hour}:00:00Z`, 'Referral', { accountId: account!.id });
    await company.follow();
    assert.equal((await company.answer()).total.touches, 20 + hour - 9);
  }
  assert.equal(journeysOf(company.database).held().loads, loads);
});
