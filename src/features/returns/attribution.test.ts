/** What attribution answers, and that every number of it opens into as much as it says: a company brought in from files. */

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { ruleModels } from '#engine/attribution/models.ts';
import { startWorker } from '#platform/jobs/worker.ts';
import { csv } from '#tests/reliability/company.ts';
import { type AttributedCompany, openAttributed } from '#tests/support/attributed.ts';
import { answerEstimates } from './actions/estimate.ts';
import { attributionCommand } from './commands/attribution.ts';
import { attributionGroupings, drivenModels } from './contract/attribution.ts';
import { creditsAsk, type OpenJourney } from './contract/credits.ts';
import { groupTouchesAsk } from './contract/channel-groups.ts';
import { pathsAsk } from './contract/paths.ts';
import { returnsJobs } from './jobs.ts';
import { getAttributedValue } from './queries/attributed-value.ts';
import { answerChannelGroups, tryChannelRules } from './queries/channel-groups.ts';
import { listGroupTouches } from './queries/group-touches.ts';
import { getJourney } from './queries/journey.ts';
import { listJourneysOf } from './queries/journeys-of-record.ts';
import { answerPaths } from './queries/paths.ts';

let companies: Awaited<ReturnType<typeof openAttributed>>;
let company: AttributedCompany;
before(async () => {
  companies = await openAttributed({ poolSize: 12 });
  company = await companies.make({ timeZone: 'Europe/Berlin' });
  await company.import(files());
  // As an import brings them whose mapping has fields of the company's own.
  await company.damage(
    `UPDATE touches SET channel = NULL, custom = '{"source":"google","medium":"cpc"}' WHERE workspace_id = :ws AND channel = 'google / cpc'`,
  );
  await company.follow();
});
after(() => companies.close());

const channels = ['Email', 'google / cpc', 'Direct', 'Our fair', ''];
const accounts = 60;

/** Sixty accounts, each with a lead; two of three win a deal, some two; up to five touches each, one without any. */
function files(): Record<string, string> {
  const day = (at: number, hour = 8): string => new Date(Date.UTC(2026, 0, 1 + at, hour)).toISOString().replace('.000', '');
  const numbers = Array.from({ length: accounts }, (_, at) => at);
  const touches = numbers.flatMap((at) =>
    Array.from({ length: at === 7 ? 0 : 1 + (at % 5) }, (_, no) => {
      const text = channels[(at * 2 + no * 3) % channels.length]!;
      const side = (at + no) % 4 === 3 ? 'sales' : 'customer';
      return [
        ...[`T-${at}-${no}`, day(at + no * 3), side, side === 'sales' ? 'call' : 'visit', text],
        ...[`L-${at}`, no % 2 ? `K-${at % 3}` : '', side === 'sales' ? `rep${at % 4}@northwind.example` : '', `Page ${no % 3}`],
      ];
    }),
  );
  const deals = numbers.flatMap((at) => {
    const deal = (no: number) => [
      ...[
        `D-${at}-${no}`,
        `Deal ${at}-${no}`,
        `A-${at}`,
        `L-${at}`,
        at % 3 === 2 ? 'lost' : 'won',
        (100.01 + at * 7 + no).toFixed(2),
        'EUR',
      ],
      ...[day(at + 10), day(at + 20 + no * 9)],
    ];
    return at % 5 === 0 ? [deal(0), deal(1)] : [deal(0)];
  });
  return {
    'members.csv': csv(['Email', 'Name', 'Side'], ...[0, 1, 2, 3].map((at) => [`rep${at}@northwind.example`, `Rep ${at}`, 'sales'])),
    'accounts.csv': csv(['Account ID', 'Name', 'Segment'], ...numbers.map((at) => [`A-${at}`, `Account ${at}`, at % 4 ? 'SMB' : ''])),
    'campaigns.csv': csv(['Campaign ID', 'Name', 'Channel'], ...[0, 1, 2].map((at) => [`K-${at}`, `Campaign ${at}`, 'Email'])),
    'leads.csv': csv(
      ['Lead ID', 'Name', 'Account ID', 'Created'],
      ...numbers.map((at) => [`L-${at}`, `Lead ${at}`, `A-${at}`, day(at + 1)]),
    ),
    'deals.csv': csv(['Deal ID', 'Name', 'Account ID', 'Lead ID', 'Status', 'Amount', 'Currency', 'Opened', 'Closed'], ...deals),
    'touches.csv': csv(['Touch ID', 'When', 'Side', 'Kind', 'Channel', 'Lead ID', 'Campaign ID', 'Who', 'Subject'], ...touches),
  };
}

