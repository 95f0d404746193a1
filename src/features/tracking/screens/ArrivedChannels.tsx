import type { Arrivals } from '#features/tracking/contract/arrivals.ts';
import { count, day } from '#ui/formats.ts';
import { Go } from '#ui/kit/Go.tsx';
import { OpenNumber } from '#ui/kit/OpenNumber.tsx';
import { Sheet } from '#ui/kit/Page.tsx';
import { Empty } from '#ui/kit/States.tsx';
import { paths } from '#ui/paths.ts';
import './tracking.css';

/** From where visits came, by the groups of attribution. Those who ask not to be tracked are counted and can’t be opened. */
export function ArrivedChannels({ answer, open }: { answer: Arrivals; open(url: string, about: string): void }) {
  const { channels, from, to } = answer;
  const most = Math.max(1, ...channels.map((each) => each.seen + each.private));
  return (
    <Sheet
      title="By channel"
      actions={
        <Go href={paths.channelGroups()} className="go small-print">
          Rules of channels
        </Go>
      }
    >
      {channels.length === 0 ? (
        <Empty title="No visit yet">Campaign parameters, click ids and the page before tell the channel.</Empty>
      ) : (
        <div className="table-scroll" tabIndex={0} role="region" aria-label="By channel">
          <table className="plain">
            <thead>
              <tr>
                <th scope="col">Channel</th>
                <th scope="col">
                  <span className="visually-hidden">Share</span>
                </th>
                <th scope="col" className="end">
                  Arrivals
                </th>
                <th scope="col" className="end">
                  Only counted
                </th>
              </tr>
            </thead>
            <tbody>
              {channels.map((each) => (
                <tr key={each.channel}>
                  <th scope="row" className="wrap-any">
                    {each.channel}
                  </th>
                  <td className="arrived-bar-cell">
                    <span className="arrived-bar" style={{ width: `${((each.seen + each.private) / most) * 100}%` }} />
                  </td>
                  <td className="end">
                    <OpenNumber
                      value={each.seen}
                      label={`Arrivals by ${each.channel}`}
                      open={() => open(each.eventsUrl, `${each.channel}, ${day(from)} to ${day(to)}`)}
                    />
                  </td>
                  <td className="end">{count(each.private)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </Sheet>
  );
}
