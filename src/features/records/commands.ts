import type { WorkspaceCommand } from '#platform/cli/command.ts';
import { type Check, type Verification, verifyWorkspace } from './queries/verify.ts';

/** @param checks of projections that other features keep */
export const verifyCommand = (checks: readonly Check[]): WorkspaceCommand => ({
  name: 'verify',
  summary: 'rebuilds every projection from the facts and reports any difference',
  needs: 'workspace',
  options: {},
  async run(_args, io) {
    const result: Verification = { checked: {}, differences: [], total: 0 };
    for (const check of [verifyWorkspace, ...checks]) {
      const { checked, differences, total } = await check(io.database, io.workspaceId, (phase) => io.progress(phase));
      Object.assign(result.checked, checked);
      result.differences.push(...differences);
      result.total += total;
    }
    io.progress('');
    if (io.json) io.out(JSON.stringify(result));
    else for (const line of linesOf(result)) io.out(line);
    return result.total === 0 ? 0 : 1;
  },
});

function linesOf({ checked, differences, total }: Verification): string[] {
  return [
    ...Object.entries(checked).map(([kind, rows]) => `${kind.padStart(16)} ${rows} checked`),
    ...differences.map(
      ({ kind, id, field, state, facts, what }) =>
        `${kind} ${id}${field ? ` ${field}` : ''} ${what}${state !== null || facts !== null ? `: table ${state ?? 'nothing'}, facts ${facts ?? 'nothing'}` : ''}`,
    ),
    total === 0 ? 'State and facts agree.' : `${total} differences.`,
  ];
}
