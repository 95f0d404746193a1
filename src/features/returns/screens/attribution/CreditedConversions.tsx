import type { CreditedConversion } from '#features/returns/contract/credits.ts';
import { count, dayOfInstant, money } from '#ui/formats.ts';
import { Go } from '#ui/kit/Go.tsx';
import { paths } from '#ui/paths.ts';

interface CreditedConversionsProps {
  items: readonly CreditedConversion[];
  currency: string;
  /** False: those nobody is credited for. */
  credited: boolean;
}

/** Each leads to its journey and to the record itself. */
export function CreditedConversions({ items, currency, credited }: CreditedConversionsProps) {
  return (
    <div className="table-scroll" tabIndex={0} role="region" aria-label="Conversions behind the number">
      <table className="plain stacked">
        <thead>
          <tr>
            <th scope="col">Conversion</th>
            <th scope="col">On</th>
            <th scope="col">Account</th>
            <th scope="col">Owner</th>
            <th scope="col" className="figure">
              Amount
            </th>
            {credited && (
              <>
                <th scope="col" className="figure">
                  Touches, of all
                </th>
                <th scope="col" className="figure">
                  Credited
                </th>
              </>
            )}
          </tr>
        </thead>
        <tbody>
          {items.map((item) => (
            <tr key={`${item.unitId} ${item.place}`}>
              <th scope="row">
                <Go href={paths.record(item.conversion.kind === 'deal' ? 'deals' : 'leads', item.conversion.id)}>
                  {item.conversion.name || '(no name)'}
                </Go>
                <div className="small-print" style={{ fontWeight: 400 }}>
                  <Go href={paths.journey(item.unitId, item.place)}>
                    What led here<span className="visually-hidden">, to {item.conversion.name}</span>
                  </Go>
                </div>
              </th>
              <td data-label="On" className="when">
                {dayOfInstant(item.conversion.at)}
              </td>
              <td data-label="Account">
                {item.account ? <Go href={paths.record('accounts', item.account.id)}>{item.account.name}</Go> : '–'}
              </td>
              <td data-label="Owner">{item.owner?.name ?? '–'}</td>
              <td data-label="Amount" className="figure">
                {item.conversion.amount === null ? <span className="dim">none</span> : money(item.conversion.amount, currency)}
              </td>
              {credited && (
                <>
                  <td data-label="Touches, of all" className="figure">
                    {count(item.groupTouches)} of {count(item.touches)}
                  </td>
                  <td data-label="Credited" className="figure">
                    {item.conversion.amount === null ? count(item.creditedConversions) : money(item.credited, currency)}
                  </td>
                </>
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