const query = (url: string): Record<string, string> => Object.fromEntries(new URL(url, 'http://x').searchParams);

test('files came in as meant', async () => {
  assert.equal(await company.value(`SELECT count(*) FROM deals WHERE workspace_id = :ws AND status = 'won'`), '48');
  assert.deepEqual(await company.strays(), []);
});

test('under every model and by whatever one groups, the rows and what is unattributed are the revenue, to the unit', async () => {
  const revenue = await company.value(`SELECT sum(amount) FROM deals WHERE workspace_id = :ws AND status = 'won'`);
  for (const by of attributionGroupings) {
    const answer = await company.answer({ by });
    assert.equal(answer.total.value, revenue, by);
    assert.equal(answer.unattributed.conversions, 1, 'Account 7 has no touch');
    for (const model of ruleModels) {
      const sum = answer.rows.reduce((total, row) => total + BigInt(row.models[model]!.value!), 0n);
      assert.equal(String(sum + BigInt(answer.unattributed.value)), revenue, `${by} ${model}`);
      assert.equal(answer.models.find((each) => each.model === model)!.difference, '0');
    }
  }
});

test('every number opens into the conversions and touches that make it, page by page', async () => {
  for (const by of attributionGroupings) {
    const answer = await company.answer({ by, start: '2026-01-15', end: '2026-03-10' });
    assert.ok(answer.rows.length > 1, by);
    for (const row of answer.rows)
      for (const model of ['first', 'w', 'time_decay'] as const) {
        const credit = row.models[model]!;
        const conversions = await allPages({ ...query(row.creditsUrl), model });
        assert.equal(conversions.total, row.influenced, `${by} ${row.label}`);
        assert.equal(conversions.items.length, row.influenced);
        assert.equal(conversions.sum.value, credit.value);
        assert.equal(String(conversions.items.reduce((sum, each) => sum + BigInt(each.credited), 0n)), credit.value);
        near(
          conversions.items.reduce((sum, each) => sum + each.share!, 0),
          credit.conversions,
        );
        const touches = await allPages({ ...query(row.touchesUrl), model });
        assert.equal(touches.items.length, row.touches);
        assert.equal(String(touches.items.reduce((sum, each) => sum + BigInt(each.credited), 0n)), credit.value);
      }
  }
  const none = await allPages({ which: 'unattributed' });
  assert.equal(none.items.length, 1);
  const all = await allPages({});
  assert.equal(all.items.length, 48);
  await assert.rejects(company.credits({ cursor: 'made up' }), { name: 'Problem' });
});

const near = (a: number, b: number): void => assert.ok(Math.abs(a - b) < 1e-9, `${a} and ${b}`);

async function allPages(asked: Record<string, unknown>) {
  const items: { credited: string; share: number | null }[] = [];
  let next: string | undefined;
  let last;
  do {
    last = await company.credits({ ...asked, limit: 7, ...(next ? { cursor: next } : {}) });
    items.push(...last.conversions.map(({ credited, creditedConversions }) => ({ credited, share: creditedConversions })));
    items.push(...last.touches.map(({ credited }) => ({ credited, share: null })));
    next = last.next ?? undefined;
  } while (next);
  return { items, total: last.total, sum: last.sum };
}

