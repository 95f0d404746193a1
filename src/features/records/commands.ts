import type { WorkspaceCommand } from '#platform/cli/command.ts';
import { verifyWorkspace } from './queries/verify.ts';

export const verifyCommand: WorkspaceCommand = {
  name: 'verify',
  summary: 'rebuilds every projection from the facts and reports any difference',
  needs: 'workspace',
  options: {},
  async run(_args, io) {
    const result = await verifyWorkspace(io.database, io.workspaceId, (phase) => io.progress(phase));
    io.progress('');
    if (io.json) io.out(JSON.stringify(result));
    else {
      for (const [kind, rows] of Object.entries(result.checked)) io.out(`${kind.padStart(16)} ${rows} checked`);
      for (const { kind, id, field, state, facts, what } of result.differences)
        io.out(
          `${kind} ${id}${field ? ` ${field}` : ''} ${what}${state !== null || facts !== null ? `: table ${state ?? 'nothing'}, facts ${facts ?? 'nothing'}` : ''}`,
        );
      io.out(result.total === 0 ? 'State and facts agree.' : `${result.total} differences.`);
    }
    return result.total === 0 ? 0 : 1;
  },
};
