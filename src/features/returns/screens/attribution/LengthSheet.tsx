import { Button } from '@mantine/core';
import type { PathsAnswer } from '#features/returns/contract/paths.ts';
import { count, percent } from '#ui/formats.ts';
import { saveCsv } from '#ui/kit/csv.ts';
import { OpenNumber } from '#ui/kit/OpenNumber.tsx';
import { Sheet } from '#ui/kit/Page.tsx';
import type { OpenConversions } from './Paths.tsx';

/** How many touches it takes. */
export function LengthSheet({ answer, open }: { answer: PathsAnswer; open: OpenConversions }) {
  const { lengths, total } = answer;
  const widest = Math.max(...lengths.map(({ conversions }) => conversions), 1);
  const text = (touches: number): string => (touches > 20 ? 'more than 20' : count(touches));
  const aboutOf = (touches: number): string => `Conversions after ${text(touches)} ${touches === 1 ? 'touch' : 'touches'}`;
  return (
    <Sheet
      title="How many touches it takes"
      actions={
        <Button
          size="compact-sm"
          variant="default"
          onClick={() =>
            saveCsv('paths-lengths.csv', [
              ['touches', 'conversions'],
              ...lengths.map(({ touches, conversions }) => [text(touches), conversions]),
            ])
          }
        >
          CSV
        </Button>
      }
    >
      <div className="table-scroll" tabIndex={0} role="region" aria-label="Touches before a conversion">
        <table className="plain tight">
          <thead>
            <tr>
              <th scope="col">Touches</th>
              <th scope="col" className="length-bar">
                <span className="visually-hidden">Size</span>
              </th>
              <th scope="col" className="figure">
                Conversions
              </th>
              <th scope="col" className="figure">
                Share
              </th>
            </tr>
          </thead>
          <tbody>
            {lengths.map(({ touches, conversions, recordsUrl }) => (
              <tr key={touches}>
                <th scope="row" style={{ minWidth: 90 }}>
                  {text(touches)}
                </th>
                <td className="length-bar" aria-hidden>
                  <span style={{ width: `${(conversions / widest) * 100}%` }} />
                </td>
                <td className="figure">
                  <OpenNumber value={conversions} label={aboutOf(touches)} open={() => open(recordsUrl, aboutOf(touches))} />
                </td>
                <td className="figure">{percent(total.conversions > 0 ? conversions / total.conversions : null)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Sheet>
  );
}
