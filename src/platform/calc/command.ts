import { text } from 'node:stream/consumers';
import type { CommandIo, PlainCommand } from '#platform/cli/command.ts';
import { type FieldProblem, Problem } from '#platform/errors.ts';
import { toJson } from '#platform/http/answer.ts';
import { compute, type Formula } from './formula.ts';
import { formulas } from './formulas.ts';

/** Exit codes of a call that was wrong, as everywhere. */
const wrongCall = 2;

/** @param readInput all of standard input; null when a terminal stands there */
export const calcCommandReading = (readInput: () => Promise<string | null>): PlainCommand => ({
  name: 'calc',
  summary: 'calculates a formula offline: JSON on standard input, JSON on standard output; without a formula it lists them',
  needs: 'nothing',
  positionals: '[FORMULA < in.json]',
  options: {},
  async run({ positionals: [name, ...more] }, io) {
    if (name === undefined) return listFormulas(io);
    const asked = formulas.find((each) => each.name === name);
    if (!asked) return refuse(io, 'formula', `there is no “${name}”; there are ${formulas.map((each) => each.name).join(', ')}`);
    if (more.length > 0) return refuse(io, 'arguments', `“${more[0]}” is one too many; the input comes on standard input`);
    const input = await readInput();
    if (input === null) return refuse(io, 'input', `nothing is given on standard input; call it as accord calc ${name} < in.json`);
    return calculate(asked, input, io);
  },
});

export const calcCommand = calcCommandReading(async () => (process.stdin.isTTY ? null : text(process.stdin)));

function listFormulas(io: CommandIo): number {
  if (io.json) io.out(JSON.stringify({ formulas: formulas.map(({ name, summary }) => ({ name, summary })) }));
  else for (const { name, summary } of formulas) io.out(`${name}\n  ${summary}\n`);
  return 0;
}

async function calculate(asked: Formula, input: string, io: CommandIo): Promise<number> {
  try {
    io.out(toJson(await compute(asked, parseJson(asked, input))));
    return 0;
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    return refuseFields(io, error.fields ?? [{ at: '', reason: error.message }]);
  }
}

function parseJson(asked: Formula, input: string): unknown {
  try {
    return JSON.parse(input.replace(/^\uFEFF/, ''));
  } catch (error) {
    const what = input.trim() === '' ? 'is empty' : `is not JSON (${(error as Error).message})`;
    throw new Problem('bad-input', what, { fields: [{ at: '', reason: `${what}; give such as ${toJson(asked.example)}` }] });
  }
}

const refuse = (io: CommandIo, at: string, reason: string): number => refuseFields(io, [{ at, reason }]);

/** Says where, what, and what would be fine. */
function refuseFields(io: CommandIo, fields: readonly FieldProblem[]): number {
  const lines = fields.map(({ at, reason }) => `${at === '' ? 'input' : at}: ${reason}`);
  if (io.json) io.out(JSON.stringify({ problem: { code: 'bad-input', detail: lines.join('\n'), fields } }));
  else io.err(lines.join('\n'));
  return wrongCall;
}
