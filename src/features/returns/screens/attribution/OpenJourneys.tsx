import type { OpenJourney } from '#features/returns/contract/credits.ts';
import { count, day } from '#ui/formats.ts';
import { Go } from '#ui/kit/Go.tsx';
import { paths } from '#ui/paths.ts';
import { Way } from './Way.tsx';

const kindPath = { account: 'accounts', contact: 'contacts', lead: 'leads', deal: 'deals' } as const;

/** Journeys under way; each leads to its touches and to whose it is. */
export function OpenJourneys({ items }: { items: readonly OpenJourney[] }) {
  return (
    <div className="table-scroll" tabIndex={0} role="region" aria-label="Journeys behind the number">
      <table className="plain stacked">
        <thead>
          <tr>
            <th scope="col">Whose</th>
            <th scope="col">Last touch</th>
            <th scope="col">Way</th>
            <th scope="col" className="figure">
              Touches
            </th>
          </tr>
        </thead>
        <tbody>
          {items.map(({ unitId, place, unit, lastOn, touches, channels }) => (
            <tr key={unitId}>
              <th scope="row">
                {unit ? <Go href={paths.record(kindPath[unit.kind], unit.id)}>{unit.name || '(no name)'}</Go> : '(no record)'}
                <div className="small-print" style={{ fontWeight: 400 }}>
                  <Go href={paths.journey(unitId, place)}>
                    The journey<span className="visually-hidden"> of {unit?.name ?? 'it'}</span>
                  </Go>
                </div>
              </th>
              <td data-label="Last touch" className="when">
                {day(lastOn)}
              </td>
              <td data-label="Way">
                <Way channels={channels} />
              </td>
              <td data-label="Touches" className="figure">
                {count(touches)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
