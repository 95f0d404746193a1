/** What the data offers to talk about, whoever asks: what rests on pay is left out, and what only some may read is only counted. */

import type { ItemKind } from '#engine/cadence/agenda.ts';
import type { Database, WorkspaceId } from '#platform/db/database.ts';
import { offerActions } from './actions.ts';
import { offerBreaches } from './breaches.ts';
import { offerCampaigns } from './campaigns.ts';
import { offerChange } from './change.ts';
import { offerContested } from './contested.ts';
import { offerCost } from './cost.ts';
import { offerFeedback } from './feedback.ts';
import { offerGoals } from './goals.ts';
import { type NamedSource, type Offered, readAgendaGround } from './offered.ts';
import { offerProposals } from './proposals.ts';
import { offerRejections } from './rejections.ts';
import { offerThemes } from './themes.ts';
import { offerWin } from './win.ts';

/** Takes as long as all others together. */
const slowest: NamedSource = { kinds: ['cost'], ask: offerCost };
const others: readonly NamedSource[] = [
  { kinds: ['action'], ask: offerActions },
  { kinds: ['breach', 'speed', 'pace'], ask: offerBreaches },
  { kinds: ['rejections'], ask: offerRejections },
  { kinds: ['contested'], ask: offerContested },
  { kinds: ['goal'], ask: offerGoals },
  { kinds: ['feedback'], ask: offerFeedback },
  { kinds: ['theme'], ask: offerThemes },
  { kinds: ['campaign'], ask: offerCampaigns },
  { kinds: ['proposal'], ask: offerProposals },
  { kinds: ['change'], ask: offerChange },
  { kinds: ['win'], ask: offerWin },
];

/**
 * Asks every source, each in a transaction of its own: hold none open meanwhile. The slowest beside the others, so that
 * the database works on the one while this process reckons the other. In no order; `arrange` of
 * engine/cadence/agenda.ts puts them in one.
 * @param wanted kinds (unsaid: all), and whose actions: of a series and of none (unsaid: all)
 */
export async function gatherCandidates(
  database: Database,
  workspaceId: WorkspaceId,
  wanted: { readonly kinds?: readonly ItemKind[]; readonly seriesId?: string | null } = {},
): Promise<Offered[]> {
  const { kinds, seriesId = null } = wanted;
  const isWanted = (kind: ItemKind): boolean => kinds === undefined || kinds.includes(kind);
  const ground = await readAgendaGround(database, workspaceId, seriesId);
  const askInTurn = async (sources: readonly NamedSource[]): Promise<Offered[]> => {
    const offered: Offered[] = [];
    for (const source of sources) if (source.kinds.some(isWanted)) offered.push(...(await source.ask(ground)));
    return offered;
  };
  const offered = await Promise.all([askInTurn(others), askInTurn([slowest])]);
  return offered.flat().filter(({ kind }) => isWanted(kind));
}
