import type { Health, SideHealth } from '#features/feedback/contract/overview.ts';
import { count } from '#ui/formats.ts';
import { Go } from '#ui/kit/Go.tsx';
import { Sheet } from '#ui/kit/Page.tsx';
import { SideMark } from '#ui/kit/Side.tsx';
import { paths } from '#ui/paths.ts';

interface Line {
  label: string;
  of(side: SideHealth): React.ReactNode;
}

/** The figures, side beside side; those that are lists open into them. */
export function HealthTable({ answer }: { answer: Health }) {
  const { sides, start, end } = answer;
  const listed = (side: SideHealth, value: number, more: Record<string, string>) =>
    value === 0 ? '0' : <Go href={paths.feedback({ view: 'all', toSide: side.side, start, end, ...more })}>{count(value)}</Go>;
  const lines: Line[] = [
    { label: 'Received', of: (side) => listed(side, side.received, {}) },
    { label: 'of it praise', of: (side) => listed(side, side.praise, { tone: 'praise' }) },
    { label: 'of it criticism', of: (side) => listed(side, side.criticism, { tone: 'criticism' }) },
    { label: 'of it anonymous', of: (side) => count(side.anonymous) },
    { label: 'Given, by name', of: (side) => count(side.given) },
    { label: 'Answered in time', of: (side) => share(side.answeredInTime) },
    {
      label: 'Late and not answered',
      of: (side) => (side.openLate > 0 ? <span className="bad">{listed(side, side.openLate, { late: 'true' })}</span> : '0'),
    },
    { label: 'Median time to an answer', of: (side) => (side.medianAnswerHours === null ? '–' : `${count(side.medianAnswerHours)} h`) },
    { label: 'Settled, of what was answered', of: (side) => share(side.settled, 'none was answered') },
    {
      label: 'Recurring, of the criticism',
      of: (side) => <Go href={paths.feedbackThemes({ toSide: side.side })}>{share(side.recurring, 'none was received')}</Go>,
    },
  ];
  return (
    <Sheet title="Side beside side">
      <div className="table-scroll" role="region" aria-label="Health of feedback by side" tabIndex={0}>
        <table className="plain feedback-table">
          <thead>
            <tr>
              <th scope="col">Figure</th>
              {sides.map(({ side }) => (
                <th key={side} scope="col" className="figure">
                  <SideMark side={side} />
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {lines.map(({ label, of }) => (
              <tr key={label}>
                <th scope="row" style={{ fontWeight: 400 }}>
                  {label}
                </th>
                {sides.map((side) => (
                  <td key={side.side} className="figure">
                    {of(side)}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Sheet>
  );
}

const share = ({ count: number, of, percent }: SideHealth['settled'], none = 'none was due'): string =>
  percent === null ? none : `${percent} % (${count(number)} of ${count(of)})`;
