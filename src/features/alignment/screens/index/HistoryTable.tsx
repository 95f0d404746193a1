import { Button } from '@mantine/core';
import { useState } from 'react';
import { day } from '#ui/formats.ts';
import { type HistoryProps, kindWords, valueOf } from './historyWords.ts';
import { scoreText } from './indexWords.ts';

const most = 12;

/** The figures of the picture, the newest first; each day opens as it can be told now. */
export function HistoryTable({ answer: { points }, of, openDay }: HistoryProps) {
  const [all, setAll] = useState(false);
  const newest = points.toReversed();
  return (
    <details className="index-days">
      <summary>As a table</summary>
      <div className="table-scroll" tabIndex={0} role="region" aria-label="The index by day">
        <table className="plain">
          <thead>
            <tr>
              <th scope="col">Day</th>
              <th scope="col" className="figure">
                Score
              </th>
              <th scope="col" className="figure">
                Measured
              </th>
              <th scope="col">Formulas</th>
            </tr>
          </thead>
          <tbody>
            {(all ? newest : newest.slice(0, most)).map((point) => (
              <tr key={`${point.on} ${point.version}`}>
                <th scope="row">
                  <button type="button" className="as-link" onClick={() => openDay(point.on)}>
                    {day(point.on)}
                  </button>
                </th>
                <td className="figure">{scoreText(valueOf(point, of))}</td>
                <td className="figure">{point.measuredPercent.toFixed(0)} %</td>
                <td>
                  {point.version} <span className="dim">{kindWords[point.kind]}</span>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {!all && points.length > most && (
        <Button variant="subtle" onClick={() => setAll(true)}>
          Show all {points.length}
        </Button>
      )}
    </details>
  );
}
