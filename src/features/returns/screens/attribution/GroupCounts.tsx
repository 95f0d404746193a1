import type { ChannelGroupsAnswer } from '#features/returns/contract/channel-groups.ts';
import { count, instant, percent } from '#ui/formats.ts';
import { OpenNumber } from '#ui/kit/OpenNumber.tsx';
import { Sheet } from '#ui/kit/Page.tsx';

/** Every group with the rule that decides and its touches, closing to all of them; the published rules below. */
export function GroupCounts({ answer, open }: { answer: ChannelGroupsAnswer; open(url: string, about: string): void }) {
  const { groups, total, unassigned, defaults, asOf } = answer;
  const share = (touches: number): string => percent(total.touches === 0 ? null : touches / total.touches);
  return (
    <>
      <Sheet title="Groups, in the order in which rules are asked">
        <div className="table-scroll" tabIndex={0} role="region" aria-label="Groups and their touches">
          <table className="plain tight">
            <thead>
              <tr>
                <th scope="col">Group</th>
                <th scope="col">Decided by</th>
                <th scope="col" className="figure">
                  Touches
                </th>
                <th scope="col" className="figure">
                  Share
                </th>
              </tr>
            </thead>
            <tbody>
              {groups.map(({ group, rule, own, touches, touchesUrl }) => (
                <tr key={touchesUrl}>
                  <th scope="row">{group}</th>
                  <td className="wrap-any">{own === null ? rule : `your rule ${own + 1}: ${rule}`}</td>
                  <td className="figure">
                    <OpenNumber value={touches} label={`${group}, ${rule}`} open={() => open(touchesUrl, `${group}: ${rule}`)} />
                  </td>
                  <td className="figure">{share(touches)}</td>
                </tr>
              ))}
              <tr>
                <th scope="row">{unassigned}</th>
                <td>no rule</td>
                <td className="figure">{count(total.fellThrough)}</td>
                <td className="figure">{share(total.fellThrough)}</td>
              </tr>
            </tbody>
            <tfoot>
              <tr>
                <th scope="row">All touches</th>
                <td />
                <td className="figure">{count(total.touches)}</td>
                <td />
              </tr>
            </tfoot>
          </table>
        </div>
        <p className="sheet-words dim small-print">As of {instant(asOf)}.</p>
      </Sheet>
      <Sheet title="The published rules">
        <details className="sheet-body">
          <summary>Default channel groups of Google Analytics 4: asked after your own, in this order</summary>
          <ol className="history-list" style={{ marginTop: 8 }}>
            {defaults.map(({ group, rule }) => (
              <li key={group}>
                <strong style={{ fontWeight: 500 }}>{group}</strong>: <span className="dim">{rule}</span>
              </li>
            ))}
          </ol>
        </details>
      </Sheet>
    </>
  );
}
