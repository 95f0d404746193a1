/** Two files of raw touches and conversions into journeys, on as many threads as it pays for. */

import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { joinWalks } from '#engine/attribution/join-walks.ts';
import { scaleOf, seenTogether } from '#engine/attribution/read-amount.ts';
import { allNames, makeSharedNames, type ReadNames, type SharedNames } from '#engine/attribution/read-channels.ts';
import type { Grouping, Walks } from '#engine/attribution/read-desk.ts';
import type { ReadJourneys } from '#engine/attribution/read-paths.ts';
import { columnRole, makeMarks } from '#engine/attribution/read-records.ts';
import type { RowProblems } from '#engine/attribution/read-problems.ts';
import { readLayout } from './header.ts';
import { wrongRows } from './problems.ts';
import {
  type GroupedBucket,
  groupBuckets,
  isSeamless,
  partsOf,
  readConversionsFirst,
  readInOrder,
  readParts,
  type ReadingPlan,
  type ReadPart,
} from './reading.ts';
import type { Source } from './source.ts';
import type { ThreadStart } from './thread.ts';

export interface TouchesAsked {
  readonly touches: Source;
  readonly conversions: Source;
  readonly lookBackSeconds: number | null;
  /** Touches of journeys that don't convert are wanted too. */
  readonly withNulls: boolean;
  onProgress?(bytesRead: number, bytesTotal: number): void;
  /** For tests: parts of this many bytes, so many threads, ids that collide, and from where on large files are treated as such. */
  readonly partBytes?: number;
  readonly threads?: number;
  readonly hashMask?: number;
  readonly countedBytes?: number;
  readonly rowsForHelp?: number;
}

export interface ReadTouches extends ReadJourneys {
  /** Walks without a conversion, whether `journeys` holds them or not; null: too many touches to count what isn't needed. */
  readonly nulls: number | null;
}

const touchColumns = [
  { name: 'journey_id', role: columnRole.journey },
  { name: 'at', role: columnRole.at },
  { name: 'channel', role: columnRole.channel },
];
const conversionColumns = [
  { name: 'journey_id', role: columnRole.journey },
  { name: 'at', role: columnRole.at },
  { name: 'value', role: columnRole.value },
];

/** So large is a part that its records still fit into the cache of a core when they are laid into buckets. */
const partBytes = 1 << 20;
/** So large that grouping one stays in the cache. */
const bucketBytes = 320_000;
const mostBucketBits = 12;
/** Starting a thread takes as long as reading a few megabytes. */
const bytesPerThread = 8 << 20;
const mostThreads = 4;
const rowsForHelp = 500_000;
/** In larger files, journeys without a conversion are not looked at where they aren't needed: counting them takes a third of the time. */
const countedBytes = 64 << 20;
/** Marks of the journeys that convert must stay in the cache. */
const mostMarks = 1 << 24;

/** @throws Problem for missing columns, and for cells that can't be read */
export async function readTouches(asked: TouchesAsked): Promise<ReadTouches> {
  const plan = planReading(asked);
  const threads = startThreads(plan, asked.threads ?? threadsFor(plan));
  try {
    const { touches, conversions, names, begun } = await readAll(plan, threads, asked);
    const scale = scaleOf(seenTogether(conversions.map(({ values }) => values)));
    const grouping: Grouping = {
      touches: touches.map(({ block }) => block),
      conversions: conversions.map(({ block }) => block),
      ...{ rankOf: names.rankOf, placeOfRank: names.placeOfRank, places: scale.places },
      ...{ lookBackSeconds: asked.lookBackSeconds, withNulls: asked.withNulls },
    };
    const walks = await groupAll(plan, begun, grouping, asked.rowsForHelp);
    const nulls = plan.marks === null ? walks.reduce((sum, each) => sum + each.nulls, 0) : null;
    return { journeys: joinWalks(walks, names.names.length), names: names.names, nulls, scale };
  } finally {
    for (const { worker } of threads) void worker.terminate();
  }
}

function planReading(asked: TouchesAsked): ReadingPlan {
  const { touches, conversions, hashMask = -1 } = asked;
  const files = [
    { source: touches, layout: readLayout(touches, touchColumns) },
    { source: conversions, layout: readLayout(conversions, conversionColumns) },
  ];
  const isLarge = touches.size > (asked.countedBytes ?? countedBytes) && conversions.size <= Math.min(mostMarks, touches.size / 8);
  const marks = isLarge && !asked.withNulls ? makeMarks(conversions.size) : null; // a row has some 30 bytes
  const keptBytes = conversions.size + (marks === null ? touches.size : conversions.size * 4);
  const bucketBits = Math.min(mostBucketBits, 32 - Math.clz32(Math.floor(keptBytes / bucketBytes)));
  const next = new Int32Array(new SharedArrayBuffer(4 * (firstThread + mostThreads)));
  return { files, partBytes: asked.partBytes ?? partBytes, names: makeSharedNames(), bucketBits, marks, hashMask, next };
}