test('a journey shows what each touch earns, which were milestones, and what did not count', async () => {
  const [row] = (await company.credits({ group: JSON.stringify('Sales calls'), limit: 1 })).conversions;
  const journey = await company.inside((tx) => getJourney(tx, company.workspaceId, row!));
  for (const model of ruleModels) {
    assert.equal(journey.totals[model], journey.conversion!.amount, model);
    near(
      journey.touches.reduce((sum, touch) => sum + touch.credits[model]!.share, 0),
      1,
    );
  }
  assert.ok(journey.touches[0]!.milestones.includes('first'));
  assert.ok(journey.touches.at(-1)!.milestones.includes('last'));
  assert.ok(journey.touches.every(({ at }) => at <= journey.conversion!.at && at >= journey.windowFrom!));
  assert.ok(journey.touches.some(({ channel, member }) => channel === 'Sales calls' && member?.name.startsWith('Rep')));
  await company.set({ sides: ['customer'] });
  const without = await company.inside((tx) => getJourney(tx, company.workspaceId, row!));
  assert.deepEqual([...new Set(without.notCounted.map(({ why }) => why))], ['touches of sales don’t count']);
  await company.set({});
  const items = await company.inside((tx) => listJourneysOf(tx, company.workspaceId, { kind: 'deal', id: row!.conversion.id }));
  assert.deepEqual(
    items.items.map(({ unitId, place }) => ({ unitId, place })),
    [{ unitId: row!.unitId, place: row!.place }],
  );
  await assert.rejects(
    company.inside((tx) => getJourney(tx, company.workspaceId, { ...row!, place: 99 })),
    { code: 'not-found' },
  );
});

test('paths: every conversion goes one way, and the links carry all of them', async () => {
  const answer = await answerPaths(company.database, company.workspaceId, pathsAsk.parse({ steps: 2, limit: 200 }));
  const touched = answer.total.conversions - answer.total.withoutTouches;
  const into = answer.links.filter(({ target }) => target === 'converted');
  assert.equal(
    into.reduce((sum, { conversions }) => sum + conversions, 0),
    touched,
  );
  assert.equal(
    answer.nodes.filter(({ step }) => step === 0).reduce((sum, { conversions }) => sum + conversions, 0),
    touched,
  );
  assert.equal(
    answer.paths.reduce((sum, { conversions }) => sum + conversions, 0),
    touched,
  );
  assert.equal(
    answer.lengths.reduce((sum, { conversions }) => sum + conversions, 0),
    answer.total.conversions,
  );
  assert.equal(answer.notShown, null);
  // Equal channels in a row are one step.
  const ways = (await company.journeys()).filter((line) => line.includes('…')).map((line) => line.split(': ')[1]!.split(' > '));
  const collapsed = ways.map((way) => way.filter((channel, at) => channel !== way[at - 1]).join());
  for (const each of answer.paths)
    assert.equal(each.open, collapsed.filter((way) => way === each.channels.join()).length, each.channels.join());
  assert.ok(answer.paths.some(({ open }) => open > 0));
  for (const { open, openUrl, channels: way } of answer.paths) {
    const { total, items } = await allOpen(query(openUrl!));
    assert.deepEqual([total, items.length], [open, open], openUrl!);
    assert.ok(items.every((item) => item.channels.join() === way.join()));
  }
});

