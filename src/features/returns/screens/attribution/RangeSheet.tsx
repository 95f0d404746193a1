import { useState } from 'react';
import type { AttributionAnswer, AttributionRow, ModelName } from '#features/returns/contract/attribution.ts';
import { capitalised } from '#ui/formats.ts';
import { Sheet } from '#ui/kit/Page.tsx';
import { creditText, headline, labelOf, type Measure, rangeOf, rangeText, sizeOf } from './modelRanges.ts';
import { channelSide } from './settingWords.ts';
import { splits } from './scope.ts';

interface RangeSheetProps {
  answer: AttributionAnswer;
  measure: Measure;
  open(url: string, about: string, model?: string): void;
}

const atFirst = 12;

/** How much each group gets at least and at most, whichever model one believes, and what the model that counts gives it. */
export function RangeSheet({ answer, measure, open }: RangeSheetProps) {
  const [all, setAll] = useState(false);
  const counting = answer.setting?.content.model ?? 'w';
  const label = answer.models.find(({ model }) => model === counting)?.label ?? counting;
  const split = splits.find(({ value }) => value === answer.by)?.label.replace('By ', '') ?? answer.by;
  const ends = answer.rows.map((row) => rangeOf(row, measure)?.most.size ?? 0);
  const widest = Math.max(...ends, 0) || 1;
  const rows = all ? answer.rows : answer.rows.slice(0, atFirst);
  return (
    <Sheet title="Who brought it, whichever model one believes">
      <p className="sheet-words page-words">
        {headline(answer, counting, measure) ?? 'No conversion of this period has a touch before it.'}
      </p>
      {rows.length > 0 && (
        <div className="table-scroll" tabIndex={0} role="region" aria-label={`Range of credit by ${split}`}>
          <table className="plain tight">
            <thead>
              <tr>
                <th scope="col">{capitalised(split)}</th>
                <th scope="col" className="model-range-cell">
                  Least to most, ● by {label}
                </th>
                <th scope="col" className="figure desk-only">
                  Between
                </th>
                <th scope="col" className="figure">
                  {label}, counts
                </th>
              </tr>
            </thead>
            <tbody>
              {rows.map((row) => (
                <Row key={row.group ?? ''} {...{ row, answer, measure, counting, widest, open }} modelLabel={label} />
              ))}
            </tbody>
          </table>
        </div>
      )}
      {answer.rows.length > atFirst && (
        <div className="more">
          <button type="button" className="as-link" aria-expanded={all} onClick={() => setAll(!all)}>
            {all ? `Show the first ${atFirst}` : `Show all ${answer.rows.length}`}
          </button>
        </div>
      )}
    </Sheet>
  );
}

interface RowProps extends RangeSheetProps {
  row: AttributionRow;
  counting: ModelName;
  modelLabel: string;
  widest: number;
}

function Row({ row, answer, measure, counting, modelLabel, widest, open }: RowProps) {
  const { currency, by, models } = answer;
  const label = labelOf(by, row.label);
  const range = rangeOf(row, measure);
  const credit = row.models[counting];
  const size = sizeOf(credit, measure);
  const at = (value: number): string => `${Math.max(0, Math.min(100, (value / widest) * 100))}%`;
  const tone = by === 'channel' ? channelSide(label) : '';
  const nameOf = (name: ModelName): string => models.find(({ model }) => model === name)?.label ?? name;
  const about = range ? `least by ${nameOf(range.least.model)}, most by ${nameOf(range.most.model)}` : '';
  return (
    <tr>
      <th scope="row" className={row.group === null ? 'dim' : undefined}>
        {label}
      </th>
      <td className="model-range-cell">
        <div className="model-range" aria-hidden title={about}>
          {range && (
            <span
              className={`model-range-bar ${tone}`}
              style={{ left: at(range.least.size), width: `calc(${at(range.most.size)} - ${at(range.least.size)})` }}
            />
          )}
          {Object.entries(row.models).map(([model, each]) => {
            const tick = sizeOf(each, measure);
            return tick === null ? null : <span key={model} className="model-range-tick" style={{ left: at(tick) }} />;
          })}
          {size !== null && <span className={`model-range-dot ${tone}`} style={{ left: at(size) }} />}
        </div>
        {range && <div className="phone-only dim small-print">{rangeText(range, measure, currency)}</div>}
      </td>
      <td className="figure desk-only" style={{ whiteSpace: 'nowrap' }}>
        {range ? rangeText(range, measure, currency) : '–'}
        <span className="visually-hidden">{about && `, ${about}`}</span>
      </td>
      <td className="figure">
        {credit && credit.conversions > 0 ? (
          <button
            type="button"
            className="as-link"
            aria-label={`${label}, ${modelLabel}: ${creditText(credit, measure, currency)}`}
            onClick={() => open(row.creditsUrl, `${label}, by ${modelLabel}`, counting)}
          >
            {creditText(credit, measure, currency)}
          </button>
        ) : (
          <span className="dim">0</span>
        )}
      </td>
    </tr>
  );
}
