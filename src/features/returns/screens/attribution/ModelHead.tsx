import type { AttributionAnswer, ModelTotal } from '#features/returns/contract/attribution.ts';
import { capitalised } from '#ui/formats.ts';
import { splits } from './scope.ts';

interface ModelHeadProps {
  answer: AttributionAnswer;
  models: readonly ModelTotal[];
  explain(model: string): void;
}

/** A model's name opens its formula; below it whether it counts, or how far its answer is. */
export function ModelHead({ answer, models, explain }: ModelHeadProps) {
  const split = splits.find(({ value }) => value === answer.by)?.label.replace('By ', '') ?? answer.by;
  const counting = answer.setting?.content.model;
  return (
    <thead>
      <tr>
        <th scope="col">{capitalised(split)}</th>
        <th scope="col" className="figure">
          Touches
        </th>
        <th scope="col" className="figure">
          Met
        </th>
        {models.map((model) => (
          <th key={model.model} scope="col" className={`figure${model.model === counting ? ' model-counts' : ''}`}>
            <button type="button" className="as-link" aria-label={`${model.label}: how it counts`} onClick={() => explain(model.model)}>
              {model.label}
            </button>
            <span className="model-mark">{model.model === counting ? 'counts in figures' : stateWords(model)}</span>
          </th>
        ))}
      </tr>
    </thead>
  );
}

/** Null: nothing to say. */
export function stateWords({ estimate, conversions, kind }: ModelTotal): string | null {
  if (kind === 'rule' || !estimate) return null;
  const { state, progress, stale } = estimate;
  if (state === 'failed') return 'failed';
  if (state === 'running' && progress && progress.of > 0) return `${Math.floor((progress.done / progress.of) * 100)} % done`;
  if (state === 'waiting' || state === 'running') return 'being calculated';
  if (stale) return 'of older journeys';
  return conversions === null ? 'no answer' : 'observational';
}
