import { Button } from '@mantine/core';
import type { PathsAnswer } from '#features/returns/contract/paths.ts';
import { count, majorUnits, money, percent, plural } from '#ui/formats.ts';
import { saveCsv } from '#ui/kit/csv.ts';
import { OpenNumber } from '#ui/kit/OpenNumber.tsx';
import { Sheet } from '#ui/kit/Page.tsx';
import type { FlowMeasure, OpenConversions } from './Paths.tsx';
import { Way } from './Way.tsx';

interface PathSheetProps {
  answer: PathsAnswer;
  measure: FlowMeasure;
  more(): void;
  open: OpenConversions;
}

/** The most frequent whole ways, and how many journeys stand on each of them now. */
export function PathSheet({ answer, measure, more, open }: PathSheetProps) {
  const { paths, notShown, total, currency } = answer;
  const shareOf = ({ conversions, value }: { conversions: number; value: string }): number | null =>
    measure === 'value' ? ratio(Number(value), Number(total.value)) : ratio(conversions, total.conversions);
  const save = (): void =>
    saveCsv('paths.csv', [
      ['path', 'conversions', `value ${currency}`, 'open journeys'],
      ...paths.map((path) => [path.channels.join(' > '), path.conversions, majorUnits(path.value, currency), path.open]),
      ...(notShown ? [[`${notShown.paths} more`, notShown.conversions, majorUnits(notShown.value, currency), null]] : []),
      ...(total.withoutTouches > 0 ? [['(no touch)', total.withoutTouches, null, null]] : []),
      ['All', total.conversions, majorUnits(total.value, currency), null],
    ]);
  return (
    <Sheet
      title="Most frequent paths"
      actions={
        <Button size="compact-sm" variant="default" onClick={save}>
          CSV
        </Button>
      }
    >
      <div className="table-scroll" tabIndex={0} role="region" aria-label="Most frequent paths">
        <table className="plain">
          <thead>
            <tr>
              <th scope="col">Path</th>
              {['Conversions', 'Value', measure === 'value' ? 'Share of value' : 'Share', 'Open now'].map((head) => (
                <th key={head} scope="col" className="figure">
                  {head}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {paths.map((path) => (
              <tr key={path.channels.join('\n')}>
                <th scope="row">
                  <Way channels={path.channels} />
                </th>
                <Opening of={path} currency={currency} about={aboutOf(path.channels)} open={open} />
                <td className="figure">{percent(shareOf(path))}</td>
                <td className="figure">
                  {path.openUrl === null ? (
                    count(path.open)
                  ) : (
                    <OpenNumber
                      value={path.open}
                      label={`Open now, ${aboutOf(path.channels)}`}
                      open={() => open(path.openUrl!, `Open now, came ${aboutOf(path.channels)}`)}
                    />
                  )}
                </td>
              </tr>
            ))}
          </tbody>
          <tfoot>
            {notShown && (
              <tr>
                <th scope="row">
                  {plural(notShown.paths, 'more path')}{' '}
                  {paths.length < 200 && (
                    <button type="button" className="as-link" onClick={more}>
                      Show more
                    </button>
                  )}
                </th>
                <Opening of={notShown} currency={currency} about={plural(notShown.paths, 'more path')} open={open} />
                <td className="figure">{percent(shareOf(notShown))}</td>
                <td />
              </tr>
            )}
            <tr>
              <th scope="row">
                All
                {total.withoutTouches > 0 && (
                  <>
                    ,{' '}
                    <button
                      type="button"
                      className="as-link"
                      onClick={() => open(total.withoutTouchesUrl, 'Conversions without a touch in the look-back')}
                    >
                      {count(total.withoutTouches)} of them without a touch
                    </button>
                  </>
                )}
              </th>
              <Opening of={total} currency={currency} about="All conversions of the period" open={open} />
              <td />
              <td />
            </tr>
          </tfoot>
        </table>
      </div>
    </Sheet>
  );
}

const aboutOf = (channels: readonly string[]): string => channels.map((channel) => channel || 'No channel').join(' → ');

interface OpeningProps {
  of: { conversions: number; value: string; recordsUrl: string | null };
  currency: string;
  about: string;
  open: OpenConversions;
}

/** Conversions and their value; both open the same list. */
function Opening({ of: { conversions, value, recordsUrl }, currency, about, open }: OpeningProps) {
  return [count(conversions), money(value, currency)].map((text, at) => (
    <td key={at} className="figure">
      {recordsUrl === null ? (
        <span title="This path is too long for an address">{text}</span>
      ) : (
        <button type="button" className="as-link" aria-label={`${about}: ${text}`} onClick={() => open(recordsUrl, about)}>
          {text}
        </button>
      )}
    </td>
  ));
}

const ratio = (part: number, whole: number): number | null => (whole === 0 ? null : part / whole);
