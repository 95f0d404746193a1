import type { Assumption, SheetSegment } from '#features/goals/contract/working.ts';
import { percent } from '#ui/formats.ts';
import { rangeText, shortly, shown } from '../goalWords.ts';
import { Opens } from '../Opens.tsx';

/** Of one segment: each rate with its range, what was seen, and how it is counted. */
export const AssumptionsOf = ({ segment, currency }: { segment: SheetSegment; currency: string }) => (
  <div className="table-scroll" tabIndex={0} role="region" aria-label={`Rates of ${segment.label}`}>
    <table className="plain stacked rates-table">
      <thead>
        <tr>
          {['What', 'Middle', 'Range', 'Seen', 'How it is counted'].map((head) => (
            <th key={head} scope="col">
              {head}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {segment.assumptions.map((each) => (
          <tr key={each.key}>
            <th scope="row">{each.label}</th>
            <td data-label="Middle">
              <Opens url={each.recordsUrl} about={`${segment.label}: ${each.label}`}>
                {shown(each.value.mid, { unit: each.unit, currency })}
              </Opens>
            </td>
            <td data-label="Range">{rangeText(each.value, { unit: each.unit, currency })}</td>
            <td data-label="Seen">
              {each.seen ? `${each.seen.hits} of ${each.seen.of}` : '–'}
              {each.ownWeight < 1 && <div className="dim small-print">{percent(each.ownWeight, 0)} its own</div>}
            </td>
            <td data-label="Counted" className="assumption-how">
              {each.formula} {each.note && <span className="dim">{each.note}</span>}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  </div>
);

interface TogetherProps {
  segments: readonly SheetSegment[];
  currency: string;
  onChoose(place: number): void;
}

/** Of all segments beside each other; each number opens into its records, each name into how it is counted. */
export function AssumptionsTogether({ segments, currency, onChoose }: TogetherProps) {
  const all = new Map<string, string>(segments.flatMap(({ assumptions }) => assumptions.map(({ key, label }) => [key, label] as const)));
  return (
    <div className="table-scroll" tabIndex={0} role="region" aria-label="Rates by segment">
      <table className="plain">
        <thead>
          <tr>
            <th scope="col">Segment</th>
            {[...all.values()].map((label) => (
              <th key={label} scope="col" className="figure">
                {label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {segments.map((segment, place) => (
            <tr key={segment.label}>
              <th scope="row">
                <button type="button" className="as-link" onClick={() => onChoose(place)}>
                  {segment.label}
                </button>
              </th>
              {[...all.keys()].map((key) => (
                <Cell key={key} segment={segment} of={segment.assumptions.find((each) => each.key === key)} currency={currency} />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Cell({ segment, of, currency }: { segment: SheetSegment; of: Assumption | undefined; currency: string }) {
  if (!of) return <td className="figure dim">–</td>;
  const shownAs = { unit: of.unit, currency };
  return (
    <td className="figure">
      <Opens url={of.recordsUrl} about={`${segment.label}: ${of.label}`}>
        {shortly(of.value.mid, shownAs)}
      </Opens>
      <div className="dim small-print range-below">{rangeText(of.value, shownAs)}</div>
    </td>
  );
}
