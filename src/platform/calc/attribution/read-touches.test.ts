import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import fc from 'fast-check';
import { Problem } from '#platform/errors.ts';
import { readTouches, type ReadTouches, type TouchesAsked } from './read-touches.ts';
import { findSource } from './source.ts';

const folder = mkdtempSync(join(tmpdir(), 'accord-attribution-'));
after(() => rmSync(folder, { recursive: true }));

type Options = Partial<Omit<TouchesAsked, 'touches' | 'conversions'>>;

function read(touches: string | Uint8Array, conversions: string | Uint8Array, options: Options = {}): Promise<ReadTouches> {
  const [one, other] = [join(folder, 'touches.csv'), join(folder, 'conversions.csv')];
  writeFileSync(one, touches);
  writeFileSync(other, conversions);
  return readTouches({ touches: findSource(one), conversions: findSource(other), lookBackSeconds: null, withNulls: true, ...options });
}

/** Every walk as a line, sorted: `search@10 email@20 → 1 × 12.50 @ 30`. */
function walksOf({ journeys, names, scale }: ReadTouches): string[] {
  const channels = names.map((name) => Buffer.from(name).toString());
  return Array.from({ length: journeys.count }, (_, row) => {
    const touches: string[] = [];
    for (let at = journeys.starts[row]!; at < journeys.starts[row + 1]!; at++)
      touches.push(`${channels[journeys.channels[at]!]}@${journeys.times!.touches[at]}`);
    const end = `${journeys.conversions[row]} × ${journeys.values[row]! / 10 ** scale.places} @ ${journeys.times!.conversions[row]}`;
    assert.equal(journeys.nulls[row], journeys.conversions[row] === 0 ? 1 : 0);
    return `${touches.join(' ')} → ${end}`;
  }).sort();
}

interface Touch {
  id: string;
  second: number;
  channel: string;
}
interface Conversion {
  id: string;
  second: number;
  cents: number;
}

/** The same, from what the files were written of, the plain way. */
function expectedWalks(touches: readonly Touch[], conversions: readonly Conversion[], lookBack = Number.POSITIVE_INFINITY): string[] {
  const walks: string[] = [];
  for (const id of new Set([...touches, ...conversions].map((row) => row.id))) {
    const own = touches
      .filter((touch) => touch.id === id)
      .sort((one, other) => one.second - other.second || Buffer.compare(Buffer.from(one.channel), Buffer.from(other.channel)));
    const ends = [...new Set(conversions.filter((row) => row.id === id).map((row) => row.second))].sort((one, other) => one - other);
    const line = (taken: readonly Touch[], last: number, end: string) =>
      walks.push(
        `${taken
          .filter((touch) => touch.second >= last - lookBack)
          .map(({ channel, second }) => `${channel}@${second}`)
          .join(' ')} → ${end}`,
      );
    let before = -1;
    for (const end of ends) {
      const here = conversions.filter((row) => row.id === id && row.second === end);
      line(
        own.filter(({ second }) => second > before && second <= end),
        end,
        `${here.length} × ${here.reduce((sum, { cents }) => sum + cents, 0) / 100} @ ${end}`,
      );
      before = end;
    }
    const rest = own.filter(({ second }) => second > before);
    if (rest.length > 0) line(rest, rest.at(-1)!.second, '0 × 0 @ 0');
  }
  return walks.sort();
}

