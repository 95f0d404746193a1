import type { z } from 'zod';
import { byteOrderMark } from '#engine/csv/write.ts';
import {
  type AttainmentAnswer,
  attainmentAsk,
  attainmentGroupings,
  type ClauseAttainment,
  evidenceAsk,
} from '#features/agreement/contract.ts';
import type { CommandArgs, WorkspaceCommand, WorkspaceIo } from '#platform/cli/command.ts';
import { Problem } from '#platform/errors.ts';
import { answerAttainment } from './queries/attainment.ts';
import { exportEvidence } from './queries/evidence.ts';

const scopeOptions = {
  start: { type: 'string', value: 'DAY', description: 'first day of the period, YYYY-MM-DD (default: this month and the two before)' },
  end: { type: 'string', value: 'DAY', description: 'last day of the period (default today)' },
  'as-of': { type: 'string', value: 'INSTANT', description: 'as known at a moment, such as 2026-03-31T18:00:00Z (default now)' },
  as: { type: 'string', value: 'then|now', description: 'each lead under the version of its time (default), or all under the present one' },
  clause: { type: 'string', value: 'KEY', description: 'one clause only' },
  side: { type: 'string', value: 'SIDE', description: 'marketing or sales' },
  team: { type: 'string', value: 'ID', description: 'one team only' },
  person: { type: 'string', value: 'ID', description: 'one member only' },
  segment: { type: 'string', value: 'TEXT', description: 'one segment only' },
} as const;

/** `accord attainment --by person`. */
export const attainmentCommand: WorkspaceCommand = {
  name: 'attainment',
  summary: 'whether each side keeps what was agreed, clause by clause',
  needs: 'workspace',
  options: {
    by: { type: 'string', value: 'GROUPING', description: `${attainmentGroupings.join(', ')} (default none)` },
    ...scopeOptions,
  },
  async run(args, io) {
    const asked = parsed(attainmentAsk, { ...askedOf(args), ...given({ by: args.values['by'] }) });
    const answer = await answerAttainment(io.database, io.workspaceId, asked);
    if (io.json) io.out(JSON.stringify(answer));
    else for (const line of attainmentLines(answer)) io.out(line);
    return 0;
  },
};

/** `accord evidence --start 2026-01-01 --end 2026-03-31 > evidence.csv`. */
export const evidenceCommand: WorkspaceCommand = {
  name: 'evidence',
  summary: 'the evidence for a period as CSV: clause by clause, lead by lead',
  needs: 'workspace',
  options: scopeOptions,
  run: printEvidence,
};

export const handoffCommands: readonly WorkspaceCommand[] = [attainmentCommand, evidenceCommand];

async function printEvidence(args: CommandArgs, io: WorkspaceIo): Promise<number> {
  if (io.json) throw new Problem('bad-input', '`accord evidence` writes CSV: leave --json out, or ask `accord attainment --json`.');
  const asked = parsed(evidenceAsk, askedOf(args));
  let mark = byteOrderMark;
  await io.database.inWorkspace(
    io.workspaceId,
    async (tx) => {
      for await (const piece of exportEvidence(tx, io.workspaceId, asked)) {
        io.out(mark + piece.replace(/\n$/, ''));
        mark = '';
      }
    },
    { snapshot: true, statementTimeout: 0 },
  );
  return 0;
}

/** The options under the names of the API's parameters. */
function askedOf({ values, positionals }: CommandArgs): Record<string, unknown> {
  if (positionals.length > 0)
    throw new Problem('bad-input', `“${positionals[0]}” is no option of this command: see \`accord attainment --help\`.`);
  const { start, end, as, clause, side, team, person, segment } = values;
  return given({ start, end, asOf: values['as-of'], as, clause, side, teamId: team, memberId: person, segment });
}

const given = (options: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));

const optionNames: Readonly<Record<string, string>> = { asOf: '--as-of', teamId: '--team', memberId: '--person' };

function parsed<S extends z.ZodType>(schema: S, asked: unknown): z.output<S> {
  const result = schema.safeParse(asked);
  if (result.success) return result.data;
  const fields = result.error.issues.map(({ path, message }) => {
    const name = String(path[0] ?? '');
    return { at: optionNames[name] ?? `--${name}`, reason: message };
  });
  throw new Problem('bad-input', fields.map(({ at, reason }) => `${at}: ${reason}`).join('\n'), { fields });
}

// ── as text ─────────────────────────────────────────────────────────────────

function attainmentLines(answer: AttainmentAnswer): string[] {
  const head = ['', 'due', 'kept', 'late', 'missed', 'excused', 'open', 'share', 'target', ''];
  const of = (side: string) => answer.clauses.filter((clause) => clause.side === side);
  const sides = answer.sides.flatMap((side) => [
    [capitalised(side.side), ...countCells(side), '', `${side.kept} kept, ${side.broken} broken`],
    ...of(side.side).flatMap(clauseRows),
  ]);
  return [
    `${answer.start} to ${answer.end}, ${answer.timeZone}, as of ${answer.asOf}, rules ${answer.rulesVersion}`,
    '',
    ...table([head, ...sides]),
    '',
    ...answer.notes,
  ];
}

function clauseRows(clause: ClauseAttainment): string[][] {
  const verdict = clause.kept === null ? '' : clause.kept ? 'kept' : 'broken';
  return [
    [`  ${clause.title}${clause.pace ? ' (working days)' : ''}`, ...countCells(clause), `${clause.targetPercent} %`, verdict],
    ...clause.rows.map((row) => [`    ${row.label}`, ...countCells(row), '', '']),
  ];
}

const countCells = (counts: ClauseAttainment['rows'][number] | AttainmentAnswer['sides'][number] | ClauseAttainment): string[] => [
  ...[counts.due, counts.compliant, counts.late, counts.missed, counts.excused, counts.open].map(String),
  counts.attainment === null ? '–' : `${(counts.attainment * 100).toFixed(1)} %`,
];

const capitalised = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** Columns as wide as their widest cell; the first and the last to the left, numbers to the right. */
function table(rows: readonly (readonly string[])[]): string[] {
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const last = widths.length - 1;
  return rows.map((row) =>
    row
      .map((text, column) => (column === 0 || column === last ? text.padEnd(widths[column]!) : text.padStart(widths[column]!)))
      .join('  ')
      .trimEnd(),
  );
}
