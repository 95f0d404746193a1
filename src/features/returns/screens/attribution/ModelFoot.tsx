import type { AttributionAnswer, ModelTotal } from '#features/returns/contract/attribution.ts';
import { count, money } from '#ui/formats.ts';
import { creditText, type Measure } from './modelRanges.ts';

interface ModelFootProps {
  answer: AttributionAnswer;
  models: readonly ModelTotal[];
  measure: Measure;
  open(url: string, about: string): void;
}

/** What is credited and what nobody is credited make up all conversions: by every model, to the unit. Shares close in amounts. */
export function ModelFoot({ answer, models, measure, open }: ModelFootProps) {
  const { total, unattributed, notShown, currency, setting } = answer;
  const inConversions = measure === 'conversions';
  const cell = (model: ModelTotal, text: string, title?: string | null) => (
    <td key={model.model} className={`figure${setting?.content.model === model.model ? ' model-counts' : ''}`} title={title ?? undefined}>
      {text}
      {title && <span className="visually-hidden"> {title}</span>}
    </td>
  );
  const opened = (text: string, url: string, about: string) => (
    <button type="button" className="as-link" aria-label={`${about}: ${text}`} onClick={() => open(url, about)}>
      {text}
    </button>
  );
  const nobody = inConversions ? count(unattributed.conversions) : money(unattributed.value, currency);
  const all = inConversions ? count(total.conversions) : money(total.value, currency);
  return (
    <tfoot>
      {notShown && (
        <tr className="model-proof">
          <th scope="row">{count(notShown.groups)} more</th>
          <td />
          <td />
          {models.map((model) => {
            const credit = notShown.models[model.model];
            return cell(model, credit ? creditText(credit, measure, currency) : '–');
          })}
        </tr>
      )}
      <tr>
        <th scope="row">Credited</th>
        <td className="figure">{count(total.touches)}</td>
        <td />
        {models.map((model) =>
          cell(
            model,
            inConversions ? count(model.conversions) : money(model.value, currency),
            model.conversions === null ? model.whyNot : null,
          ),
        )}
      </tr>
      <tr className="model-proof">
        <th scope="row">
          {unattributed.conversions > 0
            ? opened(`Nobody’s: ${count(unattributed.conversions)}`, unattributed.recordsUrl, 'Conversions without a touch')
            : 'Nobody’s: 0'}
        </th>
        <td />
        <td />
        {models.map((model) => cell(model, nobody))}
      </tr>
      <tr>
        <th scope="row">{opened(`All ${count(total.conversions)}`, total.recordsUrl, 'All conversions')}</th>
        <td />
        <td />
        {models.map((model) => cell(model, all))}
      </tr>
      <tr className="model-proof">
        <th scope="row">Difference</th>
        <td />
        <td />
        {models.map((model) => cell(model, ...differenceOf(answer, model, inConversions)))}
      </tr>
    </tfoot>
  );
}

/** Amounts are proved to the unit, conversions to what their decimals show. */
function differenceOf({ unattributed, total, currency }: AttributionAnswer, model: ModelTotal, inConversions: boolean): [string, string?] {
  if (inConversions && model.conversions !== null && !model.estimate?.stale)
    return [count(Math.round((model.conversions + unattributed.conversions - total.conversions) * 1e6) / 1e6 + 0)];
  if (!inConversions && model.difference !== null) return [model.difference === '0' ? '0' : money(model.difference, currency)];
  return ['–', model.whyNot ?? (model.estimate?.stale ? 'It answers older journeys; a new answer is on its way.' : 'No answer yet.')];
}
