import { parseArgs } from 'node:util';
import type { Database } from '#platform/db/database.ts';
import { Problem } from '#platform/errors.ts';
import type { Command, CommandArgs, CommandIo, CommandOptions, WorkspaceIo } from './command.ts';

const everywhere: CommandOptions = {
  json: { type: 'boolean', description: 'print one JSON document' },
  workspace: { type: 'string', value: 'SLUG', description: 'the workspace, by its short name or id; not needed when there is one' },
  help: { type: 'boolean', short: 'h', description: 'what this command does' },
};

export interface Openers {
  workspace(named: string | undefined, io: CommandIo, makeFirst: boolean): Promise<{ io: WorkspaceIo; close(): Promise<void> }>;
  installation(io: CommandIo): Promise<{ io: CommandIo & { database: Database }; close(): Promise<void> }>;
}

/**
 * Runs one command line. Exit codes: 0 done; 1 done, and what was found is not in order; 2 the call was
 * wrong; 3 refused or failed, nothing was changed.
 */
export async function runCommandLine(argv: readonly string[], commands: readonly Command[], open: Openers): Promise<number> {
  const [name, ...rest] = argv;
  const command = commands.find((candidate) => candidate.name === name);
  const plain = commandIo(rest.includes('--json'));
  if (!command) {
    const asked = name === undefined || name === 'help' || name === '--help' || name === '-h';
    (asked ? plain.out : plain.err)(`${asked ? '' : `There is no command "${name}".\n\n`}${overview(commands)}`);
    return asked ? 0 : 2;
  }
  let args: CommandArgs;
  try {
    args = parseArgs({ args: rest, options: { ...command.options, ...everywhere }, allowPositionals: true, strict: true }) as CommandArgs;
  } catch (error) {
    plain.err(`${(error as Error).message}\n\n${help(command)}`);
    return 2;
  }
  if (args.values.help) {
    plain.out(help(command));
    return 0;
  }
  return guarded(plain, async () => {
    if (command.needs === 'nothing') return command.run(args, plain);
    if (command.needs === 'installation') return using(await open.installation(plain), (io) => command.run(args, io));
    return using(await open.workspace(args.values.workspace as string | undefined, plain, command.makesFirstWorkspace === true), (io) =>
      command.run(args, io),
    );
  });
}

async function using<Io>(opened: { io: Io; close(): Promise<void> }, work: (io: Io) => Promise<number>): Promise<number> {
  try {
    return await work(opened.io);
  } finally {
    await opened.close();
  }
}

async function guarded(io: CommandIo, work: () => Promise<number>): Promise<number> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    const problem =
      error instanceof Problem
        ? { code: error.code, detail: error.message, fields: error.fields }
        : { code: 'failed', detail: error.message };
    if (io.json) io.out(JSON.stringify({ problem }));
    else io.err(error instanceof Problem || !process.env.ACCORD_TRACE ? error.message : (error.stack ?? error.message));
    return 3;
  }
}

export function commandIo(json: boolean): CommandIo {
  const watched = process.stderr.isTTY === true;
  return {
    json,
    watched,
    out: (line) => void process.stdout.write(`${line}\n`),
    err: (line) => void process.stderr.write(`${watched ? '\r\x1b[K' : ''}${line}\n`),
    progress: (text) => void (watched && process.stderr.write(`\r\x1b[K${text}`)),
  };
}

export function overview(commands: readonly Command[]): string {
  const width = Math.max(...commands.map(({ name }) => name.length));
  return [
    'accord: sales and marketing in alignment',
    '',
    'accord COMMAND [OPTIONS]',
    '',
    ...commands.map(({ name, summary }) => `  ${name.padEnd(width)}  ${summary}`),
    '',
    '`accord COMMAND --help` tells more.',
  ].join('\n');
}

export function help(command: Command): string {
  const options = Object.entries({ ...command.options, ...everywhere }).filter(
    ([name]) => command.needs === 'workspace' || name !== 'workspace',
  );
  const left = options.map(([name, option]) => `--${name}${option.type === 'string' ? ` ${option.value ?? 'VALUE'}` : ''}`);
  const width = Math.max(...left.map((text) => text.length));
  return [
    `accord ${command.name}${command.positionals ? ` ${command.positionals}` : ''} [OPTIONS]`,
    command.summary,
    '',
    ...options.map(([, option], at) => `  ${left[at]!.padEnd(width)}  ${option.description}`),
  ].join('\n');
}
