import { commands } from '#entry/commands.ts';
import { help } from '#platform/cli/run.ts';

export const file = 'docs/reference/commands.md';

export async function make(): Promise<string> {
  return [
    '# Commands',
    '',
    'Run as `bin/accord COMMAND`. A command uses the database of the server that runs on the data folder, or opens the folder itself. Exit codes: 0 done · 1 done, and what was found is not in order (rejected rows, differences) · 2 the call was wrong · 3 refused or failed, nothing was changed.',
    '',
    ...commands.flatMap((command) => [`## ${command.name}`, '', '```', help(command), '```', '']),
  ].join('\n');
}
