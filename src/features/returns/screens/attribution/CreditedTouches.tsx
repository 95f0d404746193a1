import type { CreditedTouch } from '#features/returns/contract/credits.ts';
import { capitalised, count, instant, money } from '#ui/formats.ts';
import { Go } from '#ui/kit/Go.tsx';
import { SideMark } from '#ui/kit/Side.tsx';
import { paths } from '#ui/paths.ts';
import { kindWords } from './settingWords.ts';

const heads = ['When', 'Touch', 'Channel', 'Campaign', 'Who'];

/** Touches with what each earned of the conversion it came before. */
export function CreditedTouches({ items, currency }: { items: readonly CreditedTouch[]; currency: string }) {
  return (
    <div className="table-scroll" tabIndex={0} role="region" aria-label="Touches behind the number">
      <table className="plain stacked">
        <thead>
          <tr>
            {heads.map((head) => (
              <th key={head} scope="col">
                {head}
              </th>
            ))}
            <th scope="col">Conversion</th>
            <th scope="col" className="figure">
              Credited
            </th>
          </tr>
        </thead>
        <tbody>
          {items.map((item) => (
            <tr key={`${item.unitId} ${item.place} ${item.no}`}>
              <th scope="row" className="no-break">
                {instant(item.at)}
              </th>
              <td data-label="Touch">
                <SideMark side={item.side} /> {capitalised(kindWords(item.kind))}
              </td>
              <td data-label="Channel">
                {item.channel}
                {item.content && <div className="dim small-print">{item.content}</div>}
              </td>
              <td data-label="Campaign">
                {item.campaign ? <Go href={paths.record('campaigns', item.campaign.id)}>{item.campaign.name}</Go> : '–'}
              </td>
              <td data-label="Who">{item.member?.name ?? '–'}</td>
              <td data-label="Conversion">
                <Go href={paths.journey(item.unitId, item.place)}>{item.conversion.name || '(no name)'}</Go>
                <div className="dim small-print">touch {count(item.no)} of its journey</div>
              </td>
              <td data-label="Credited" className="figure">
                {item.conversion.amount === null ? <span className="dim">no amount</span> : money(item.credited, currency)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
