/** Visitors in numbers: page views sent to a server as browsers send them, each until it is acknowledged. */

import { Agent, request } from 'node:http';
import { newId } from '#platform/db/ids.ts';

export interface VisitPlan {
  readonly url: string;
  readonly siteKey: string;
  /** The page's origin, of the site's domains. */
  readonly origin: string;
  /** Events a second, each in a request of its own. */
  readonly rate: number;
  readonly seconds: number;
  /** Requests open at once at most; what is due beyond that waits, and is late. */
  readonly open: number;
  /** How long after its time an event may still be tried. */
  readonly patienceSeconds: number;
}

export interface VisitsSent {
  readonly sent: number;
  /** Ids that were answered 202. */
  readonly acknowledged: string[];
  readonly attempts: number;
  /** Answers and failures by status; 0: none came. */
  readonly statuses: Readonly<Record<number, number>>;
  /** Milliseconds from when an event was due to its acknowledgement, of those that needed no second attempt. */
  readonly milliseconds: number[];
  readonly seconds: number;
}

const agents = [
  'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0',
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/138.0.0.0 Safari/537.36',
  'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Safari/605.1.15',
];
const entries = ['?utm_source=google&utm_medium=cpc&utm_campaign=spring&gclid=Cj0', '?utm_source=news&utm_medium=email', '', '', ''];
const retryMilliseconds = 250;

/** Sends as the clock says, however long answers take: a slow server gets no fewer visitors. */
export async function sendVisits(plan: VisitPlan): Promise<VisitsSent> {
  const agent = new Agent({ keepAlive: true, maxSockets: plan.open });
  const total = Math.round(plan.rate * plan.seconds);
  const result = { acknowledged: [] as string[], attempts: 0, statuses: {} as Record<number, number>, milliseconds: [] as number[] };
  const began = performance.now();
  let started = 0;
  let over = 0;
  await new Promise<void>((resolve) => {
    const launch = (): void => {
      const due = Math.min(total, Math.floor(((performance.now() - began) / 1_000) * plan.rate));
      for (; started < due; started++)
        void deliver(plan, agent, began + (started / plan.rate) * 1_000, started, result).then(() => {
          if (++over === total) resolve();
        });
      if (started < total) setTimeout(launch, 5);
    };
    launch();
  });
  agent.destroy();
  return { ...result, sent: total, seconds: (performance.now() - began) / 1_000 };
}

async function deliver(
  plan: VisitPlan,
  agent: Agent,
  dueAt: number,
  number: number,
  result: Omit<VisitsSent, 'sent' | 'seconds'> & { attempts: number },
): Promise<void> {
  const id = newId();
  const body = JSON.stringify({
    events: [{ kind: 'page', id, url: `${plan.origin}/page-${number % 50}${entries[number % entries.length]}`, referrer: '' }],
  });
  const statuses = result.statuses as Record<number, number>;
  for (let attempt = 1; performance.now() - dueAt < plan.patienceSeconds * 1_000; attempt++) {
    result.attempts++;
    const status = await post(plan, agent, body, number);
    statuses[status] = (statuses[status] ?? 0) + 1;
    if (status === 202) {
      result.acknowledged.push(id);
      if (attempt === 1) result.milliseconds.push(performance.now() - dueAt);
      return;
    }
    if (status >= 400 && status < 429) return;
    await new Promise((resolve) => setTimeout(resolve, retryMilliseconds * attempt));
  }
}

/** @returns the status, 0 where the connection failed or nothing came in ten seconds */
function post(plan: VisitPlan, agent: Agent, body: string, number: number): Promise<number> {
  return new Promise((resolve) => {
    const asked = request(
      `${plan.url}/t/e?site=${plan.siteKey}`,
      {
        method: 'POST',
        agent,
        timeout: 10_000,
        headers: {
          'content-type': 'text/plain;charset=UTF-8',
          'content-length': Buffer.byteLength(body),
          origin: plan.origin,
          'user-agent': agents[number % agents.length],
          'accept-language': 'en-GB,en;q=0.9',
          // Each from a network of its own, as behind a proxy that is trusted.
          'x-forwarded-for': `${10 + (number % 90)}.${(number >> 3) & 255}.${(number >> 11) & 255}.7`,
        },
      },
      (answer) => {
        answer.resume();
        answer.once('end', () => resolve(answer.statusCode ?? 0));
        answer.once('error', () => resolve(0));
      },
    );
    asked.once('error', () => resolve(0));
    asked.once('timeout', () => asked.destroy());
    asked.end(body);
  });
}
