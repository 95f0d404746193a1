import type { Opening } from '#features/incentives/contract/pieces.ts';
import { day, money } from '#ui/formats.ts';
import { Go } from '#ui/kit/Go.tsx';
import { paths } from '#ui/paths.ts';

/** The page on which a fact of pay can be read. */
function pageOf({ kind, id, path }: Opening): string | null {
  const [, at, record] = (kind === 'touch' && /\/(leads|deals)\/([0-9a-f-]{36})$/.exec(path ?? '')) || [];
  if ((at === 'leads' || at === 'deals') && record) return paths.record(at, record);
  if (kind === 'deal' && id) return paths.record('deals', id);
  if (kind === 'lead' && id) return paths.record('leads', id);
  if (kind === 'campaign' && id) return paths.record('campaigns', id);
  if (kind === 'clause') return paths.attainment();
  if (kind === 'figure') return paths.figures();
  return null;
}

/** A fact behind a line, by its name, with the day and the amount it has. */
export function OpeningRow({ opening }: { opening: Opening }) {
  const page = pageOf(opening);
  return (
    <tr>
      <th scope="row" className="wrap-any">
        {page ? <Go href={page}>{opening.label}</Go> : opening.label}
      </th>
      <td data-label="Day">{day(opening.on)}</td>
      <td data-label="Amount" className="figure">
        {opening.amount !== null && opening.currency !== null ? money(opening.amount, opening.currency) : '–'}
      </td>
    </tr>
  );
}
