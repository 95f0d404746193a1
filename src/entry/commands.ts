import { agreementCommands } from '#features/agreement/commands.ts';
import { campaignsCommand } from '#features/campaigns/commands.ts';
import { funnelCommand } from '#features/funnel/commands.ts';
import { verifyPayouts } from '#features/incentives/queries/verify.ts';
import { verifyProposals } from '#features/campaigns/queries/verify-proposals.ts';
import { verifyHandoffs } from '#features/handoff/queries/verify.ts';
import { handoffCommands } from '#features/handoff/commands.ts';
import { importCommand, importsCommand } from '#features/intake/commands.ts';
import { verifyCommand } from '#features/records/commands.ts';
import { returnsCommands } from '#features/returns/commands.ts';
import { verifyAttribution } from '#features/returns/queries/verify-attribution.ts';
import { verifyLedger } from '#features/returns/queries/verify-ledger.ts';
import { simulateCommand } from '#features/simulate/commands.ts';
import { resetPasswordCommand, workspaceCommand } from '#features/people/commands.ts';
import { calcCommand } from '#platform/calc/command.ts';
import type { Command, PlainCommand } from '#platform/cli/command.ts';

/** Stand in the list and in the documentation; `main.ts` runs them without the command line's set-up. */
const servers: PlainCommand[] = [
  {
    name: 'serve',
    summary: 'starts the server: database, migrations, web app, API and worker',
    needs: 'nothing',
    options: {},
    run: () => Promise.resolve(2),
  },
  {
    name: 'worker',
    summary: 'starts a worker without a web server, beside servers on the same database',
    needs: 'nothing',
    options: {},
    run: () => Promise.resolve(2),
  },
];

/** Every command of `accord`. */
export const commands: readonly Command[] = [
  ...servers,
  importCommand,
  importsCommand,
  funnelCommand,
  ...handoffCommands,
  ...agreementCommands,
  ...returnsCommands,
  campaignsCommand,
  calcCommand,
  verifyCommand([verifyHandoffs, verifyLedger, verifyAttribution, verifyProposals, verifyPayouts]),
  simulateCommand,
  workspaceCommand,
  resetPasswordCommand,
];