/** How a cell may be written without meaning something else. */
const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;
const needsQuotes = (text: string) => /[",\n\r]|^\s|\s$/.test(text);
const ways: ((text: string) => string)[] = [(text) => text, (text) => text, quoted, (text) => ` ${text}\t`];
const written = (text: string, way: number) => (needsQuotes(text) ? quoted(text) : ways[way % ways.length]!(text));
const timeWays: ((second: number) => string)[] = [
  (second) => new Date(second * 1000).toISOString().slice(0, 19) + 'Z',
  (second) => new Date(second * 1000).toISOString(),
  (second) => new Date(second * 1000).toISOString().slice(0, 19).replace('T', ' '),
  (second) => new Date((second + 3600) * 1000).toISOString().slice(0, 19) + '+01:00',
  (second) => String(second),
  (second) => String(second * 1000),
];

const letters = ['a', 'b', 'é', '😀', ',', '"', '\n', '\r\n', ' ', '-', '_', '+', '0', '7'];
const text = fc.string({ unit: fc.constantFrom(...letters), minLength: 1, maxLength: 9 }).filter((each) => each.trim() !== '');
const company = fc.record({
  ids: fc.uniqueArray(text, { minLength: 1, maxLength: 5, selector: (id) => id }),
  channels: fc.uniqueArray(text, { minLength: 1, maxLength: 4 }),
  touches: fc.array(fc.tuple(fc.nat(), fc.integer({ min: 1e9, max: 1e9 + 40 }), fc.nat(), fc.nat()), { maxLength: 30 }),
  conversions: fc.array(fc.tuple(fc.nat(), fc.integer({ min: 1e9, max: 1e9 + 40 }), fc.integer({ min: 0, max: 99_999 }), fc.nat()), {
    maxLength: 8,
  }),
  columns: fc.constantFrom(
    ['journey_id', 'at', 'channel'],
    ['channel', 'x', 'At', 'journey_id'],
    ['at', '"Channel"', ' journey_id ', 'note'],
  ),
  newline: fc.constantFrom('\n', '\r\n'),
  mark: fc.boolean(),
  ended: fc.boolean(),
  blanks: fc.boolean(),
  lookBack: fc.option(fc.integer({ min: 1, max: 30 })),
  partBytes: fc.integer({ min: 20, max: 400 }),
  hashMask: fc.constantFrom(-1, 0, 1, 0x7000_0000),
});

test('whatever way files are written, in whatever parts they are read: the journeys are what was written', async () => {
  await fc.assert(
    fc.asyncProperty(company, async (given) => {
      const { ids, channels, columns, newline, hashMask, partBytes } = given;
      const touches = given.touches.map(([id, second, channel]) => ({
        id: ids[id % ids.length]!,
        second,
        channel: channels[channel % channels.length]!,
      }));
      const conversions = given.conversions.map(([id, second, cents]) => ({ id: ids[id % ids.length]!, second, cents }));
      const file = (header: readonly string[], rows: readonly string[][]) => {
        const lines = [header, ...rows].map((row) => row.join(','));
        const between = given.blanks ? newline + newline : newline;
        return (given.mark ? '\uFEFF' : '') + lines.join(between) + (given.ended ? newline : '');
      };
      const cellOf = (touch: Touch, way: number) => (column: string) =>
        column.includes('journey')
          ? written(touch.id, way)
          : /at/i.test(column)
            ? written(timeWays[way % 6]!(touch.second), way >> 3)
            : /channel/i.test(column)
              ? written(touch.channel, way >> 5)
              : 'any, "thing"'.slice(0, way % 4);
      const touchFile = file(
        columns,
        touches.map((touch, at) => columns.map(cellOf(touch, given.touches[at]![3]))),
      );
      const conversionFile = file(
        ['value', 'journey_id', 'at'],
        conversions.map(({ id, second, cents }, at) => {
          const way = given.conversions[at]![3];
          return [written((cents / 100).toFixed(2 + (way % 2)), way), written(id, way), written(timeWays[way % 6]!(second), way >> 3)];
        }),
      );
      const options = { lookBackSeconds: given.lookBack, partBytes, hashMask, threads: 1 };
      const found = await read(touchFile, conversionFile, options);
      const expected = expectedWalks(touches, conversions, given.lookBack ?? undefined);
      assert.deepEqual(walksOf(found), expected);
      assert.equal(found.nulls, expected.filter((walk) => walk.endsWith('→ 0 × 0 @ 0')).length);
      assert.deepEqual(
        found.names.map((name) => Buffer.from(name).toString()),
        [...new Set(touches.map(({ channel }) => channel))],
      );
      const converting = await read(touchFile, conversionFile, { ...options, withNulls: false });
      assert.deepEqual(
        walksOf(converting),
        expected.filter((walk) => !walk.endsWith('→ 0 × 0 @ 0')),
      );
      assert.equal(converting.nulls, found.nulls);
      const large = await read(touchFile, conversionFile, { ...options, withNulls: false, countedBytes: 0 });
      assert.deepEqual({ ...large, nulls: found.nulls }, converting);
    }),
    { numRuns: 400 },
  );
});

/** 20,000 touches of 5,000 journeys; seven in ten quoted, if asked. */
function largeFiles(quotes: boolean): { touches: string; conversions: string; all: Touch[]; ends: Conversion[] } {
  let seed = 1;
  const chance = (below: number) => (seed = (Math.imul(seed, 1_103_515_245) + 12_345) & 0x7fff_ffff) % below;
  const names = ['search', 'Paid Social', 'e-mail', 'a channel with a long name, and a comma', 'x'];
  const id = (number: number) => `journey ${number % 7 === 0 ? '\n' : '-'} ${number}`;
  const all = Array.from({ length: 20_000 }, () => ({ id: id(chance(5000)), second: 1.7e9 + chance(1000), channel: names[chance(5)]! }));
  const ends = Array.from({ length: 300 }, () => ({ id: id(chance(5000)), second: 1.7e9 + chance(1000), cents: chance(100_000) }));
  const cell = (value: string) => (needsQuotes(value) || (quotes && chance(10) < 7) ? quoted(value) : value);
  const time = (second: number) => new Date(second * 1000).toISOString();
  return {
    touches: `journey_id,at,channel\n${all.map((row) => `${cell(row.id)},${cell(time(row.second))},${cell(row.channel)}\n`).join('')}`,
    conversions: `journey_id,at,value\n${ends.map((row) => `${cell(row.id)},${time(row.second)},${row.cents / 100}\n`).join('')}`,
    ...{ all, ends },
  };
}

test('several threads find what one finds, walk for walk and in the same order', async () => {
  for (const quotes of [false, true]) {
    const { touches, conversions } = largeFiles(quotes);
    const alone = await read(touches, conversions, { threads: 1 });
    for (const threads of [2, 4]) {
      const together = await read(touches, conversions, { threads, partBytes: 10_000, rowsForHelp: 0 });
      assert.deepEqual(together, alone);
      const large = await read(touches, conversions, { threads, partBytes: 10_000, withNulls: false, countedBytes: 0, rowsForHelp: 0 });
      assert.equal(large.nulls, null);
      assert.deepEqual(
        walksOf(large),
        walksOf(alone).filter((walk) => !walk.endsWith('→ 0 × 0 @ 0')),
      );
    }
  }
});

test('a line end inside quotes on the edge of a part is no end of a row', async () => {
  const { touches, conversions, all, ends } = largeFiles(true);
  const byJourney = Map.groupBy(all, ({ id }) => id);
  const expected = expectedWalks([...byJourney.values()].flat().slice(0, 600), ends.slice(0, 30));
  const head = (file: string, rows: readonly string[]) => `${file.slice(0, file.indexOf('\n'))}\n${rows.join('')}`;
  const rowsOf = (list: readonly Touch[]) => list.map((row) => `${quoted(row.id)},${row.second},${quoted(row.channel)}\n`);
  const some = [...byJourney.values()].flat().slice(0, 600);
  const few = ends.slice(0, 30).map((row) => `${quoted(row.id)},${row.second},${row.cents / 100}\n`);
  for (const partBytes of [64, 100, 1000])
    assert.deepEqual(walksOf(await read(head(touches, rowsOf(some)), head(conversions, few), { partBytes, threads: 2 })), expected);
});

const refusal = async (touches: string | Uint8Array, conversions: string | Uint8Array, options: Options = {}): Promise<string[]> => {
  try {
    await read(touches, conversions, options);
  } catch (error) {
    assert.ok(error instanceof Problem);
    return error.fields!.map(({ at, reason }) => `${at.replace(`${folder}/`, '')}: ${reason}`);
  }
  throw new Error('nothing was refused');
};

const fineTouches = 'journey_id,at,channel\nj1,2026-01-01,search\n';
const fineConversions = 'journey_id,at,value\nj1,2026-01-02,10\n';

test('bad cells are named by line, column and content, with what would be fine', async () => {
  const bad = 'journey_id,at,channel\r\nj1,2026-01-01,search\r\n\r\n"j\n2",yesterday,search\r\n,2026-01-01,\r\nj3,2026-01-01\r\n';
  const instant =
    'a point in time such as 2026-03-27T20:00:00Z, 2026-03-27 20:00:00 (read as UTC), 2026-03-27, or seconds or milliseconds since 1970';
  for (const partBytes of [30, 1 << 20])
    assert.deepEqual(await refusal(bad, 'journey_id,at,value\nj1,2026-01-02,-5\n', { partBytes }), [
      `touches.csv line 4, at: “yesterday” can’t be read; give ${instant}`,
      'touches.csv line 6, journey_id: is empty; give the id of a journey',
      'touches.csv line 6, channel: is empty; give the name of a channel',
      'touches.csv line 7, channel: is missing; give 3 cells; this row has 2',
      'conversions.csv line 2, value: “-5” can’t be read; give an amount from 0 with a point for decimals, such as 120.50',
    ]);
});

test('of many bad cells the first twenty are named and the others counted', async () => {
  const bad = `journey_id,at,channel\n${Array.from({ length: 1000 }, (_, at) => `j${at},never,search\n`).join('')}`;
  for (const threads of [1, 3]) {
    const lines = await refusal(bad, fineConversions, { partBytes: 500, threads });
    assert.equal(lines.length, 21);
    assert.match(lines[0]!, /^touches\.csv line 2, at: “never” can’t be read/);
    assert.match(lines[19]!, /^touches\.csv line 21, at:/);
    assert.equal(lines[20], 'more: 980 more like these');
  }
});

test('an id, a name or a quote without end is refused', async () => {
  const long = 'x'.repeat(300);
  assert.deepEqual(await refusal(`journey_id,at,channel\n${long},2026-01-01,search\n`, fineConversions), [
    `touches.csv line 2, journey_id: “${'x'.repeat(39)}…” has 300 bytes; give an id of at most 252`,
  ]);
  assert.deepEqual(await refusal(`journey_id,at,channel\nj1,2026-01-01,${long}\n`, fineConversions), [
    `touches.csv line 2, channel: “${'x'.repeat(39)}…” has 300 bytes; give a name of at most 255`,
  ]);
  const open = `journey_id,at,channel\nj1,2026-01-01,"search\n${'j2,2026-01-01,mail\n'.repeat(5000)}`;
  for (const options of [{}, { partBytes: 100 }, { partBytes: 100, threads: 2 }])
    assert.match(
      (await refusal(open, fineConversions, options)).join('\n'),
      /^touches\.csv line 2, channel: “search.* stands in or behind a quote that is never closed; give the closing quote$/s,
    );
});

test('columns that are missing are named beside those that are there', async () => {
  assert.deepEqual(await refusal('id,at,channel\n', fineConversions), [
    'touches.csv: column “journey_id” missing: its columns are “id”, “at”, “channel”; give a header line such as journey_id,at,channel',
  ]);
  assert.deepEqual(await refusal('', fineConversions), [
    'touches.csv: columns “journey_id” and “at” and “channel” missing: the first line is empty; give a header line such as journey_id,at,channel',
  ]);
  assert.deepEqual(await refusal(fineTouches, Buffer.from(`\uFEFF${fineConversions}`, 'utf16le')), [
    'conversions.csv: is written in UTF-16; save it as UTF-8',
  ]);
});

test('files without rows have no journeys', async () => {
  for (const threads of [1, 2]) {
    const found = await read('journey_id,at,channel', 'journey_id,at,value\n\n', { threads });
    assert.deepEqual([found.journeys.count, found.nulls, found.names], [0, 0, []]);
  }
});

test('ids that differ only in zeros behind them are different', async () => {
  const found = await read(`journey_id,at,channel\na,1,x\na\0,2,y\na\0\0,3,z\n`, fineConversions);
  assert.deepEqual(walksOf(found), [' → 1 × 10 @ 1767312000', 'x@1 → 0 × 0 @ 0', 'y@2 → 0 × 0 @ 0', 'z@3 → 0 × 0 @ 0']);
});

test('a row that is longer than what is read at once leaves no half a name behind', async () => {
  const begin = 'j1,2026-01-01,';
  for (let cut = -4; cut <= 12; cut++) {
    const note = 'n'.repeat(64 + (1 << 16) - begin.length - 1 - cut);
    const found = await read(`journey_id,at,note,channel\n${begin}${note},search\nj2,2026-01-02,,mail\n`, fineConversions, {
      partBytes: 64,
    });
    assert.deepEqual(
      found.names.map((name) => Buffer.from(name).toString()),
      ['search', 'mail'],
    );
  }
});