test('open journeys open, the latest touched first, each with whose it is and the way it came', async () => {
  const { openJourneys, openJourneysUrl } = (await company.answer()).total;
  const { total, items } = await allOpen(query(openJourneysUrl));
  assert.ok(openJourneys > 7);
  assert.deepEqual([total, new Set(items.map(({ unitId }) => unitId)).size], [openJourneys, openJourneys]);
  assert.deepEqual(
    items.map(({ lastOn }) => lastOn),
    items
      .map(({ lastOn }) => lastOn)
      .toSorted()
      .reverse(),
  );
  assert.ok(items.every(({ unit, unitId }) => unit?.kind === 'account' && unit.id === unitId && unit.name.startsWith('Account')));
  const { touches, conversion } = await company.inside((tx) => getJourney(tx, company.workspaceId, items[0]!));
  assert.deepEqual([touches.length, conversion], [items[0]!.touches, null]);
  assert.throws(() => creditsAsk.parse({ which: 'open', start: '2026-01-01' }), /open journeys have none/);
  await assert.rejects(company.credits({ which: 'open', cursor: 'made up' }), { name: 'Problem' });
});

test('every number of the paths opens into the conversions that make it: ways, steps, links, lengths and the rest', async () => {
  const scopes = [
    { steps: 2, limit: 200 },
    { steps: 8, limit: 3 },
    { steps: 3, limit: 4, start: '2026-01-15', end: '2026-03-10', segment: '"SMB"' },
    { segment: 'null' },
  ];
  let opened = 0;
  const same = async (url: string, conversions: number, value?: string): Promise<void> => {
    const { items, total, sum } = await allPages(query(url));
    assert.deepEqual([total, items.length, sum.conversions], [conversions, conversions, conversions], url);
    if (value !== undefined) assert.equal(sum.value, value, url);
    opened++;
  };
  for (const scope of scopes) {
    const { paths, nodes, links, lengths, notShown, total } = await answerPaths(
      company.database,
      company.workspaceId,
      pathsAsk.parse(scope),
    );
    for (const { recordsUrl, conversions, value } of [...nodes, ...links, ...paths]) await same(recordsUrl!, conversions, value);
    for (const { recordsUrl, conversions } of lengths) await same(recordsUrl, conversions);
    if (notShown) await same(notShown.recordsUrl, notShown.conversions, notShown.value);
    await same(total.recordsUrl, total.conversions, total.value);
    await same(total.withoutTouchesUrl, total.withoutTouches);
    // As touches, it is the same value: each conversion is shared out among its own.
    const touches = await allPages({ ...query(paths[0]!.recordsUrl!), which: 'touches' });
    assert.equal(touches.sum.value, paths[0]!.value);
  }
  assert.ok(opened > 150, `${opened}`);
});

test('a way that nobody went is empty, one that is none is refused', async () => {
  for (const asked of [
    { path: '["Nowhere"]' },
    { path: '["Direct","Nowhere"]' },
    { at: '[0,"Nowhere"]' },
    { at: '[5,"Direct"]', steps: 5 },
    { at: '"converted"', to: '"more"' },
    { beyond: 200 },
  ])
    assert.deepEqual((await company.credits(asked)).sum, { conversions: 0, value: '0' }, JSON.stringify(asked));
  assert.throws(() => creditsAsk.parse({ path: 'Direct' }), /a path is JSON/);
  assert.throws(() => creditsAsk.parse({ path: '[]' }), /a path is JSON/);
  assert.throws(() => creditsAsk.parse({ at: '"start"' }), /a station is JSON/);
  assert.throws(() => creditsAsk.parse({ to: '"more"' }), /where it comes from/);
  assert.throws(() => creditsAsk.parse({ length: 22 }));
});

async function allOpen(asked: Record<string, unknown>) {
  const items: OpenJourney[] = [];
  let next: string | undefined;
  let last;
  do {
    last = await company.credits({ ...asked, limit: 7, ...(next ? { cursor: next } : {}) });
    items.push(...last.open);
    next = last.next ?? undefined;
  } while (next);
  return { items, total: last.total };
}

