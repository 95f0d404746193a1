import type { AttributionAnswer, AttributionSetting } from '#features/returns/contract/attribution.ts';
import { dayOfInstant, instant } from '#ui/formats.ts';
import { Explain } from '#ui/kit/Explain.tsx';
import { settingFacts } from './settingWords.ts';

/** The setting in force, how fresh the numbers are, and every model's formula. */
export function HowCounted({ answer, setting }: { answer: AttributionAnswer; setting: AttributionSetting }) {
  return (
    <Explain label="How credit is counted">
      <p style={{ margin: '0 0 8px' }}>
        Every conversion of the period is shared among the touches before it. By each model the shares add up to the amount, to the minor
        unit. Touches after the conversion earn nothing.
      </p>
      <p style={{ margin: '0 0 4px', fontWeight: 600 }}>
        Setting {setting.number}, since {dayOfInstant(setting.recordedAt)}
      </p>
      <ul className="history-list">
        {settingFacts(setting.content).map(([name, value]) => (
          <li key={name}>
            {name}: {value}
          </li>
        ))}
      </ul>
      <p style={{ margin: '8px 0 4px', fontWeight: 600 }}>Models</p>
      <dl style={{ margin: 0, maxHeight: 220, overflow: 'auto' }} tabIndex={0} aria-label="Formulas of the models">
        {answer.models.map(({ model, label, formula }) => (
          <div key={model}>
            <dt style={{ fontWeight: 500 }}>{label}</dt>
            <dd style={{ margin: '0 0 6px' }} className="dim">
              {formula}
            </dd>
          </div>
        ))}
      </dl>
      <p className="dim" style={{ margin: '8px 0 0' }}>
        As of {instant(answer.freshness.asOf)}. Days of {answer.timeZone}. Formulas {answer.version}.
      </p>
    </Explain>
  );
}
