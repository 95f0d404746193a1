import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { test } from 'node:test';
import type { CommandIo } from '#platform/cli/command.ts';
import { Problem } from '#platform/errors.ts';
import { calcCommandReading } from './command.ts';
import { compute } from './formula.ts';
import { formulas } from './formulas.ts';

interface Called {
  code: number | null;
  out: string;
  err: string;
}

/** One call of the command line in a process of its own, as from a shell. */
async function shell(args: readonly string[], input: string): Promise<Called> {
  const child = spawn(process.execPath, [join(import.meta.dirname, '../../entry/main.ts'), ...args], { stdio: 'pipe' });
  child.stdin.end(input);
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  const [out, err, code] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
  return { code, out, err };
}

/** The same in this process, which takes a hundredth of the time. */
async function call(positionals: readonly string[], input: string | null, json = false): Promise<Called> {
  const told = { out: '', err: '' };
  const io: CommandIo = {
    json,
    watched: false,
    progress: () => {},
    out: (line) => void (told.out += `${line}\n`),
    err: (line) => void (told.err += `${line}\n`),
  };
  const code = await calcCommandReading(async () => input).run({ values: {}, positionals }, io);
  return { code, ...told };
}

const calendar = {
  timeZone: 'Europe/Paris',
  weekly: {
    mon: [
      ['09:00', '12:30'],
      ['13:30', '18:00'],
    ],
    tue: [['09:00', '18:00']],
    sun: [],
  },
  holidays: ['2026-04-06'],
};
const startedAt = '2026-03-27T20:00:00Z';
const until = '2026-04-02T10:00:00Z';

test('the command line answers case by case, in order, with both fields of the same input', async () => {
  const cases = [
    { startedAt, minutes: 480, until, calendar },
    {
      startedAt,
      minutes: 480,
      until,
      calendar: { ...calendar, absences: [{ from: '2026-03-30T00:00:00Z', to: '2026-03-31T00:00:00+02:00' }] },
    },
    { startedAt, minutes: 0.5, until, calendar },
    { startedAt, minutes: 1, until, calendar: { timeZone: 'UTC', weekly: {} } },
  ];
  const deadline = await shell(['calc', 'deadline'], JSON.stringify({ cases }));
  assert.deepEqual([deadline.code, deadline.err], [0, '']);
  assert.deepEqual(JSON.parse(deadline.out), {
    results: [
      { deadline: '2026-03-30T16:00:00Z' },
      { deadline: '2026-03-31T15:00:00Z' },
      { deadline: '2026-03-30T07:00:30Z' },
      { deadline: null },
    ],
  });
  const elapsed = await call(['elapsed'], JSON.stringify({ cases }), true);
  assert.deepEqual([elapsed.code, elapsed.err], [0, '']);
  assert.deepEqual(JSON.parse(elapsed.out), {
    results: [{ elapsedMinutes: 1020 }, { elapsedMinutes: 540 }, { elapsedMinutes: 1020 }, { elapsedMinutes: 0 }],
  });
});

test('without a formula it lists them', async () => {
  const listed = await call([], null);
  assert.equal(listed.code, 0);
  for (const { name } of formulas) assert.match(listed.out, new RegExp(`^${name}$`, 'm'));
  const json = await call([], null, true);
  assert.deepEqual(
    JSON.parse(json.out).formulas.map(({ name }: { name: string }) => name),
    formulas.map(({ name }) => name),
  );
});

test('what is wrong is named with its place and what would be fine; the exit code is 2', async () => {
  const bad = {
    startedAt: 'yesterday',
    calendar: { ...calendar, timeZone: 'Mars/Olympus', weekly: { mon: [['9:00', '17:00']], fry: [] } },
  };
  const { code, out, err } = await shell(['calc', 'deadline'], JSON.stringify({ cases: [{ startedAt, minutes: 1, calendar }, bad] }));
  assert.deepEqual([code, out], [2, '']);
  const lines = err.trim().split('\n');
  assert.ok(
    lines.includes(
      'cases.1.startedAt: “yesterday” is not what is asked for; give a point in time with its offset, between 1970 and 2100, such as 2026-03-27T20:00:00Z',
    ),
    err,
  );
  assert.ok(lines.includes('cases.1.minutes: is missing; give a number of minutes from 0, such as 480'), err);
  assert.ok(
    lines.includes('cases.1.calendar.timeZone: “Mars/Olympus” is not what is asked for; give a time zone such as "Europe/Paris"'),
    err,
  );
  assert.ok(
    lines.some((line) => line.startsWith('cases.1.calendar.weekly.mon: “9:00” is no time of day')),
    err,
  );
  assert.ok(lines.includes('cases.1.calendar.weekly.fry: There is no such field here.'), err);
});

test('no JSON, no input, no such formula', async () => {
  const notJson = await call(['deadline'], '{"cases": [');
  assert.equal(notJson.code, 2);
  assert.match(notJson.err, /^input: is not JSON \(.+\); give such as \{"cases":/);
  const empty = await call(['deadline'], ' \n');
  assert.match(empty.err, /^input: is empty; give such as/);
  const asJson = await call(['deadline'], '[]', true);
  assert.equal(asJson.code, 2);
  assert.equal(JSON.parse(asJson.out).problem.code, 'bad-input');
  const unknown = await call(['deadlines'], '{}');
  assert.deepEqual(
    [unknown.code, unknown.err],
    [2, `formula: there is no “deadlines”; there are ${formulas.map(({ name }) => name).join(', ')}\n`],
  );
  const terminal = await call(['deadline'], null);
  assert.deepEqual(
    [terminal.code, terminal.err],
    [2, 'input: nothing is given on standard input; call it as accord calc deadline < in.json\n'],
  );
});

test('every formula calculates its own example, which its output describes', async () => {
  for (const formula of formulas)
    assert.ok(formula.output.safeParse(await compute(formula, structuredClone(formula.example))).success, formula.name);
});

test('a case may carry more than is asked for; a calendar may not', async () => {
  const deadline = formulas.find(({ name }) => name === 'deadline')!;
  assert.deepEqual(await compute(deadline, { cases: [{ name: 'Sam’s lead', startedAt, minutes: 480, calendar }] }), {
    results: [{ deadline: '2026-03-30T16:00:00Z' }],
  });
  await assert.rejects(
    () => compute(deadline, { cases: [{ startedAt, minutes: 480, calendar: { ...calendar, holiday: [] } }] }),
    (error: Problem) => {
      return error instanceof Problem && error.fields?.[0]?.at === 'cases.0.calendar.holiday';
    },
  );
});

test('many cases let others have their turn', async () => {
  const deadline = formulas.find(({ name }) => name === 'deadline')!;
  const rare = { timeZone: 'UTC', weekly: { mon: [['09:00', '09:01']] } };
  const cases = Array.from({ length: 50 }, (_, at) => ({
    startedAt,
    minutes: 9_000,
    calendar: { ...rare, holidays: [`2030-01-${10 + (at % 20)}`] },
  }));
  let turns = 0;
  const timer = setInterval(() => turns++, 1);
  await compute(deadline, {
    cases: cases.map((each, at) => ({ ...each, calendar: { ...each.calendar, timeZone: at % 2 ? 'UTC' : 'Europe/Paris' } })),
  });
  clearInterval(timer);
  assert.ok(turns > 0, 'a timer ran meanwhile');
});
