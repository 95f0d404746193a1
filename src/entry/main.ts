/**
 * The command line: `accord COMMAND`. Servers are loaded apart from commands, and calculation apart from both: it needs no
 * database, and loading all commands takes longer than most of what it calculates.
 */

import type { Command } from '#platform/cli/command.ts';
import { runCommandLine } from '#platform/cli/run.ts';

const [name] = process.argv.slice(2);

if (name === 'serve' || name === 'worker') {
  const { serve } = await import('./serve.ts');
  process.exitCode = await serve({ web: name === 'serve' });
} else {
  const commands = name === 'calc' ? [(await import('#platform/calc/command.ts')).calcCommand] : (await import('./commands.ts')).commands;
  process.exitCode = await runCommandLine(process.argv.slice(2), commands satisfies readonly Command[], {
    workspace: async (...asked) => (await import('./open-database.ts')).openWorkspace(...asked),
    installation: async (...asked) => (await import('./open-database.ts')).openForCommand(...asked),
  });
}
