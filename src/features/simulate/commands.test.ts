import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, suite, test } from 'node:test';
import { promisify } from 'node:util';
import { parse } from 'csv-parse/sync';
import { columnsOf, type CsvFile } from '#engine/simulate/columns.ts';
import { stateNames, type State } from '#engine/simulate/parameters.ts';
import { fieldsOf, leadStages, type Kind } from '#features/records/contract.ts';
import { sampleStart, simulateCommand, writeSimulation } from './commands.ts';

type Row = Record<string, string>;
interface Group {
  reached: Record<string, number>;
  value: string;
  wonValue: string;
}
interface TruthFile {
  rows: Record<string, number>;
  stages: { all: Group; by: Record<string, Record<string, Group>> };
  campaigns: { id: string; name: string; media: string; mqls: number; mqlsNeverWorked: number }[];
  mess: Record<string, number>;
  speedToFirstAttempt: Record<'within1h' | 'within4h' | 'within24h' | 'within72h' | 'later', number>;
  rejections: { leads: number };
  customers: Record<'wonMisfit' | 'wonFit' | 'existing' | 'churned', number>;
  revenue: unknown;
  costs: unknown;
  deals: unknown;
}
interface WeekCalendar {
  name: string;
  timeZone: string;
  weekly: Record<string, [string, string][]>;
  holidays: { day: string }[];
}
interface Written {
  truth: TruthFile;
  files: Record<string, Row[]>;
  calendar: { calendars: WeekCalendar[]; leave: { member: string; from: string; to: string }[] };
}

let folder: string;
let typical: Written;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'accord-simulate-'));
  typical = await written('typical', 3000);
});
after(() => rm(folder, { recursive: true, force: true }));

async function written(state: State, leads: number, months = 12): Promise<Written> {
  const into = join(folder, `${state}-${leads}`);
  await writeSimulation({ seed: 11, months, leads, state, start: '2025-01-01', folder: into });
  const files: Record<string, Row[]> = {};
  for (const file of Object.keys(columnsOf)) files[file] = parse(await readFile(join(into, file)), { columns: true });
  return {
    files,
    truth: JSON.parse(await readFile(join(into, 'truth.json'), 'utf8')),
    calendar: JSON.parse(await readFile(join(into, 'calendar.json'), 'utf8')),
  };
}

async function hashOfFolder(of: string): Promise<string> {
  const hash = createHash('sha256');
  for (const name of (await readdir(of)).sort()) hash.update(name).update(await readFile(join(of, name)));
  return hash.digest('hex');
}

const rowsOf = (file: CsvFile, from: Written = typical): Row[] => from.files[file] as Row[];
const median = (numbers: number[]): number => numbers.sort((a, b) => a - b)[Math.floor(numbers.length / 2)] as number;
const secondsOf = (text: string | undefined): number => Temporal.Instant.from(text as string).epochMilliseconds / 1000;

