/** `accord calc`: what the engine calculates, without a database. Formulas and their schemas are loaded when they are asked for. */

import { text } from 'node:stream/consumers';
import type { CommandArgs, CommandIo, PlainCommand } from '#platform/cli/command.ts';
import { type FieldProblem, Problem } from '#platform/errors.ts';
import { toJson } from '#platform/http/json.ts';
import { attributionOptions, calculateAttribution, hasFiles } from './attribution/command.ts';
import type { Formula } from './formula.ts';

/** Exit codes of a call that was wrong, as everywhere. */
const wrongCall = 2;

/** @param readInput all of standard input; null when a terminal stands there */
export const calcCommandReading = (readInput: () => Promise<string | null>): PlainCommand => ({
  name: 'calc',
  summary: 'calculates a formula offline: JSON on standard input, JSON on standard output; without a formula it lists them',
  needs: 'nothing',
  positionals: '[FORMULA < in.json | attribution FILE.csv | attribution --touches FILE --conversions FILE]',
  options: attributionOptions,
  run: (args, io) => refusing(io, () => calculateFormula(args, readInput, io)),
});

export const calcCommand = calcCommandReading(async () => (process.stdin.isTTY ? null : text(process.stdin)));

/** What is wrong with a call is said by place, with exit code 2. */
async function refusing(io: CommandIo, work: () => Promise<number>): Promise<number> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    return refuseFields(io, error.fields ?? [{ at: '', reason: error.message }]);
  }
}

async function calculateFormula(args: CommandArgs, readInput: () => Promise<string | null>, io: CommandIo): Promise<number> {
  const [name, ...more] = args.positionals;
  if (name === 'attribution' && hasFiles(args)) return calculateAttribution(args, io);
  const { formulas } = await import('./formulas.ts');
  if (name === undefined) return listFormulas(formulas, io);
  const asked = formulas.find((each) => each.name === name);
  if (!asked) return refuse(io, 'formula', `there is no “${name}”; there are ${formulas.map((each) => each.name).join(', ')}`);
  if (more.length > 0) return refuse(io, 'arguments', `“${more[0]}” is one too many; the input comes on standard input`);
  const option = Object.keys(attributionOptions).find((each) => args.values[each] !== undefined);
  if (option) return refuse(io, `--${option}`, 'goes with files of attribution; put it into the JSON, or name a file');
  const input = await readInput();
  if (input === null) return refuse(io, 'input', `nothing is given on standard input; call it as accord calc ${name} < in.json`);
  return calculate(asked, input, io);
}

function listFormulas(formulas: readonly Formula[], io: CommandIo): number {
  if (io.json) io.out(JSON.stringify({ formulas: formulas.map(({ name, summary }) => ({ name, summary })) }));
  else for (const { name, summary } of formulas) io.out(`${name}\n  ${summary}\n`);
  return 0;
}

async function calculate(asked: Formula, input: string, io: CommandIo): Promise<number> {
  const { compute } = await import('./formula.ts');
  io.out(toJson(await compute(asked, parseJson(asked, input))));
  return 0;
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
