import { assetKindWords } from '#engine/campaigns/asset-standing.ts';
import type { AssetItem } from '#features/campaigns/contract/library.ts';
import { count } from '#ui/formats.ts';
import { Go } from '#ui/kit/Go.tsx';
import { paths } from '#ui/paths.ts';
import { madeFor, ratingTold, standingTold } from './libraryWords.ts';

export function AssetTable({ items }: { items: readonly AssetItem[] }) {
  return (
    <div className="table-scroll sheet" tabIndex={0} role="region" aria-label="Content">
      <table className="plain stacked figure-last">
        <thead>
          <tr>
            {['Title', 'Kind', 'Made for', 'Owner', 'Version', 'Standing'].map((head) => (
              <th key={head} scope="col">
                {head}
              </th>
            ))}
            {['Uses', 'People', 'Opens', 'Rating'].map((head) => (
              <th key={head} scope="col" className="end">
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {items.map((item) => (
            <AssetRow key={item.id} item={item} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function AssetRow({ item }: { item: AssetItem }) {
  const { words, look } = standingTold(item);
  return (
    <tr>
      <th scope="row" className="wrap-any">
        <Go href={paths.asset(item.id)}>{item.title}</Go>
      </th>
      <td data-label="Kind">{assetKindWords[item.kind]}</td>
      <td data-label="Made for">{madeFor(item)}</td>
      <td data-label="Owner">{item.owner?.name ?? <span className="warn">nobody</span>}</td>
      <td data-label="Version">{item.version ? item.version.number : '–'}</td>
      <td data-label="Standing" className={look}>
        {words}
      </td>
      <td data-label="Uses" className="end">
        {count(item.uses)}
      </td>
      <td data-label="People" className="end">
        {count(item.users)}
      </td>
      <td data-label="Opens" className="end">
        {count(item.opens)}
      </td>
      <td data-label="Rating" className="end">
        {ratingTold(item)}
      </td>
    </tr>
  );
}
