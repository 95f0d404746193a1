/** The command line: `accord COMMAND`. Each command is loaded when it is called, so that starting stays quick. */

import type { Command } from '#platform/cli/command.ts';
import { runCommandLine } from '#platform/cli/run.ts';

const [name] = process.argv.slice(2);

if (name === 'serve' || name === 'worker') {
  const { serve } = await import('./serve.ts');
  process.exitCode = await serve({ web: name === 'serve' });
} else {
  const [{ commands }, { openForCommand, openWorkspace }] = await Promise.all([import('./commands.ts'), import('./open-database.ts')]);
  process.exitCode = await runCommandLine(process.argv.slice(2), commands satisfies readonly Command[], {
    workspace: openWorkspace,
    installation: openForCommand,
  });
}
