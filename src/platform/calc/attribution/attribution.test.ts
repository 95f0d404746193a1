import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import type { CommandIo } from '#platform/cli/command.ts';
import { calcCommandReading } from '../command.ts';
import type { ModelAnswer } from './answer.ts';
import { models } from './models.ts';

const folder = mkdtempSync(join(tmpdir(), 'accord-attribution-'));
after(() => rmSync(folder, { recursive: true }));

function file(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

interface Called {
  code: number;
  out: string;
  err: string;
}

/** `accord calc attribution …` in this process. */
async function call(
  files: readonly string[],
  values: Record<string, string>,
  { json = true, input = null as string | null } = {},
): Promise<Called> {
  const told = { out: '', err: '' };
  const io: CommandIo = {
    ...{ json, watched: false, progress: () => {} },
    out: (line) => void (told.out += `${line}\n`),
    err: (line) => void (told.err += `${line}\n`),
  };
  const code = await calcCommandReading(async () => input).run({ values, positionals: ['attribution', ...files] }, io);
  return { code, ...told };
}

async function answer(files: readonly string[], values: Record<string, string>): Promise<ModelAnswer> {
  const { code, out } = await call(files, values);
  assert.equal(code, 0, out);
  return JSON.parse(out);
}

const credits = ({ channels }: ModelAnswer) =>
  Object.fromEntries(channels.map(({ channel, conversions }) => [channel, Math.round(conversions * 1e9) / 1e9]));
const header = 'path,total_conversions,total_conversion_value,total_null\n';

test('Markov on paths: the golden removal effects, with what a data-driven model can’t say', async () => {
  const path = file('golden.csv', `${header}G,2,20,0\nM,1,10,0\nG > M,1,10,0\nG,0,0,1\n`);
  const found = await answer([path], { model: 'markov' });
  assert.deepEqual(
    found.channels.map(({ channel, conversions, removalEffect }) => [
      channel,
      Number(conversions.toFixed(9)),
      Number(removalEffect!.toFixed(9)),
    ]),
    [
      ['G', 2.4, 0.75],
      ['M', 1.6, 0.5],
    ],
  );
  assert.deepEqual(
    [found.order, found.total, found.unattributed],
    [1, { conversions: 4, value: 40, nulls: 1 }, { conversions: 0, value: 0 }],
  );
  assert.match(found.notes.join(), /not from an experiment/);
  assert.deepEqual(credits(await answer([path], { model: 'shapley' })), { G: 2.5, M: 1.5 });
  const three = file('three.csv', `${header}A>B>A>B>B>A,1,1,0\nA>B>B>A>A,1,1,0\nA>A,1,1,0\n`);
  const found3 = await answer([three], { model: 'markov' });
  assert.deepEqual(
    found3.channels.map((channel) => channel.removalEffect),
    [1, 0.5],
  );
  assert.deepEqual(credits(found3), { A: 2, B: 1 });
});

test('paths however they are written: quotes, blanks, line ends, other columns, other order, no nulls', async () => {
  const plain = await answer([file('plain.csv', `${header}a > b,3,12.5,4\nb,1,0.255,0\n,2,1,7\n`)], { model: 'linear' });
  assert.deepEqual(plain.channels, [
    { channel: 'a', conversions: 1.5, value: 6.25 },
    { channel: 'b', conversions: 2.5, value: 6.505 },
  ]);
  assert.deepEqual(
    [plain.total, plain.unattributed],
    [
      { conversions: 6, value: 13.755, nulls: 11 },
      { conversions: 2, value: 1 },
    ],
  );
  const written =
    '\uFEFFTotal_Conversions,note,"path",total_conversion_value,total_null\r\n"3","x, y","a>b",12.500,4\r\n\r\n1, z,"b ",2.55e-1,0\r\n2,,,1,7';
  assert.deepEqual(await answer([file('odd.csv', written)], { model: 'linear' }), plain);
  const without = await answer([file('three.csv', 'path,total_conversions,total_conversion_value\na,1,2\n')], { model: 'first' });
  assert.deepEqual(without.total, { conversions: 1, value: 2, nulls: 0 });
});

test('values add up to the last decimal, however they are shared', async () => {
  const rows = Array.from(
    { length: 300 },
    (_, at) =>
      `${['a', 'b > c', 'c > a > b', 'a > c > d > e > b > c > a'][at % 4]},${1 + (at % 3)},${(at * 7.77 + 0.01).toFixed(2)},${at % 5}`,
  );
  const path = file('sums.csv', header + rows.join('\n'));
  for (const model of models.filter((each) => each !== 'time_decay')) {
    const { channels, total } = await answer([path], { model });
    const cents = channels.reduce((sum, { value }) => sum + Math.round(value! * 100), 0);
    assert.equal(cents, Math.round(total.value * 100), model);
    for (const { value } of channels) assert.equal(value, Number(value!.toFixed(2)), model);
    assert.ok(Math.abs(channels.reduce((sum, { conversions }) => sum + conversions, 0) - total.conversions) < 1e-6, model);
  }
});

test('shares of many journeys don’t gather roundings: each channel is within a unit of its exact value', async () => {
  const path = file('thirds.csv', header + 'a > b > c,1,100,0\n'.repeat(1000));
  const { channels } = await answer([path], { model: 'linear' });
  assert.deepEqual(
    channels.map(({ value }) => value),
    [33_333.34, 33_333.33, 33_333.33],
  );
});

const pathData = join(import.meta.dirname, '../../../../../shared/data/channelattribution/PathData.csv');
const skip = existsSync(pathData) ? false : 'PathData.csv is not here (../shared/data/channelattribution)';

test('PathData: first and last as counted independently', { skip }, async () => {
  const first = await answer([pathData], { model: 'first' });
  const last = await answer([pathData], { model: 'last' });
  assert.deepEqual([credits(first).alpha, credits(first).iota, credits(first).eta], [6308, 4606, 3164]);
  assert.deepEqual([credits(last).alpha, credits(last).eta, credits(last).iota], [8447, 4167, 3355]);
  for (const { total, channels } of [first, last]) {
    assert.deepEqual([total.conversions, total.nulls, total.value.toFixed(2)], [19_785, 68_602, '74802.97']);
    assert.equal(channels.length, 12);
  }
  for (const order of ['1', '2', '3', '4']) {
    const markov = await answer([pathData], { model: 'markov', order });
    assert.ok(Math.abs(markov.channels.reduce((sum, { conversions }) => sum + conversions, 0) - 19_785) < 1e-6);
  }
});

const touches = `journey_id,at,channel
mara,2026-01-10T12:00:00Z,webinar
mara,2026-01-01 08:00:00,search
sam,2026-01-05,mail
mara,1767830400,mail
lea,2026-01-02T00:00:00+02:00,search
mara,2026-02-01T00:00:00Z,search
sam,2026-01-05,mail
`;
const conversions = `journey_id,at,value
mara,2026-01-10T12:00:00Z,12.00
mara,2026-02-03T00:00:00Z,8
nobody,2026-02-03T00:00:00Z,1.5
`;

test('raw touches: each conversion takes the touches since the one before, what follows the last one is a null', async () => {
  const files = { touches: file('touches.csv', touches), conversions: file('conversions.csv', conversions) };
  const linear = await answer([], { ...files, model: 'linear' });
  assert.deepEqual(linear.channels, [
    { channel: 'webinar', conversions: 1 / 3, value: 4 },
    { channel: 'search', conversions: 1 / 3 + 1, value: 12 },
    { channel: 'mail', conversions: 1 / 3, value: 4 },
  ]);
  assert.deepEqual(
    [linear.total, linear.unattributed],
    [
      { conversions: 3, value: 21.5, nulls: 2 },
      { conversions: 1, value: 1.5 },
    ],
  );
  assert.deepEqual(credits(await answer([], { ...files, model: 'first' })), { webinar: 0, search: 2, mail: 0 });
  assert.deepEqual(credits(await answer([], { ...files, model: 'last' })), { webinar: 1, search: 1, mail: 0 });
  assert.deepEqual(credits(await answer([], { ...files, model: 'linear', 'look-back-days': '3' })), { webinar: 0.5, search: 1, mail: 0.5 });
  const markov = await answer([], { ...files, model: 'markov', order: '2' });
  assert.deepEqual([markov.order, markov.total], [2, { conversions: 3, value: 21.5, nulls: 2 }]);
});

test('time decay: the golden case, whatever order the touches come in', async () => {
  const day = 86_400;
  const end = 1_750_000_000;
  const ages = [38, 33, 26, 8, 0];
  const rows = ages.map((age, at) => `j,${end - age * day},c${at}`);
  const conversion = file('one.csv', `journey_id,at,value\nj,${end},12000\n`);
  for (const order of [rows, rows.toReversed(), [rows[2], rows[4], rows[0], rows[3], rows[1]]]) {
    const path = file('decay.csv', `journey_id,at,channel\n${order.join('\n')}\n`);
    const found = await answer([], { touches: path, conversions: conversion, model: 'time-decay', 'half-life-days': '7' });
    const values = Object.fromEntries(found.channels.map(({ channel, value }) => [channel, value!]));
    assert.deepEqual(
      ages.map((_, at) => Math.round(values[`c${at}`]!)),
      [175, 287, 575, 3417, 7545].map((value, at) => (at === 4 ? Math.round(values.c4!) : value)),
    );
    assert.ok(Math.abs(values.c4! - 7545) < 1);
    assert.equal(
      Object.values(values).reduce((sum, value) => sum + Math.round(value * 100), 0),
      1_200_000,
    );
  }
});

test('JSON gives the same answer as files', async () => {
  const files = { touches: file('touches.csv', touches), conversions: file('conversions.csv', conversions) };
  const json = {
    journeys: [
      {
        touches: [
          { at: '2026-01-10T12:00:00Z', channel: 'webinar' },
          { at: '2026-01-01 08:00:00', channel: 'search' },
          { at: 1_767_830_400, channel: 'mail' },
        ],
        convertedAt: '2026-01-10T12:00:00Z',
        value: '12.00',
      },
      { touches: [{ at: '2026-02-01', channel: 'search' }], convertedAt: '2026-02-03', value: 8 },
      {
        touches: [
          { at: '2026-01-05', channel: 'mail' },
          { at: '2026-01-05', channel: 'mail' },
        ],
      },
      { touches: [{ at: '2026-01-02T00:00:00+02:00', channel: 'search' }] },
      { touches: [], convertedAt: '2026-02-03', value: 1.5 },
    ],
  };
  for (const model of models) {
    const { code, out } = await call([], {}, { input: JSON.stringify({ model, ...json }) });
    assert.equal(code, 0, out);
    const [one, other] = [JSON.parse(out) as ModelAnswer, await answer([], { ...files, model })];
    assert.deepEqual(
      { ...one, channels: one.channels.map(({ channel, value }) => [channel, value]) },
      { ...other, channels: other.channels.map(({ channel, value }) => [channel, value]) },
    );
    for (const [channel, value] of Object.entries(credits(other))) assert.equal(credits(one)[channel], value, model);
  }
  const paths = {
    model: 'u',
    paths: [
      { path: 'a > b > c', conversions: 5, value: '10.00' },
      { path: '', conversions: 1, nulls: 2 },
    ],
  };
  const { out } = await call([], {}, { input: JSON.stringify(paths) });
  assert.deepEqual(credits(JSON.parse(out)), { a: 2, b: 1, c: 2 });
});

test('JSON that is wrong is named by field', async () => {
  const wrong = async (input: object) => (await call([], {}, { input: JSON.stringify(input), json: false })).err;
  assert.match(await wrong({ model: 'linear' }), /^paths: give either paths or journeys$/m);
  assert.match(await wrong({ model: 'lineal', paths: [] }), /^model: “lineal” is not what is asked for; give first, last, linear/m);
  assert.match(await wrong({ model: 'time_decay', paths: [] }), /^model: time_decay needs the time of each touch/m);
  assert.match(await wrong({ model: 'markov', order: 5, paths: [] }), /^order: 5 is not what is asked for; give 1, 2, 3 or 4$/m);
  assert.match(
    await wrong({ model: 'linear', paths: [{ path: 'a > > b', conversions: 1 }] }),
    /row 1: the path “a > > b” has a blank step/,
  );
  assert.match(
    await wrong({ model: 'linear', journeys: [{ touches: [{ at: 'x', channel: 'a' }], value: 5 }] }),
    /^journeys\.0\.touches\.0\.at: “x” is not what is asked for/m,
  );
});

test('without --json people read tables; all models stand side by side', async () => {
  const path = file('table.csv', `${header}a > b,3,1200.5,4\nb,1,10,0\n,1,5,0\n`);
  const one = await call([path], { model: 'last' }, { json: false });
  assert.equal(one.code, 0);
  assert.deepEqual(one.out.split('\n').slice(0, 6), [
    'last        conversions    share     value',
    '──────────  ───────────  ───────  ────────',
    'a                  0.00    0.0 %      0.00',
    'b                  4.00   80.0 %  1,210.50',
    '(no touch)         1.00   20.0 %      5.00',
    'total              5.00  100.0 %  1,215.50',
  ]);
  const all = await call([path], { model: 'all' }, { json: false });
  const [titles, , a] = all.out.split('\n');
  assert.match(titles!, /^conversions +first +last +linear +u +w +z +j +inverse_j +markov 1 +shapley$/);
  assert.match(a!, /^a +3\.00 +0\.00 +1\.50 /);
  assert.match(all.out, /^time_decay is left out: Time decay needs the time of each touch/m);
  const json = JSON.parse((await call([path], { model: 'all' })).out);
  assert.deepEqual(
    json.models.map(({ model }: ModelAnswer) => model),
    models.filter((each) => each !== 'time_decay'),
  );
  assert.deepEqual(
    json.leftOut.map(({ model }: { model: string }) => model),
    ['time_decay'],
  );
});

test('a wrong call says where, what and what would be fine; its exit code is 2', async () => {
  const path = file('fine.csv', `${header}a,1,1,0\n`);
  const wrong = async (files: readonly string[], values: Record<string, string>) => {
    const { code, out, err } = await call(files, values, { json: false });
    assert.deepEqual([code, out], [2, '']);
    return err.trim();
  };
  assert.equal(
    await wrong([join(folder, 'none.csv')], { model: 'first' }),
    `${join(folder, 'none.csv')}: there is no such file; give a CSV file`,
  );
  assert.equal(await wrong([folder], { model: 'first' }), `${folder}: is a folder; give a CSV file`);
  assert.match(await wrong([path], {}), /^--model: is missing; give first, last, .*, shapley or all$/);
  assert.match(await wrong([path], { model: 'best' }), /^--model: there is no “best”; give first, /);
  assert.equal(await wrong([path], { model: 'markov', order: '5' }), '--order: “5” is no order; give 1, 2, 3 or 4');
  assert.equal(await wrong([path], { model: 'linear', order: '2' }), '--order: is for --model markov, not for linear; leave it out');
  assert.equal(
    await wrong([path], { model: 'linear', 'half-life-days': '7' }),
    '--half-life-days: is for --model time_decay, not for linear; leave it out',
  );
  assert.match(
    await wrong([path], { model: 'time_decay' }),
    /^--model: Time decay needs the time of each touch; these paths only have their order\. Give first, /,
  );
  assert.match(await wrong([path], { model: 'linear', 'look-back-days': '30' }), /^--look-back-days: needs the time of each touch/);
  assert.match(await wrong([], { touches: path, model: 'linear' }), /^--conversions: is missing/);
  assert.match(await wrong([path], { touches: path, conversions: path, model: 'linear' }), /is one too many/);
  assert.match(
    await wrong([], { touches: path, conversions: path, model: 'linear' }),
    /fine\.csv: columns “journey_id” and “at” and “channel” missing: its columns are “path”, /,
  );
  const bad = file('bad.csv', `${header}a > > b,1.5,x,0\nb,1\n`);
  assert.deepEqual((await wrong([bad], { model: 'first' })).split('\n'), [
    'bad.csv line 2, path: “a > > b” has a step without a channel; give a path such as alpha > beta',
    'bad.csv line 2, total_conversions: “1.5” can’t be read; give a whole number from 0',
    'bad.csv line 2, total_conversion_value: “x” can’t be read; give an amount from 0 with a point for decimals, such as 120.50',
    'bad.csv line 3, total_conversion_value: is missing; give 4 cells; this row has 2',
    'bad.csv line 3, total_null: is missing; give 4 cells; this row has 2',
  ]);
});

test('the command itself, in a process of its own: files, pipes, exit codes', async () => {
  const accord = join(import.meta.dirname, '../../../../bin/accord');
  const shell = (line: string): Promise<Called> =>
    new Promise((resolve) =>
      execFile('sh', ['-c', line], { env: { ...process.env, ACCORD: accord, FOLDER: folder } }, (error, out, err) =>
        resolve({ code: Number(error?.code ?? 0), out, err }),
      ),
    );
  file('touches.csv', touches);
  file('conversions.csv', conversions);
  const found = await shell(
    '"$ACCORD" calc attribution --touches "$FOLDER/touches.csv" --conversions "$FOLDER/conversions.csv" --model linear --json',
  );
  assert.deepEqual([found.code, found.err, JSON.parse(found.out).total], [0, '', { conversions: 3, value: 21.5, nulls: 2 }]);
  const piped = await shell(
    'cat "$FOLDER/touches.csv" | "$ACCORD" calc attribution --touches /dev/stdin --conversions "$FOLDER/conversions.csv" --model linear --json',
  );
  assert.deepEqual(piped, found);
  const wrong = await shell('"$ACCORD" calc attribution "$FOLDER/conversions.csv" --model first --json');
  assert.deepEqual([wrong.code, wrong.err, JSON.parse(wrong.out).problem.code], [2, '', 'bad-input']);
  const option = await shell('"$ACCORD" calc attribution --modle first');
  assert.equal(option.code, 2);
});
