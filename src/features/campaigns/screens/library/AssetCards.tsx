import { assetKindWords } from '#engine/campaigns/asset-standing.ts';
import type { AssetItem } from '#features/campaigns/contract/library.ts';
import { plural } from '#ui/formats.ts';
import { Go } from '#ui/kit/Go.tsx';
import { paths } from '#ui/paths.ts';
import { madeFor, ratingTold, standingTold } from './libraryWords.ts';

export function AssetCards({ items }: { items: readonly AssetItem[] }) {
  return (
    <ul className="asset-cards" aria-label="Content">
      {items.map((item) => (
        <AssetCard key={item.id} item={item} />
      ))}
    </ul>
  );
}

function AssetCard({ item }: { item: AssetItem }) {
  const { words, look } = standingTold(item);
  return (
    <li className="asset-card">
      <div className="dim small-print asset-card-top">
        <span>{assetKindWords[item.kind]}</span>
        <span className={look}>{words}</span>
      </div>
      <Go href={paths.asset(item.id)} className="go asset-title wrap-any">
        {item.title}
      </Go>
      {item.about && <div className="asset-about dim">{item.about}</div>}
      {item.objections.length > 0 && (
        <div className="asset-about">
          “{item.objections[0]}”{item.objections.length > 1 && ` and ${item.objections.length - 1} more`}
        </div>
      )}
      <div className="dim small-print cut" title={madeFor(item)}>
        For {madeFor(item)}
      </div>
      <div className="small-print asset-card-foot">
        <span>{item.uses === 0 ? 'Not used yet' : `${plural(item.uses, 'use')} by ${plural(item.users, 'person', 'people')}`}</span>
        <span>{plural(item.opens, 'open')}</span>
        <span>{ratingTold(item)}</span>
      </div>
    </li>
  );
}
