import { majorUnits } from '#engine/values/money.ts';
import type { CommandArgs, WorkspaceCommand, WorkspaceIo } from '#platform/cli/command.ts';
import { Problem } from '#platform/errors.ts';
import { attributionCommand } from './commands/attribution.ts';
import { aligned, parsed } from './commands/table.ts';
import { figureGroupings, type FigureName, figureTable } from './contract/figure-table.ts';
import { type FiguresAnswer, type FiguresRow, figuresQuery } from './contract/figures.ts';
import { answerFigures } from './queries/figures.ts';

/** `accord returns --by segment`. Whoever may use it has the database itself: nothing of pay is kept back. */
export const returnsCommand: WorkspaceCommand = {
  name: 'returns',
  summary: 'what both sides cost and what came back: win rate, CAC, payback, ROMI and more, by group',
  needs: 'workspace',
  options: {
    by: { type: 'string', value: 'GROUPING', description: `${figureGroupings.join(', ')} (default none)` },
    start: {
      type: 'string',
      value: 'DAY',
      description: 'first day of the period, YYYY-MM-DD (default: twelve months up to the last complete one)',
    },
    end: { type: 'string', value: 'DAY', description: 'last day of the period' },
    allocated: { type: 'boolean', description: 'shared costs spread by the allocation keys' },
    'lag-days': { type: 'string', value: 'N|cycle', description: 'cost of so many days earlier; cycle: of the median cycle (default 0)' },
    'window-days': { type: 'string', value: 'N', description: 'close rate: days within which a lead must be won (default 90)' },
    basis: { type: 'string', value: 'BASIS', description: 'how revenue is read: terms or activity (default: as set)' },
    target: { type: 'string', value: 'AMOUNT', description: 'what is to be won, minor units, for coverage' },
  },
  async run(args, io) {
    const asked = parsed(figuresQuery, askedOf(args));
    const answer = await answerFigures(io.database, io.workspaceId, { marketing: true, sales: true }, asked);
    if (io.json) io.out(JSON.stringify(answer));
    else printFigures(answer, io);
    return 0;
  },
};

export const returnsCommands: readonly WorkspaceCommand[] = [returnsCommand, attributionCommand];

/** The options under the names of the API's parameters. */
function askedOf({ values, positionals }: CommandArgs): Record<string, unknown> {
  if (positionals.length > 0)
    throw new Problem('bad-input', `“${positionals[0]}” is no option of this command: see \`accord returns --help\`.`);
  const { by, start, end, basis, target, allocated } = values;
  const named = {
    by,
    start,
    end,
    basis,
    target,
    allocated: allocated ? 'true' : undefined,
    lagDays: values['lag-days'],
    windowDays: values['window-days'],
  };
  return Object.fromEntries(Object.entries(named).filter(([, value]) => value !== undefined));
}

/** What fits beside each other; the rest is told of all together. */
const columns: readonly FigureName[] = [
  'winRate',
  'cycleMedian',
  'wonValue',
  'cost',
  'newCustomers',
  'cacBlended',
  'paybackMonths',
  'romi',
];

function printFigures(answer: FiguresAnswer, io: WorkspaceIo): void {
  const { currency } = answer;
  const head = [answer.by === 'none' ? '' : answer.by, 'won', 'lost', ...columns.map((name) => figureTable[name].label)];
  const line = (label: string, { figures, parts }: Pick<FiguresRow, 'figures' | 'parts'>): string[] => [
    label,
    String(parts.won?.count ?? 0),
    String(parts.lost?.count ?? 0),
    ...columns.map((name) => textOf(name, figures[name].value, currency)),
  ];
  const rows = answer.by === 'none' ? [] : answer.rows.map((row) => line(row.label, row));
  io.out(`${answer.start} to ${answer.end}, ${answer.timeZone}, ${currency}, on record up to ${answer.asOf}, rules ${answer.version}`);
  io.out('');
  for (const text of aligned([head, ...rows, line('all', answer.total)])) io.out(text);
  io.out('');
  for (const text of aligned(everyFigure(answer))) io.out(text);
  if (answer.notes.length > 0) io.out('');
  for (const note of answer.notes) io.out(note);
}

/** Of all together: each figure with its range, or why there is none, and its formula. */
function everyFigure({ total: { figures }, currency }: FiguresAnswer): string[][] {
  return (Object.keys(figureTable) as FigureName[]).map((name) => {
    const { value, why, uncertainty } = figures[name];
    const range = uncertainty ? `${textOf(name, uncertainty.low, currency)} … ${textOf(name, uncertainty.high, currency)}` : '';
    return [figureTable[name].label, value === null ? (why ?? '') : textOf(name, value, currency), range, `= ${figureTable[name].formula}`];
  });
}

function textOf(name: FigureName, value: string | number | null, currency: string): string {
  if (value === null) return '–';
  switch (figureTable[name].unit) {
    case 'share':
      return `${(Number(value) * 100).toFixed(1)} %`;
    case 'ratio':
      return Number(value).toFixed(2);
    case 'months':
      return Number(value).toFixed(1);
    case 'count':
    case 'days':
      return String(value);
    default:
      return majorUnits(String(value), currency);
  }
}
