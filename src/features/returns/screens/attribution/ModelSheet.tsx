import { Button } from '@mantine/core';
import type { AttributionAnswer, AttributionRow, ModelTotal } from '#features/returns/contract/attribution.ts';
import { count, money, plural } from '#ui/formats.ts';
import { saveCsv } from '#ui/kit/csv.ts';
import { OpenNumber } from '#ui/kit/OpenNumber.tsx';
import { Sheet } from '#ui/kit/Page.tsx';
import { creditText, intervalText, labelOf, type Measure } from './modelRanges.ts';
import { modelRows } from './modelRows.ts';
import { ModelFoot } from './ModelFoot.tsx';
import { ModelHead } from './ModelHead.tsx';

interface ModelSheetProps {
  answer: AttributionAnswer;
  measure: Measure;
  open(url: string, about: string, model?: string): void;
  explain(model: string): void;
}

/** All models side by side; every amount opens the conversions it is made of. */
export function ModelSheet({ answer, measure, open, explain }: ModelSheetProps) {
  const shown = modelsShown(answer);
  const left = answer.models.find((model) => !shown.includes(model));
  return (
    <Sheet
      title="All models side by side"
      actions={
        <Button
          size="compact-sm"
          variant="default"
          className="no-print"
          onClick={() => saveCsv(`attribution-by-${answer.by}.csv`, modelRows(answer))}
        >
          CSV
        </Button>
      }
    >
      <div
        className={`table-scroll model-table${answer.rows.length > 20 ? ' model-table-long' : ''}`}
        tabIndex={0}
        role="region"
        aria-label="Credit by every model"
      >
        <table className="plain">
          <ModelHead answer={answer} models={shown} explain={explain} />
          <tbody>
            {answer.rows.map((row) => (
              <Row key={row.group ?? ''} {...{ row, answer, measure, open, explain }} models={shown} />
            ))}
          </tbody>
          <ModelFoot answer={answer} models={shown} measure={measure} open={open} />
        </table>
      </div>
      <p className="sheet-words dim small-print">
        {left?.whyNot
          ? `${left.whyNot} `
          : shown.some(({ kind }) => kind === 'driven')
            ? 'Below a data-driven figure stands where 90 % of its answers lie when the journeys are drawn anew. '
            : ''}
        {plural(answer.total.touches, 'touch', 'touches')} before {plural(answer.total.conversions, 'conversion')}. “Met” counts conversions
        with at least one touch of the group; one conversion is met by several groups, so these don’t add up.
      </p>
    </Sheet>
  );
}

/** Data-driven models have columns only where they can be asked. */
function modelsShown({ models, by }: AttributionAnswer): ModelTotal[] {
  return models.filter(
    ({ kind, estimate, conversions }) => kind === 'rule' || (by === 'channel' && (estimate !== null || conversions !== null)),
  );
}

type RowProps = ModelSheetProps & { row: AttributionRow; models: readonly ModelTotal[] };

function Row({ row, answer, measure, models, open, explain }: RowProps) {
  const label = labelOf(answer.by, row.label);
  return (
    <tr>
      <th scope="row" className={row.group === null ? 'dim' : undefined}>
        {label}
      </th>
      <td className="figure">
        <button
          type="button"
          className="as-link"
          aria-label={`${label}: ${plural(row.touches, 'touch', 'touches')}`}
          onClick={() => open(row.touchesUrl, `Touches of ${label}`)}
        >
          {count(row.touches)}
        </button>
      </td>
      <td className="figure">
        <OpenNumber value={row.influenced} label={`${label}, met`} open={() => open(row.creditsUrl, `Conversions that met ${label}`)} />
      </td>
      {models.map((model) => (
        <Cell key={model.model} {...{ row, label, model, answer, measure, open, explain }} />
      ))}
    </tr>
  );
}

type CellProps = ModelSheetProps & { row: AttributionRow; label: string; model: ModelTotal };

function Cell({ row, label, model, answer, measure, open, explain }: CellProps) {
  const credit = row.models[model.model];
  const tone = `figure${answer.setting?.content.model === model.model ? ' model-counts' : ''}`;
  if (!credit || (measure === 'value' && credit.value === null))
    return (
      <td className={`${tone} dim`} title={model.whyNot ?? undefined}>
        –<span className="visually-hidden"> {model.whyNot}</span>
      </td>
    );
  const text = creditText(credit, measure, answer.currency);
  const interval = intervalText(credit, measure, answer.currency);
  if (credit.conversions === 0)
    return (
      <td className={`${tone} dim`} title={measure === 'value' ? money('0', answer.currency) : undefined}>
        0
      </td>
    );
  return (
    <td className={tone}>
      <button
        type="button"
        className="as-link"
        aria-label={`${label}, ${model.label}: ${text}${interval ? `, 90 % between ${interval}` : ''}`}
        onClick={() => (model.kind === 'rule' ? open(row.creditsUrl, `${label}, by ${model.label}`, model.model) : explain(model.model))}
      >
        {text}
      </button>
      {interval && <div className="dim small-print">{interval}</div>}
    </td>
  );
}
