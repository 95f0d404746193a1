import { Logger, run, type Runner, type TaskList } from 'graphile-worker';
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
}): Promise<Runner> {
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
  return run({
    connectionString: options.ownerUrl,
    concurrency: options.concurrency ?? 3,
    noHandleSignals: true,
    crontab: (options.recurring ?? []).map(({ name, at }) => `${at} ${name}`).join('\n'),
    pollInterval: 2_000,
    taskList,
    logger: quiet(options.log),
  });
}

/** The queue's own log: failures we log ourselves, its chatter only as far as it warns. */
function quiet(log: WorkerLog): Logger {
  return new Logger(() => (level, message) => {
    if (level === 'error' || level === 'warning') log.warn({ from: 'queue' }, message);
  });
}