// ── threads ─────────────────────────────────────────────────────────────────

/** Where in `plan.next` the first further thread says that it has begun. */
const firstThread = 3;

interface Thread {
  readonly worker: Worker;
  /** Where in `plan.next` it says that it has begun. */
  readonly begun: number;
  readonly reading: Promise<ReadPart[]>;
}

function threadsFor({ files }: ReadingPlan): number {
  const bytes = files.reduce((sum, { source }) => sum + source.size, 0);
  return Math.min(mostThreads, availableParallelism(), 1 + Math.floor(bytes / bytesPerThread));
}

/** Further threads beside this one. */
function startThreads(plan: ReadingPlan, count: number): Thread[] {
  return Array.from({ length: count - 1 }, (_, index) => {
    const begun = firstThread + index;
    const worker = new Worker(new URL('./thread.ts', import.meta.url), { workerData: { plan, begun } satisfies ThreadStart });
    const reading = receive<ReadPart[]>(worker);
    reading.catch(() => {}); // it is told of where it is waited for
    return { worker, begun, reading };
  });
}

const receive = <T>(worker: Worker): Promise<T> =>
  new Promise((resolve, reject) => {
    worker.once('message', resolve).once('error', reject);
    worker.once('exit', (code) => reject(new Error(`a thread that reads ended with code ${code}`)));
  });

// ── reading ─────────────────────────────────────────────────────────────────

/** Bucket after bucket. Fewer rows than a thread takes to get going are grouped by this one. */
async function groupAll(plan: ReadingPlan, threads: readonly Thread[], grouping: Grouping, forHelp = rowsForHelp): Promise<Walks[]> {
  const rows = [...grouping.touches, ...grouping.conversions].reduce(
    (sum, block) => sum + block.rows.reduce((all, each) => all + each, 0),
    0,
  );
  const helping = rows < forHelp ? [] : threads;
  const others = helping.map(({ worker }) => receive<GroupedBucket[]>(worker));
  for (const { worker } of helping) worker.postMessage(grouping);
  const grouped = [groupBuckets(plan, grouping), ...(await Promise.all(others))].flat();
  return grouped.sort((one, other) => one.bucket - other.bucket).map(({ walks }) => walks);
}

interface ReadFiles {
  readonly touches: readonly ReadPart[];
  readonly conversions: readonly ReadPart[];
  readonly names: ReadNames;
  /** The threads that took part: one that has come too late has nothing to give. */
  readonly begun: readonly Thread[];
}

async function readAll(plan: ReadingPlan, threads: readonly Thread[], { onProgress }: TouchesAsked): Promise<ReadFiles> {
  const parts = partsOf(plan);
  const first = plan.marks === null ? null : readConversionsFirst(plan, plan.marks);
  const mine = readParts(plan, () =>
    onProgress?.(Math.min(parts.length, plan.next[0] as number) * plan.partBytes, parts.length * plan.partBytes),
  );
  const begun = threads.filter((thread) => Atomics.load(plan.next, thread.begun) === 1);
  const theirs = await Promise.all(begun.map(({ reading }) => reading));
  const read = [mine, ...theirs].flat().sort((one, other) => one.index - other.index);
  const [touches, conversions] = plan.files.map((_, file) => {
    const own = file === 1 && first !== null ? first : read.filter(({ index }) => parts[index]!.file === file);
    if (isSeamless(own)) return { own, names: plan.names };
    const names = makeSharedNames(); // what was read askew may have left names that are none
    return { own: readInOrder({ ...plan, names }, file), names };
  }) as [{ own: ReadPart[]; names: SharedNames }, { own: ReadPart[] }];
  const wrong = [touches, conversions].map(({ own }, file) => ({ source: plan.files[file]!.source, problems: problemsOf(own) }));
  if (wrong.some(({ problems }) => problems.count > 0)) throw wrongRows(wrong);
  return { touches: touches.own, conversions: conversions.own, names: allNames(touches.names), begun };
}

function problemsOf(parts: readonly ReadPart[]): RowProblems {
  const count = parts.reduce((sum, { problems }) => sum + problems.count, 0);
  return { first: parts.flatMap(({ problems }) => problems.first), count };
}