test('channel groups: each touch by one rule, what fell through is named, and all of it opens', async () => {
  const { database, workspaceId } = company;
  const groups = await answerChannelGroups(database, workspaceId);
  const total = Number(await company.value(`SELECT count(*) FROM touches WHERE workspace_id = :ws`));
  assert.equal(groups.total.touches, total);
  assert.equal(groups.groups.reduce((sum, { touches }) => sum + touches, 0) + groups.total.fellThrough, total);
  assert.ok(
    groups.groups.some(({ group, rule }) => group === 'Paid Search' && rule.startsWith('the published rule')),
    'google / cpc',
  );
  for (const each of [...groups.groups, ...groups.fellThrough]) {
    const first = await listGroupTouches(database, workspaceId, groupTouchesAsk.parse({ ...query(each.touchesUrl), limit: 5 }));
    assert.equal(first.total, each.touches);
    let seen = first.items.length;
    for (let next = first.next; next; ) {
      const page = await listGroupTouches(
        database,
        workspaceId,
        groupTouchesAsk.parse({ ...query(each.touchesUrl), limit: 5, cursor: next }),
      );
      seen += page.items.length;
      next = page.next;
    }
    assert.equal(seen, each.touches, JSON.stringify(each));
  }
});

test('rules are tried before they are set: what they would move', async () => {
  const rules = [
    { group: 'Fairs', all: [{ field: 'channel' as const, is: 'eq' as const, value: 'our FAIR' }] },
    { group: 'Never', all: [{ field: 'source' as const, is: 'begins' as const, value: 'bing' }] },
  ];
  const trial = await tryChannelRules(company.database, company.workspaceId, rules);
  const fairs = Number(await company.value(`SELECT count(*) FROM touches WHERE workspace_id = :ws AND channel = 'Our fair'`));
  assert.deepEqual(trial.moved, [{ from: 'Our fair', to: 'Fairs', touches: fairs }]);
  assert.deepEqual(
    trial.rules.map(({ touches }) => touches),
    [fairs, 0],
  );
  assert.equal(trial.groups.find(({ group }) => group === 'Fairs')!.before, 0);
});

test('the figures get what the answer says', async () => {
  for (const by of ['channel', 'campaign'] as const) {
    const asked = { start: '2026-01-15', end: '2026-03-10' };
    const values = await getAttributedValue(company.database, company.workspaceId, { by, ...asked });
    const answer = await company.answer({ by, ...asked });
    assert.deepEqual(
      Object.fromEntries(values.rows.map(({ group, value }) => [group, String(value)])),
      Object.fromEntries(answer.rows.map(({ group, models }) => [group, models.w!.value])),
    );
    const sum = values.rows.reduce((total, { value }) => total + value, values.unattributed.value);
    assert.equal(sum, values.total.value);
  }
});

test('data-driven models answer off the request’s path, say how sure they are, and say when they are out of date', async () => {
  const before = await company.answer();
  const waiting = before.models.filter(({ kind }) => kind === 'driven');
  assert.deepEqual(
    waiting.map(({ whyNot, value }) => [whyNot, value]),
    drivenModels.map(() => ['It is being calculated.', null]),
  );
  await answerEstimates(company.database, company.workspaceId);
  const answer = await company.answer();
  for (const name of drivenModels) {
    const model = answer.models.find((each) => each.model === name)!;
    assert.deepEqual(
      [model.estimate!.state, model.estimate!.stale, model.estimate!.replicates, model.difference],
      ['ready', false, 200, '0'],
      name,
    );
    assert.match(model.remark!, /not from an experiment/);
    const sum = answer.rows.reduce((total, row) => total + BigInt(row.models[name]!.value!), 0n);
    assert.equal(String(sum), model.value);
    for (const row of answer.rows) {
      const { conversions, conversionsInterval: interval } = row.models[name]!;
      assert.ok(
        interval!.low <= interval!.high && conversions > interval!.low - 3 && conversions < interval!.high + 3,
        `${name} ${row.label}`,
      );
    }
  }
  assert.ok(answer.rows.every(({ least, most, spread }) => BigInt(spread!) === BigInt(most.value!) - BigInt(least.value!)));
  const [lead] = await company.rows<{ id: string }>(`SELECT id FROM leads WHERE workspace_id = :ws AND name = 'Lead 1'`);
  await company.touch('2026-01-03T08:00:00Z', 'Referral', { leadId: lead!.id });
  await company.follow();
  const after = await company.answer();
  const markov = after.models.find(({ model }) => model === 'markov1')!;
  assert.deepEqual(
    [markov.estimate!.stale, markov.difference, markov.value],
    [true, null, answer.models.find(({ model }) => model === 'markov1')!.value],
  );
  assert.ok(after.models.find(({ model }) => model === 'first')!.estimate === null);
  const byCampaign = await company.answer({ by: 'campaign' });
  assert.equal(byCampaign.models.at(-1)!.whyNot, 'Data-driven models are asked by channel.');
});

