import type { Arrivals } from '#features/tracking/contract/arrivals.ts';
import { ago, count } from '#ui/formats.ts';
import { Sheet } from '#ui/kit/Page.tsx';
import { Empty } from '#ui/kit/States.tsx';

/** What was refused and why: a forgotten domain shows here first. */
export function ArrivedRefused({ refused }: { refused: Arrivals['refused'] }) {
  return (
    <Sheet title="Refused">
      {refused.length === 0 ? (
        <Empty title="Nothing was refused">A page on a domain that the site doesn’t name, or a wrong signature, would stand here.</Empty>
      ) : (
        <div className="table-scroll" tabIndex={0} role="region" aria-label="Refused">
          <table className="plain">
            <thead>
              <tr>
                <th scope="col">Why</th>
                <th scope="col" className="end">
                  How often
                </th>
                <th scope="col">Last</th>
              </tr>
            </thead>
            <tbody>
              {refused.map(({ source, reason, words, count: often, lastAt, example }) => (
                <tr key={`${source.id} ${reason}`}>
                  <th scope="row" className="wrap-any">
                    {words}
                    <div className="dim small-print">
                      {source.name}
                      {example && `, last from ${example}`}
                    </div>
                  </th>
                  <td className="end">{count(often)}</td>
                  <td className="no-break">{ago(lastAt)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </Sheet>
  );
}
