import type { z } from 'zod';
import { currencyDigits } from '#engine/values/currency.ts';
import type { CommandArgs, WorkspaceCommand, WorkspaceIo } from '#platform/cli/command.ts';
import { Problem } from '#platform/errors.ts';
import {
  type FunnelAnswer,
  type FunnelBy,
  funnelQuery,
  type FunnelRow,
  funnelGroupings,
  recordsOf,
  recordsQuery,
  type ShownCounts,
} from './contract.ts';
import { answerFunnel } from './queries/answers.ts';
import { hasIds } from './queries/groups.ts';
import { listFunnelRecords } from './queries/records.ts';

/** `accord funnel --by origin --from mql --to won`. */
export const funnelCommand: WorkspaceCommand = {
  name: 'funnel',
  summary: 'conversion between two stages, by group, and the leads behind each number',
  needs: 'workspace',
  options: {
    by: { type: 'string', value: 'GROUPING', description: `${funnelGroupings.join(', ')} (default none)` },
    from: { type: 'string', value: 'STAGE', description: 'inquiry, mql, sal, sql or deal (default mql)' },
    to: { type: 'string', value: 'STAGE', description: 'a later stage: …, won, lost, rejected, recycled, disqualified (default won)' },
    cohort: { type: 'boolean', description: 'of the leads that entered in the period, those that reached the later stage (default)' },
    period: { type: 'boolean', description: 'entered the later stage in the period ÷ entered the earlier one in the period' },
    start: { type: 'string', value: 'DAY', description: 'first day of the period, YYYY-MM-DD' },
    end: { type: 'string', value: 'DAY', description: 'last day of the period' },
    'window-days': { type: 'string', value: 'N', description: 'cohorts only: days within which the later stage must be reached' },
    'as-of': { type: 'string', value: 'DAY', description: 'the last day whose entries count (default today)' },
    records: { type: 'boolean', description: 'list the leads instead' },
    group: { type: 'string', value: 'VALUE', description: 'with --records: of one group only; a campaign, owner or team by its id' },
    blank: { type: 'boolean', description: 'with --records: of the leads where the grouping is not stated' },
    which: { type: 'string', value: 'WHICH', description: `with --records: ${recordsOf.join(', ')} (default entered)` },
    limit: { type: 'string', value: 'N', description: 'with --records: 1 to 200 a page (default 50)' },
    cursor: { type: 'string', value: 'TEXT', description: 'with --records: the `next` of the page before' },
  },
  run: (args, io) => (args.values.records ? printRecords(args, io) : printFunnel(args, io)),
};

async function printFunnel(args: CommandArgs, io: WorkspaceIo): Promise<number> {
  const answer = await answerFunnel(io.database, io.workspaceId, parsed(funnelQuery, askedOf(args)));
  if (io.json) io.out(JSON.stringify({ ...answer, rows: answer.rows.map(withRoundRate), total: withRoundRate(answer.total) }));
  else for (const line of funnelLines(answer)) io.out(line);
  return 0;
}

async function printRecords(args: CommandArgs, io: WorkspaceIo): Promise<number> {
  const { group, blank, which, limit, cursor } = args.values;
  const page = await listFunnelRecords(
    io.database,
    io.workspaceId,
    parsed(recordsQuery, {
      ...askedOf(args),
      ...given({ which, limit, cursor, group: blank ? 'null' : typeof group === 'string' ? JSON.stringify(group) : undefined }),
    }),
  );
  if (io.json) io.out(JSON.stringify(page));
  else {
    for (const line of table(
      [
        ['lead', 'name', 'stage', 'origin', 'owner'],
        ...page.items.map((lead) => [lead.id, lead.name, lead.stage, lead.origin, lead.ownerName].map(cell)),
      ],
      5,
    ))
      io.out(line);
    io.out(`${page.items.length} of ${page.total}${page.next ? `; more with --cursor ${page.next}` : ''}`);
  }
  return 0;
}

