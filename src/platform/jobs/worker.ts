import { Logger, run, type TaskList } from 'graphile-worker';
import pg from 'pg';
import { Problem } from '#platform/errors.ts';

export type JobHandlers = Record<string, (payload: Record<string, unknown>) => Promise<void>>;

export interface WorkerLog {
  info(data: object, message: string): void;
  warn(data: object, message: string): void;
  error(data: object, message: string): void;
}

/** A job that recurs: its time in cron's five fields (UTC). However many workers there are, it runs once. */
export interface Recurring {
  name: string;
  at: string;
}

/**
 * Takes jobs from the queue until stopped. Several workers share one queue; each job runs once at a time
 * and is tried five times with growing pauses. An expected refusal (`Problem`) is told and not tried again.
 */
export async function startWorker(options: {
  ownerUrl: string;
  handlers: JobHandlers;
  recurring?: readonly Recurring[];
  log: WorkerLog;
  concurrency?: number;
}): Promise<{ stop(): Promise<void> }> {
  const taskList: TaskList = {};
  for (const [name, handle] of Object.entries(options.handlers)) {
    taskList[name] = async (payload, helpers) => {
      try {
        await handle(payload as Record<string, unknown>);
      } catch (error) {
        if (error instanceof Problem) return options.log.warn({ job: name, id: helpers.job.id }, error.message);
        options.log.error({ job: name, id: helpers.job.id, attempt: helpers.job.attempts, err: error }, 'a job failed');
        throw error;
      }
    };
  }
  const concurrency = options.concurrency ?? 5;
  const pool = openPool(options.ownerUrl, concurrency + 2);
  const runner = await run({
    pgPool: pool,
    concurrency,
    noHandleSignals: true,
    crontab: (options.recurring ?? []).map(({ name, at }) => `${at} ${name}`).join('\n'),
    pollInterval: 2_000,
    taskList,
    logger: quiet(options.log),
  });
  return {
    async stop() {
      await runner.stop();
      await pool.end();
    },
  };
}

/** The queue's own log: failures we log ourselves, its chatter only as far as it warns. */
function quiet(log: WorkerLog): Logger {
  return new Logger(() => (level, message) => {
    if (level === 'error' || level === 'warning') log.warn({ from: 'queue' }, message);
  });
}

/** The queue's own connections. One that is cut while idle is replaced; unheard, its error would end the process. */
function openPool(connectionString: string, max: number): pg.Pool {
  const pool = new pg.Pool({ connectionString, max });
  pool.on('error', () => {});
  pool.on('connect', (client) => void client.on('error', () => {}));
  return pool;
}
