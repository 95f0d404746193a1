import { join } from 'node:path';
import type { Logger } from 'pino';
import { forgetOldFiles } from '#features/intake/actions/tidy.ts';
import { recoverRuns } from '#features/intake/actions/runs.ts';
import { makeIdentify } from '#features/people/actions/identify.ts';
import { BadSettings, readConfig } from '#platform/config.ts';
import { openLog } from '#platform/http/log.ts';
import { listen } from '#platform/http/listen.ts';
import { buildServer } from '#platform/http/server.ts';
import { statisticsJobs, statisticsRecurring } from '#platform/db/statistics.ts';
import { startWorker } from '#platform/jobs/worker.ts';
import { ensureFactMonths } from '#platform/facts/facts.ts';
import { FolderInUse } from '#platform/postgres/lock.ts';
import { openInstallation, type Opened } from './open-database.ts';
import { allDoors } from './doors.ts';
import { allJobs, allRecurring } from './jobs.ts';
import { allRoutes } from './routes.ts';
import { sampleCompany } from './sample.ts';
import { version } from './version.ts';

/** Seconds a stop may take before the process ends all the same. */
const patience = 15;

/**
 * Serves until told to stop (SIGINT, SIGTERM, or the process that started it is gone).
 * @returns the exit code
 */
export async function serve({ web }: { web: boolean }): Promise<number> {
  try {
    const config = readConfig();
    const log = openLog(config.logLevel);
    const opened = await openInstallation({ share: !web, config, log: (line) => log.debug({ from: 'postgres' }, line) });
    return await serveWith(opened, log, web);
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    const expected = error instanceof BadSettings || error instanceof FolderInUse || error.name === 'PortTaken';
    process.stderr.write(`${expected ? error.message : (error.stack ?? error.message)}\n`);
    return 1;
  }
}

async function serveWith(opened: Opened, log: Logger, web: boolean): Promise<number> {
  const { config, database, ownerUrl } = opened;
  const closing: (() => Promise<unknown>)[] = [() => opened.close()];
  try {
    const worker = await startWorker({
      ownerUrl,
      log,
      handlers: {
        ...allJobs({ database, config, sample: sampleCompany(database) }),
        'daily:months': () => database.atGate('system', (tx) => ensureFactMonths(tx)),
        'daily:files': () => forgetOldFiles(database),
        ...statisticsJobs(database),
      },
      recurring: [
        ...allRecurring,
        ...statisticsRecurring,
        { name: 'daily:months', at: '10 1 * * *' },
        { name: 'daily:files', at: '20 1 * * *' },
      ],
    });
    closing.unshift(() => worker.stop());
    const watch = setInterval(
      () => void recoverRuns(database).catch((error) => log.warn({ err: error }, 'looking for stopped imports failed')),
      5_000,
    );
    closing.unshift(async () => clearInterval(watch));
    if (web) {
      const server = buildServer({
        database,
        publicUrl: config.publicUrl,
        trustProxy: config.trustProxy,
        routes: allRoutes({ database, config, log }),
        doors: allDoors({ database, config, log }),
        identify: makeIdentify(database),
        log,
        webFolder: join(import.meta.dirname, '../../dist/web'),
        version,
      });
      closing.unshift(() => server.close());
      const address = await listen(server, { port: config.port, host: config.host });
      const port = Number(new URL(address).port);
      opened.embedded?.announce({ httpPort: port });
      process.stdout.write(`Accord is at ${address}\n`);
    } else process.stdout.write('Accord worker is waiting for work.\n');
    await toldToStop();
    log.info('stopping');
    return 0;
  } finally {
    const late = setTimeout(() => process.exit(1), patience * 1_000).unref();
    for (const close of closing) await close().catch((error) => log.warn({ err: error }, 'did not stop cleanly'));
    clearTimeout(late);
  }
}

/** A signal, or the end of the process that started this one (it holds the other end of the channel). */
function toldToStop(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => resolve());
    process.once('disconnect', () => resolve());
  });
}
