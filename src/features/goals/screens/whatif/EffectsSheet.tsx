import type { WhatIfAnswer } from '#features/goals/contract/what-if.ts';
import { Sheet } from '#ui/kit/Page.tsx';
import { gainRange, gainText, type Shown } from '../goalWords.ts';
import { Opens } from '../Opens.tsx';

/** What each change does by itself, with its range and where it comes from. */
export function EffectsSheet({ answer: { effects, currency } }: { answer: WhatIfAnswer }) {
  const of: Shown = { unit: 'amount', currency };
  if (effects.length === 0) return null;
  return (
    <Sheet title="What each does by itself" padded>
      <ul className="effects">
        {effects.map(({ key, label, effect, why, from, caveat }) => (
          <li key={key}>
            <strong>{label}.</strong>{' '}
            {effect ? (
              Number(effect.mid) === 0 && Number(effect.low) === 0 && Number(effect.high) === 0 ? (
                'It changes nothing of what is won.'
              ) : (
                <>
                  About <strong>{gainText(effect.mid, of)}</strong> ({gainRange(effect, of)}).
                </>
              )
            ) : (
              <span className="dim">{why}</span>
            )}
            {effect && why && <span className="dim"> {why}</span>}
            {from.length > 0 && (
              <ul>
                {from.map(({ text, recordsUrl }) => (
                  <li key={text}>
                    <Opens url={recordsUrl} about={label}>
                      {text}
                    </Opens>
                  </li>
                ))}
              </ul>
            )}
            {caveat && <p className="dim small-print">{caveat}</p>}
          </li>
        ))}
      </ul>
    </Sheet>
  );
}