test('the command line says the same', async () => {
  const lines: string[] = [];
  const io = {
    database: company.database,
    workspaceId: company.workspaceId,
    out: (line: string) => void lines.push(line),
    progress: () => {},
  };
  const run = (values: Record<string, string>, json: boolean) =>
    attributionCommand.run({ values, positionals: [] }, { ...io, json } as unknown as Parameters<typeof attributionCommand.run>[1]);
  assert.equal(await run({ by: 'campaign', model: 'first' }, true), 0);
  const { rows, total } = JSON.parse(lines.pop()!);
  const answer = await company.answer({ by: 'campaign', model: 'first' });
  assert.deepEqual([rows, total], JSON.parse(JSON.stringify([answer.rows, answer.total])));
  assert.equal(await run({ start: '2026-01-15' }, false), 0);
  assert.match(lines.join('\n'), /nobody’s .*\nall .*\ndifference +0\.00/);
  await assert.rejects(async () => run({ by: 'colour' }, false), { name: 'Problem', message: /^--by/ });
});

test('a touch typed in by hand comes into the answer through the worker', async () => {
  const log = { info: () => {}, warn: () => {}, error: (data: object) => assert.fail(JSON.stringify(data)) };
  const worker = await startWorker({ ownerUrl: company.ownerUrl, handlers: returnsJobs(company.database), log });
  try {
    const [lead] = await company.rows<{ id: string }>(`SELECT id FROM leads WHERE workspace_id = :ws AND name = 'Lead 3'`);
    await company.touch('2026-01-04T08:00:00Z', 'Referral', { leadId: lead!.id });
    await new Promise((resolve) => setTimeout(resolve, 500)); // the worker is up
    for (let time = 1; time <= 3; time++) {
      const { touches } = (await company.answer()).total;
      const started = performance.now();
      await company.touch(`2026-01-04T09:0${time}:00Z`, 'Referral', { leadId: lead!.id });
      while ((await company.answer()).total.touches === touches) {
        assert.ok(performance.now() - started < 15_000, 'it never came');
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
    }
  } finally {
    await worker.stop();
  }
});

test('an unknown group, model or day is refused or empty, never a wrong number', async () => {
  assert.equal((await company.credits({ group: '"Nowhere"' })).total, 0);
  assert.throws(() => creditsAsk.parse({ group: 'Email' }));
  assert.throws(() => creditsAsk.parse({ model: 'markov1' }));
  assert.throws(() => creditsAsk.parse({ start: '2026-02-01', end: '2026-01-01' }));
  const none = await company.answer({ start: '2030-01-01' });
  assert.deepEqual([none.total.conversions, none.total.value, none.rows], [0, '0', []]);
});

test('where nothing is recorded there is no setting and no number, and it says why', async () => {
  const empty = await companies.make();
  await empty.follow();
  const answer = await empty.answer();
  assert.deepEqual([answer.setting, answer.rows, answer.total.conversions], [null, [], 0]);
  assert.match(answer.notes[0]!, /No journeys are built yet/);
});
