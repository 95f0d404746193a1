/** The numbers that are guessed, as the product knows them, each with the address it opens at. */

import { answerAttainment } from '#features/handoff/queries/attainment.ts';
import { attainmentAsk } from '#features/agreement/contract.ts';
import { qualityAsk, speedAsk } from '#features/handoff/contract.ts';
import { readQuality } from '#features/handoff/queries/quality.ts';
import { answerSpeed } from '#features/handoff/queries/speed.ts';
import { figuresQuery } from '#features/returns/contract/figures.ts';
import { answerFigures } from '#features/returns/queries/figures.ts';
import type { Database, WorkspaceId } from '#platform/db/database.ts';
import type { PerceptionMetric, Truth } from '../contract/perception.ts';
import type { Towards } from '../contract/pieces.ts';
import type { Span } from './perception-months.ts';

/** No pay is in any of them. */
const noPay = { marketing: false, sales: false };

/** Those that are asked for; what several rest on is read once. */
export async function readTruths(
  database: Database,
  workspaceId: WorkspaceId,
  { start, end }: Span,
  metrics: readonly PerceptionMetric[],
): Promise<Map<PerceptionMetric, Truth>> {
  const days = { start, end };
  const figures = once(() => answerFigures(database, workspaceId, noPay, figuresQuery.parse({ by: 'campaign', rows: 500, ...days })));
  const speed = once(() => answerSpeed(database, workspaceId, speedAsk.parse(days)));
  const kept = once(() => answerAttainment(database, workspaceId, attainmentAsk.parse(days)));
  const search = `start=${start}&end=${end}`;
  const at = (value: number | null, otherwise: string, api: string, page: string): Truth => ({
    value: value === null ? null : Math.round(value * 10) / 10,
    why: value === null ? otherwise : null,
    recordsUrl: `/api/v1${api}${api.includes('?') ? '&' : '?'}${search}`,
    page: `${page}${page.includes('?') ? '&' : '?'}${search}`,
  });
  const keptBy = async (side: Towards): Promise<Truth> =>
    at(
      meanShare((await kept()).clauses.filter((clause) => clause.side === side)),
      'Nothing that this side promised fell due.',
      `/attainment?side=${side}`,
      '/attainment',
    );
  const truthOf: Readonly<Record<PerceptionMetric, () => Promise<Truth>>> = {
    revenueShare: async () =>
      at(shareOfCampaigns(await figures()), 'No deal with an amount was won.', '/figures?by=campaign', '/returns/figures?by=campaign'),
    winRate: async () => at(percent((await figures()).total.figures.winRate.value), 'No deal closed.', '/figures', '/returns/figures'),
    followedInTime: async () => at(percent((await speed()).total.withinShare), 'No lead’s time was over.', '/speed', '/speed'),
    speedToLead: async () => at(hours((await speed()).total.medianWorking), 'No lead was tried.', '/speed', '/speed'),
    leadQuality: async () =>
      at(
        percent((await database.inWorkspace(workspaceId, (tx) => readQuality(tx, workspaceId, qualityAsk.parse(days)))).total.leadQuality),
        'Sales decided on no lead.',
        '/rejections/quality',
        '/rejections',
      ),
    marketingKept: () => keptBy('marketing'),
    salesKept: () => keptBy('sales'),
  };
  const truths = new Map<PerceptionMetric, Truth>();
  for (const metric of metrics) truths.set(metric, await truthOf[metric]());
  return truths;
}

const percent = (share: number | null): number | null => (share === null ? null : share * 100);
const hours = (minutes: number | null): number | null => (minutes === null ? null : minutes / 60);

/** Each clause counts alike, however many leads fell under it. */
function meanShare(clauses: readonly { attainment: number | null }[]): number | null {
  const shares = clauses.map(({ attainment }) => attainment).filter((share) => share !== null);
  return shares.length === 0 ? null : (shares.reduce((sum, share) => sum + share, 0) / shares.length) * 100;
}

/** Won value of deals that came by a campaign ÷ won value. */
function shareOfCampaigns({ total, rows }: Awaited<ReturnType<typeof answerFigures>>): number | null {
  const all = BigInt(total.figures.wonValue.value ?? '0');
  if (all === 0n) return null;
  const without = BigInt(rows.find(({ group }) => group === null)?.figures.wonValue.value ?? '0');
  return Number(((all - without) * 10_000n) / all) / 100;
}

function once<T>(work: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => (made ??= work());
}