suite('simulate', () => {
  test('gives the same bytes in another zone and locale', async () => {
    const script = `import { writeSimulation } from '#features/simulate/commands.ts'; await writeSimulation({ seed: Number(process.argv[1]), months: 4, leads: 800, folder: process.argv[2] });`;
    for (const seed of ['1', '987654321']) {
      const hashes = await Promise.all(
        [
          ['UTC', 'C'],
          ['Pacific/Kiritimati', 'tr_TR.UTF-8'],
          ['America/St_Johns', 'de_DE.UTF-8'],
        ].map(async ([TZ, LC_ALL], i) => {
          const into = join(folder, `zone-${seed}-${i}`);
          await promisify(execFile)(process.execPath, ['--input-type=module', '-e', script, seed, into], {
            env: { ...process.env, TZ, LC_ALL },
            cwd: join(import.meta.dirname, '../../..'),
          });
          return hashOfFolder(into);
        }),
      );
      assert.equal(new Set(hashes).size, 1, `seed ${seed}`);
    }
  });

  test('heads its columns with the labels of the table of fields', () => {
    const kinds: Partial<Record<CsvFile, Kind>> = {
      'accounts.csv': 'account',
      'contacts.csv': 'contact',
      'campaigns.csv': 'campaign',
      'campaign_members.csv': 'campaignMember',
      'leads.csv': 'lead',
      'deals.csv': 'deal',
      'deal_stages.csv': 'dealStage',
      'touches.csv': 'touch',
      'revenue.csv': 'revenue',
      'costs.csv': 'cost',
    };
    const links = ['account', 'contact', 'lead', 'deal', 'campaign'];
    for (const [file, kind] of Object.entries(kinds)) {
      const [id, ...columns] = columnsOf[file as CsvFile];
      assert.match(id, / ID$/);
      const labels = fieldsOf[kind].map((field) => (links.includes(field.type) ? `${field.label} ID` : field.label));
      const beyond = file === 'touches.csv' ? ['Recorded'] : [];
      if (file === 'costs.csv') {
        const unknown = columns.filter((column) => !labels.includes(column));
        assert.deepEqual(unknown, [], 'costs state what the simulator knows of them');
        continue;
      }
      assert.deepEqual([...columns].sort(), [...labels, ...beyond].sort(), file);
    }
  });

  test('writes exactly the leads asked for and tells the rows of each file', () => {
    assert.equal(rowsOf('leads.csv').length, 3000);
    for (const [file, rows] of Object.entries(typical.truth.rows)) assert.equal(rowsOf(file as CsvFile).length, rows, file);
  });

  test('names no record that is not there', () => {
    const ids = (file: CsvFile, column: string): Set<string> => {
      const all = rowsOf(file).map((row) => row[column] as string);
      assert.equal(new Set(all).size, all.length, `${column} of ${file} repeats`);
      return new Set(all);
    };
    const known: Record<string, Set<string>> = {
      'Account ID': ids('accounts.csv', 'Account ID'),
      'Contact ID': ids('contacts.csv', 'Contact ID'),
      'Campaign ID': ids('campaigns.csv', 'Campaign ID'),
      'Lead ID': ids('leads.csv', 'Lead ID'),
      'Deal ID': ids('deals.csv', 'Deal ID'),
      'Earlier cycle ID': ids('leads.csv', 'Lead ID'),
    };
    const people = ids('members.csv', 'E-mail');
    for (const column of ['Owner', 'SDR', 'Rep', 'Who']) known[column] = people;
    for (const [file, rows] of Object.entries<Row[]>(typical.files)) {
      for (const row of rows)
        for (const [column, among] of Object.entries(known))
          if (row[column]) assert.ok(among.has(row[column] as string), `${file} ${column} ${row[column]}`);
    }
  });

  test('lets stage times ascend and end with the period', () => {
    for (const row of rowsOf('leads.csv')) {
      const path = ['Created (inquiry)', 'MQL', 'SAL', 'SQL', 'Deal opened'].map((column) => row[column]).filter(Boolean) as string[];
      assert.deepEqual([...path].sort(), path, `${row['Lead ID']}`);
      for (const column of ['Won', 'Lost', 'Rejected', 'Recycled', 'Disqualified']) {
        if (!row[column]) continue;
        assert.ok((row[column] as string) >= (path.at(-1) as string), `${row['Lead ID']} ${column}`);
        assert.ok((row[column] as string) < '2026-01-01', `${row['Lead ID']} ${column}`);
      }
    }
    for (const row of rowsOf('touches.csv')) assert.ok((row['When'] as string) < '2026-01-01');
  });

  test('links a later cycle to the earlier one of the same contact', () => {
    const leads = new Map(rowsOf('leads.csv').map((row) => [row['Lead ID'], row]));
    const later = [...leads.values()].filter((row) => row['Cycle'] !== '1');
    assert.ok(later.length > 10);
    for (const row of later) {
      const earlier = leads.get(row['Earlier cycle ID'] as string) as Row;
      assert.equal(earlier['Contact ID'], row['Contact ID']);
      assert.equal(Number(earlier['Cycle']) + 1, Number(row['Cycle']));
      assert.ok((earlier['Recycled'] as string) < (row['Created (inquiry)'] as string));
    }
  });

  test('counts in truth.json what the files show, by origin, channel, campaign and segment', () => {
    const columnOf: Record<string, string> = {
      openedAt: 'Created (inquiry)',
      mqlAt: 'MQL',
      salAt: 'SAL',
      sqlAt: 'SQL',
      dealAt: 'Deal opened',
      wonAt: 'Won',
      lostAt: 'Lost',
      rejectedAt: 'Rejected',
      recycledAt: 'Recycled',
      disqualifiedAt: 'Disqualified',
    };
    const check = (rows: Row[], told: Group, what: string): void => {
      for (const { stage, field } of leadStages)
        assert.equal(rows.filter((row) => row[columnOf[field] as string]).length, told.reached[stage], `${what} ${stage}`);
      assert.equal(String(rows.reduce((sum, row) => sum + minor(row['Value']), 0n)), told.value, what);
      assert.equal(String(rows.filter((row) => row['Won']).reduce((sum, row) => sum + minor(row['Value']), 0n)), told.wonValue, what);
    };
    const leads = rowsOf('leads.csv');
    check(leads, typical.truth.stages.all, 'all');
    for (const [dimension, column] of [
      ['origin', 'Origin'],
      ['channel', 'Channel'],
      ['campaign', 'Campaign ID'],
      ['segment', 'Segment'],
    ] as const) {
      const told = typical.truth.stages.by[dimension] as Record<string, Group>;
      assert.deepEqual(Object.keys(told).sort(), [...new Set(leads.map((row) => row[column] as string))].sort());
      for (const key of Object.keys(told))
        check(
          leads.filter((row) => row[column] === key),
          told[key] as Group,
          `${dimension} ${key}`,
        );
    }
  });

  test('sums in truth.json the money of the files', () => {
    const sums = (file: CsvFile, key: (row: Row) => string): Record<string, { count: number; amount: string }> => {
      const found: Record<string, { count: number; sum: bigint }> = {};
      for (const row of rowsOf(file)) {
        const entry = (found[key(row)] ??= { count: 0, sum: 0n });
        entry.count++;
        entry.sum += minor(row['Amount']);
      }
      return Object.fromEntries(Object.entries(found).map(([name, { count, sum }]) => [name, { count, amount: String(sum) }]));
    };
    assert.deepEqual(
      sums('revenue.csv', (row) => row['Kind'] as string),
      typical.truth.revenue,
    );
    assert.deepEqual(
      sums('costs.csv', (row) => `${row['Side']} ${row['Category']}`),
      typical.truth.costs,
    );
    assert.deepEqual(
      sums('deals.csv', (row) => `${row['Type']}, ${row['Status']}`),
      typical.truth.deals,
    );
    for (const campaign of typical.truth.campaigns) {
      const spent = rowsOf('costs.csv')
        .filter((row) => row['Campaign ID'] === campaign.id)
        .reduce((sum, row) => sum + minor(row['Amount']), 0n);
      assert.equal(String(spent), campaign.media, campaign.name);
    }
  });

  test('counts the seeded mess', () => {
    const { mess } = typical.truth;
    const contacts = rowsOf('contacts.csv');
    const shouted = contacts.filter((row) => /^[^a-z]*@/.test(row['E-mail'] as string));
    assert.equal(shouted.length, mess.duplicateContactsOtherCase);
    assert.equal(contacts.length - new Set(contacts.map((row) => row['E-mail']?.toLowerCase())).size, mess.duplicateContactsOtherCase);
    const sameNameAndAccount = new Set(contacts.map((row) => `${row['Name']} ${row['Account ID']}`)).size;
    assert.equal(
      contacts.length - sameNameAndAccount,
      (mess['duplicateContactsOtherCase'] as number) + (mess['duplicateContactsOtherEmail'] as number),
    );
    assert.equal(contacts.filter((row) => !row['Phone']).length, mess.contactsWithoutPhone);
    assert.equal(rowsOf('leads.csv').filter((row) => !row['Origin']).length, mess.leadsWithBlankOrigin);
    assert.equal(rowsOf('leads.csv').filter((row) => row['Origin'] === 'unknown').length, mess.leadsWithUnknownOrigin);
    const touches = rowsOf('touches.csv');
    assert.equal(touches.filter((row) => row['Recorded']).length, mess.lateRecordedTouches);
    assert.equal(
      touches.filter((row) => row['Outcome'] === 'Received').length,
      (mess['autoRepliesMarked'] as number) + (mess['autoRepliesUnmarked'] as number),
    );
  });

  test('lets people of sales act in working hours only, not on leave, after their first day', () => {
    const calendars = new Map(typical.calendar.calendars.map((calendar) => [calendar.name, calendar]));
    const members = new Map(rowsOf('members.csv').map((row) => [row['E-mail'], row]));
    const acts = rowsOf('touches.csv').filter((row) => row['Side'] === 'sales');
    assert.ok(acts.length > 1000);
    for (const row of acts) {
      const member = members.get(row['Who'] as string) as Row;
      const calendar = calendars.get(member['Calendar'] as string) as WeekCalendar;
      const local = Temporal.Instant.from(row['When'] as string).toZonedDateTimeISO(calendar.timeZone);
      const day = local.toPlainDate().toString();
      const clock = local.toPlainTime().toString().slice(0, 5);
      const weekday = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'][local.dayOfWeek - 1] as string;
      assert.ok(
        calendar.weekly[weekday]?.some(([from, to]) => clock >= from && clock < to),
        `${row['Touch ID']} ${local}`,
      );
      assert.ok(!calendar.holidays.some((holiday) => holiday.day === day), `${row['Touch ID']} on a holiday`);
      assert.ok(
        !typical.calendar.leave.some((leave) => leave.member === row['Who'] && leave.from <= day && leave.to >= day),
        `${row['Touch ID']} on leave`,
      );
      assert.ok(day >= (member['Starts'] as string));
    }
  });

  test('tells which leads were worked when', () => {
    const firstOf = new Map<string, string>();
    for (const row of rowsOf('touches.csv')) {
      if (row['Side'] !== 'sales' || (row['Kind'] !== 'call' && row['Kind'] !== 'email')) continue;
      const lead = row['Lead ID'] as string;
      if (!firstOf.has(lead) || (row['When'] as string) < (firstOf.get(lead) as string)) firstOf.set(lead, row['When'] as string);
    }
    const worked = rowsOf('leads.csv').filter((row) => row['SAL'] && firstOf.has(row['Lead ID'] as string));
    const speed = typical.truth.speedToFirstAttempt;
    assert.equal(worked.length, speed.within1h + speed.within4h + speed.within24h + speed.within72h + speed.later);
    const hours = worked.map((row) => (secondsOf(firstOf.get(row['Lead ID'] as string)) - secondsOf(row['MQL'])) / 3600);
    assert.equal(hours.filter((h) => h <= 1).length, speed.within1h);
    assert.equal(hours.filter((h) => h > 72).length, speed.later);
  });

  test('makes each state differ the way its name says', async () => {
    const of: Record<string, Awaited<ReturnType<typeof written>>> = { typical };
    for (const state of stateNames) if (state !== 'typical') of[state] = await written(state, 3000);
    const truthOf = (state: string): TruthFile => (of[state] as Written).truth;
    const share = (state: string, part: (t: TruthFile) => number, whole: (t: TruthFile) => number): number =>
      part(truthOf(state)) / whole(truthOf(state));
    const mql = (t: TruthFile): number => t.stages.all.reached['mql'] as number;
    const medianHours = (state: string): number => {
      const first = new Map<string, number>();
      for (const row of rowsOf('touches.csv', of[state]))
        if (row['Side'] === 'sales' && row['Kind'] !== 'message' && !first.has(row['Lead ID'] as string))
          first.set(row['Lead ID'] as string, secondsOf(row['When']));
      return median(
        rowsOf('leads.csv', of[state])
          .filter((row) => row['SAL'] && first.has(row['Lead ID'] as string))
          .map((row) => ((first.get(row['Lead ID'] as string) as number) - secondsOf(row['MQL'])) / 3600),
      );
    };
    assert.ok(medianHours('well-aligned') < 5 && medianHours('typical') > 5 && medianHours('sales-slow') > 3 * medianHours('typical'));
    const rejected = (state: string): number => share(state, (t) => t.rejections.leads, mql);
    assert.ok(rejected('marketing-flooding') > 1.7 * rejected('typical') && rejected('well-aligned') < 0.5 * rejected('typical'));
    const neverWorked = (state: string): number =>
      share(
        state,
        (t) => t.campaigns.reduce((sum, campaign) => sum + campaign.mqlsNeverWorked, 0),
        (t) => t.campaigns.reduce((sum, campaign) => sum + campaign.mqls, 0),
      );
    assert.ok(neverWorked('campaigns-ignored') > 0.35 && neverWorked('typical') < 0.25 && neverWorked('well-aligned') < 0.03);
    const misfitWins = (state: string): number =>
      share(
        state,
        (t) => t.customers.wonMisfit,
        (t) => t.customers.wonMisfit + t.customers.wonFit,
      );
    const churn = (state: string): number =>
      share(
        state,
        (t) => t.customers.churned,
        (t) => t.customers.wonMisfit + t.customers.wonFit + t.customers.existing,
      );
    assert.ok(misfitWins('retention-bleeding') > 2 * misfitWins('typical'));
    assert.ok(churn('retention-bleeding') > 1.3 * churn('typical') && churn('typical') > churn('well-aligned'));
    const winsOf = (state: string): number => truthOf(state).stages.all.reached['won'] as number;
    for (const state of ['typical', 'sales-slow', 'marketing-flooding', 'campaigns-ignored'])
      assert.ok(winsOf('well-aligned') > 1.5 * winsOf(state), state);
    const monthEnd = (state: string): number =>
      rowsOf('leads.csv', of[state]).filter((row) => Number(row['MQL']?.slice(8, 10)) >= 27).length / mql(truthOf(state));
    assert.ok(monthEnd('marketing-flooding') > 2 * monthEnd('well-aligned'));
  });

  test('lets the sample company end today, or just before', () => {
    assert.equal(sampleStart('2026-11-23'), '2025-05-23');
    assert.equal(sampleStart('2026-08-31'), '2025-02-28');
  });

  test('refuses arguments it can not use, saying which would do', async () => {
    await assert.rejects(
      writeSimulation({ seed: 1, months: 0, leads: 10, folder }),
      /--months is 0; a whole number from 1 to 120 would do/,
    );
    await assert.rejects(writeSimulation({ seed: 1, months: 1, leads: 10, start: '2025-02-30', folder }), /--start/);
    const said: string[] = [];
    const io = {
      out: (line: string) => said.push(line),
      err: (line: string) => said.push(line),
      json: true,
      watched: false,
      progress: () => {},
    };
    assert.equal(await simulateCommand.run({ values: { state: 'perfect' }, positionals: [] }, io), 2);
    assert.match(said.join(), /--state is “perfect”; one of typical/);
    assert.equal(await simulateCommand.run({ values: { leads: '20', months: '2', out: join(folder, 'small') }, positionals: [] }, io), 0);
    assert.equal(JSON.parse(said.at(-1) as string).files.find((file: { name: string }) => file.name === 'leads.csv').rows, 20);
  });
});

/** Minor units of a plain decimal with two places. */
function minor(text: string | undefined): bigint {
  if (!text) return 0n;
  assert.match(text, /^-?\d+\.\d\d$/);
  return BigInt(text.replace('.', ''));
}
