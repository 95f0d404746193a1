import type { JourneyAnswer } from '#features/returns/contract/credits.ts';
import { capitalised, count, dayOfInstant, instant, money } from '#ui/formats.ts';
import { Go } from '#ui/kit/Go.tsx';
import { Sheet } from '#ui/kit/Page.tsx';
import { SideMark } from '#ui/kit/Side.tsx';
import { paths } from '#ui/paths.ts';
import { kindWords } from './settingWords.ts';

/** What didn't count and why, and the unit's other journeys. */
export function JourneyRest({ answer }: { answer: JourneyAnswer }) {
  return (
    <div className="columns">
      {answer.notCounted.length > 0 && <NotCounted answer={answer} />}
      {answer.journeys.length > 1 && <Others answer={answer} />}
    </div>
  );
}

function NotCounted({ answer }: { answer: JourneyAnswer }) {
  return (
    <Sheet title="Touches that don’t count here">
      <div className="table-scroll" tabIndex={0} role="region" aria-label="Touches that don’t count here">
        <table className="plain tight">
          <thead>
            <tr>
              <th scope="col">When</th>
              <th scope="col">Touch</th>
              <th scope="col">Why not</th>
            </tr>
          </thead>
          <tbody>
            {answer.notCounted.map((touch) => (
              <tr key={touch.touchId}>
                <td>{instant(touch.at)}</td>
                <td>
                  <SideMark side={touch.side} /> {capitalised(kindWords(touch.kind))}
                </td>
                <td className="wrap-any">{touch.why}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {answer.notCounted.length >= 50 && <p className="sheet-words dim small-print">The latest 50.</p>}
    </Sheet>
  );
}

function Others({ answer }: { answer: JourneyAnswer }) {
  const { unit, journeys, place, currency } = answer;
  return (
    <Sheet title={`Journeys of ${unit.name || `this ${unit.kind}`}`}>
      <div className="table-scroll" tabIndex={0} role="region" aria-label={`Journeys of this ${unit.kind}`}>
        <table className="plain tight">
          <thead>
            <tr>
              <th scope="col">Converted</th>
              <th scope="col" className="figure">
                Touches
              </th>
              <th scope="col" className="figure">
                Amount
              </th>
            </tr>
          </thead>
          <tbody>
            {journeys.map((journey) => {
              const text = journey.convertedAt ? dayOfInstant(journey.convertedAt) : 'not yet';
              return (
                <tr key={journey.place}>
                  <td>
                    {journey.place === place ? (
                      <strong aria-current="page">{text}, this one</strong>
                    ) : (
                      <Go href={paths.journey(journey.unitId, journey.place)}>{text}</Go>
                    )}
                  </td>
                  <td className="figure">{count(journey.touches)}</td>
                  <td className="figure">{money(journey.amount, currency)}</td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
    </Sheet>
  );
}
