import { sql } from 'kysely';
import { assetStandings, type AssetStanding, staleStandings } from '#engine/campaigns/asset-standing.ts';
import type { Tx } from '#platform/db/database.ts';
import { isId } from '#platform/db/ids.ts';
import { notFound, Problem } from '#platform/errors.ts';
import type { Who } from '#platform/http/route.ts';
import { type AssetDetail, assetVerbs, type LibraryAsk, type LibraryPage } from '../contract/library.ts';
import { mayKeepContent, whyNotStanding, whyNotWith } from '../policy/library.ts';
import { readAssets, standingIn, type StoredAsset } from './asset-rows.ts';
import { listRatings } from './asset-ratings.ts';
import { fitForRecord, fitScore, type FitFor } from './fitting.ts';
import { type Ground, groundOf } from './ground.ts';
import { shownAssets } from './shown-assets.ts';

/**
 * What there is, sorted as asked. A library is some thousands of titles at the most: it is read whole and looked through
 * here, so that how an asset stands is told by one rule.
 */
export async function listLibrary(tx: Tx, who: Who, asked: LibraryAsk): Promise<LibraryPage> {
  const ground = await groundOf(tx, who.workspaceId);
  const fitFor = await fitForRecord(tx, who.workspaceId, asked);
  const all = (await readAssets(tx, who.workspaceId, sql`true`)).map(
    (asset): Standing => ({ ...asset, standing: standingIn(asset, ground) }),
  );
  const found = all.filter((asset) => isAsked(asset, asked)).toSorted(orderOf(asked, fitFor));
  const from = asked.cursor === undefined ? 0 : placeAfter(found, asked.cursor);
  const page = found.slice(from, from + asked.limit);
  const shown = await shownAssets(tx, who, page, { ground, fitFor });
  const end = from + page.length;
  return {
    items: shown.map(({ item }) => item),
    next: end < found.length ? `${end}~${page.at(-1)!.id}` : null,
    total: found.length,
    counts: countByStanding(all),
    segments: textsOf(all.flatMap(({ segments }) => segments)),
    objections: textsOf(all.flatMap(({ objections }) => objections)),
    mayNotAdd: mayKeepContent.may(who) ? null : 'Those who look on don’t add content.',
  };
}

/** @throws Problem not-found */
export async function getAsset(tx: Tx, who: Who, id: string): Promise<AssetDetail> {
  const [stored] = await readAssets(tx, who.workspaceId, sql`a.id = ${id}::uuid`);
  if (!stored) throw notFound('content');
  const ground: Ground = await groundOf(tx, who.workspaceId);
  const [shown] = await shownAssets(tx, who, [stored], { ground });
  const atHand = { ...stored, standing: shown!.item.standing };
  return {
    ...shown!.item,
    archivedAt: stored.archivedAt,
    allVersions: shown!.versions,
    ratings: await listRatings(tx, who, { asset: stored }),
    proposals: await proposalsOf(tx, who, id),
    can: Object.fromEntries(assetVerbs.map((verb) => [verb, whyNotWith(verb, who, atHand)])) as AssetDetail['can'],
  };
}

async function proposalsOf(tx: Tx, who: Who, assetId: string): Promise<AssetDetail['proposals']> {
  const { rows } = await sql<AssetDetail['proposals'][number]>`SELECT id, title, state FROM proposals
    WHERE workspace_id = ${who.workspaceId}::uuid AND asset_id = ${assetId}::uuid ORDER BY proposed_at DESC, id DESC LIMIT 50`.execute(tx);
  return rows;
}

// ── which, in which order ───────────────────────────────────────────────────

type Standing = StoredAsset & { readonly standing: AssetStanding };

function isAsked(asset: Standing, asked: LibraryAsk): boolean {
  const words = (asked.search ?? '').toLowerCase().split(/\s+/).filter(Boolean);
  const text = [asset.title, asset.about, ...asset.objections].join(' ').toLowerCase();
  return (
    isStanding(asset.standing, asked.standing) &&
    words.every((word) => text.includes(word)) &&
    (asked.kind === undefined || asset.kind === asked.kind) &&
    (asked.stage === undefined || asset.stages.length === 0 || asset.stages.includes(asked.stage)) &&
    (asked.segment === undefined || asset.segments.length === 0 || asset.segments.includes(asked.segment)) &&
    (asked.campaignId === undefined || asset.campaignId === asked.campaignId) &&
    (asked.ownerId === undefined || asset.ownerId === asked.ownerId)
  );
}

function isStanding(standing: AssetStanding, asked: LibraryAsk['standing']): boolean {
  if (asked === undefined) return standing !== 'archived';
  if (asked === 'stale') return staleStandings.includes(standing);
  return asked === 'usable' ? whyNotStanding('use', standing) === null : standing === asked;
}

type Order = (one: Standing, other: Standing) => number;
const titles = new Intl.Collator('en', { sensitivity: 'base', numeric: true });
const byTitle: Order = (one, other) => titles.compare(one.title, other.title) || (one.id < other.id ? -1 : 1);

function orderOf({ sort }: LibraryAsk, fitFor: FitFor | null): Order {
  const greatest =
    (value: (asset: Standing) => number): Order =>
    (one, other) =>
      value(other) - value(one) || byTitle(one, other);
  switch (sort) {
    case 'fit':
      return fitFor ? greatest((asset) => fitScore(asset, fitFor)) : byTitle;
    case 'title':
      return byTitle;
    case 'newest':
      return greatest((asset) => Date.parse(asset.versions[0]?.madeAt ?? asset.madeAt));
    case 'used':
      return greatest(({ uses }) => uses);
    case 'rated':
      return greatest(({ stars }) => stars ?? 0);
  }
}

/** After the one the page before ended with, or, where that is gone, after as many as there were. */
function placeAfter(found: readonly Standing[], cursor: string): number {
  const [place = '', id = '', ...more] = cursor.split('~');
  if (!/^\d{1,9}$/.test(place) || !isId(id) || more.length > 0)
    throw new Problem('bad-input', 'The cursor does not belong to this list: start again without one.', {
      fields: [{ at: 'cursor', reason: 'unknown' }],
    });
  const at = found.findIndex((asset) => asset.id === id);
  return at < 0 ? Math.min(Number(place), found.length) : at + 1;
}

// ── what can be asked for ───────────────────────────────────────────────────

function countByStanding(all: readonly Standing[]): LibraryPage['counts'] {
  const count = (standings: readonly AssetStanding[]): number => all.filter(({ standing }) => standings.includes(standing)).length;
  return {
    ...(Object.fromEntries(assetStandings.map((standing) => [standing, count([standing])])) as Record<AssetStanding, number>),
    stale: count(staleStandings),
  };
}

const mostTexts = 200;
const textsOf = (texts: readonly string[]): string[] => [...new Set(texts)].sort(titles.compare).slice(0, mostTexts);