/** The options under the names of the API's parameters. */
function askedOf({ values, positionals }: CommandArgs): Record<string, unknown> {
  if (positionals.length > 0)
    throw new Problem('bad-input', `“${positionals[0]}” is no option of this command: see \`accord funnel --help\`.`);
  if (values.cohort && values.period) throw new Problem('bad-input', 'Either --cohort or --period, not both.');
  const { by, from, to, start, end } = values;
  return given({
    by,
    from,
    to,
    start,
    end,
    mode: values.period ? 'period' : 'cohort',
    windowDays: values['window-days'],
    asOf: values['as-of'],
  });
}

const given = (options: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));

function parsed<S extends z.ZodType>(schema: S, asked: unknown): z.output<S> {
  const result = schema.safeParse(asked);
  if (result.success) return result.data;
  const fields = result.error.issues.map((issue) => ({ at: optionOf(String(issue.path[0] ?? '')), reason: issue.message }));
  throw new Problem('bad-input', fields.map(({ at, reason }) => `${at}: ${reason}`).join('\n'), { fields });
}

const optionOf = (parameter: string): string =>
  parameter === 'mode' ? '--period' : `--${parameter.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;

/** Five decimals: a rate of a million leads is not known better. */
const withRoundRate = <T extends FunnelRow | ShownCounts>(counts: T): T => ({
  ...counts,
  rate: counts.rate === null ? null : Math.round(counts.rate * 100_000) / 100_000,
});

function funnelLines(answer: FunnelAnswer): string[] {
  const head = [
    answer.by === 'none' ? '' : answer.by,
    'entered',
    'reached',
    'rate',
    'median days',
    'p90 days',
    'value',
    ...(hasIds(answer.by) ? ['id'] : []),
  ];
  const rows = answer.by === 'none' ? [] : answer.rows.map((row) => lineOf(row.label, row, answer.by));
  return [
    answer.formula,
    `${answer.start ?? 'first'} to ${answer.end ?? 'last'} day, ${answer.timeZone}, rules ${answer.rulesVersion}`,
    '',
    ...table([head, ...rows, lineOf('all', answer.total, answer.by)], 1),
    '',
    ...(answer.notShown
      ? [
          `${answer.notShown.groups} more groups with ${answer.notShown.entered} entered and ${answer.notShown.reached} reached are in the total.`,
        ]
      : []),
    ...answer.notes,
  ];
}

function lineOf(label: string, counts: FunnelRow | ShownCounts, by: FunnelBy): string[] {
  const rate = counts.rate === null ? '–' : `${(counts.rate * 100).toFixed(2)} %${counts.censored > 0 ? '*' : ''}`;
  const values = counts.values
    .filter(({ amount }) => amount !== '0')
    .map(({ amount, currency }) => `${majorUnits(amount, currency)} ${currency ?? '(no currency)'}`);
  const id = hasIds(by) ? ['group' in counts ? cell(counts.group) : ''] : [];
  return [
    label,
    String(counts.entered),
    String(counts.reached),
    rate,
    days(counts.medianDays),
    days(counts.p90Days),
    values.join(' + ') || '–',
    ...id,
  ];
}

const days = (number: number | null): string => (number === null ? '–' : String(number));
const cell = (value: unknown): string => (value === null || value === undefined ? '' : String(value));

/** `1200050` of a currency with two decimals is `12000.50`. Without a known currency minor units stay as they are. */
function majorUnits(amount: string, currency: string | null): string {
  const digits = currency === null ? 0 : (currencyDigits(currency) ?? 0);
  if (digits === 0) return amount;
  const padded = amount.replace('-', '').padStart(digits + 1, '0');
  return `${amount.startsWith('-') ? '-' : ''}${padded.slice(0, -digits)}.${padded.slice(-digits)}`;
}

/** Columns as wide as their widest cell; the first `left` to the left, numbers to the right. */
function table(rows: readonly (readonly string[])[], left: number): string[] {
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows.map((row) =>
    row
      .map((text, column) =>
        column < left || (row.length > 7 && column === 7) ? text.padEnd(widths[column]!) : text.padStart(widths[column]!),
      )
      .join('  ')
      .trimEnd(),
  );
}
