import { Button, SegmentedControl } from '@mantine/core';
import { useState } from 'react';
import { ruleModels, ruleModelWords, type RuleModel } from '#engine/attribution/models.ts';
import type { JourneyAnswer } from '#features/returns/contract/credits.ts';
import { dayOfInstant, majorUnits, money, percent } from '#ui/formats.ts';
import { saveCsv } from '#ui/kit/csv.ts';
import { Sheet } from '#ui/kit/Page.tsx';

interface JourneyCreditProps {
  answer: JourneyAnswer;
  conversion: NonNullable<JourneyAnswer['conversion']>;
}

/** What each touch earns by every rule model; each column adds up to the amount. */
export function JourneyCredit({ answer, conversion }: JourneyCreditProps) {
  const { touches, totals, currency, setting } = answer;
  const { amount } = conversion;
  const [shares, setShares] = useState(amount === null || amount === '0');
  const tone = (model: RuleModel): string => `figure${model === setting.content.model ? ' model-counts' : ''}`;
  const differences = ruleModels.map((model) => BigInt(totals[model] ?? 0) - BigInt(amount ?? 0));
  const closes = differences.every((difference) => difference === 0n);
  return (
    <Sheet
      title="What each touch earns"
      actions={
        <div className="way no-print">
          {amount !== null && (
            <SegmentedControl
              size="xs"
              aria-label="Amounts or shares"
              value={shares ? 'shares' : 'amounts'}
              onChange={(chosen) => setShares(chosen === 'shares')}
              data={[
                { value: 'amounts', label: 'Amounts' },
                { value: 'shares', label: 'Shares' },
              ]}
            />
          )}
          <Button size="compact-sm" variant="default" onClick={() => saveCsv('journey.csv', journeyRows(answer))}>
            CSV
          </Button>
        </div>
      }
    >
      <div
        className={`table-scroll model-table${touches.length > 20 ? ' model-table-long' : ''}`}
        tabIndex={0}
        role="region"
        aria-label="Credit of each touch by every model"
      >
        <table className="plain">
          <thead>
            <tr>
              <th scope="col">Touch</th>
              {ruleModels.map((model) => (
                <th key={model} scope="col" className={tone(model)} title={ruleModelWords[model].formula}>
                  {ruleModelWords[model].label}
                  {model === setting.content.model && <span className="model-mark">counts in figures</span>}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {touches.map((touch) => (
              <tr key={touch.touchId}>
                <th scope="row">
                  {touch.no}. {touch.channel}
                  <div className="dim small-print" style={{ fontWeight: 400 }}>
                    {dayOfInstant(touch.at)}
                  </div>
                </th>
                {ruleModels.map((model) => {
                  const credit = touch.credits[model];
                  return (
                    <td key={model} className={tone(model)}>
                      {!credit || credit.share === 0 ? (
                        <span className="dim">0</span>
                      ) : shares ? (
                        percent(credit.share)
                      ) : (
                        money(credit.value, currency)
                      )}
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
          {amount !== null && (
            <tfoot>
              <tr>
                <th scope="row">Together</th>
                {ruleModels.map((model) => (
                  <td key={model} className={tone(model)}>
                    {money(totals[model], currency)}
                  </td>
                ))}
              </tr>
            </tfoot>
          )}
        </table>
      </div>
      {amount !== null && (
        <p className={`sheet-words small-print ${closes ? 'dim' : 'bad'}`}>
          {closes
            ? `By every model the touches add up to ${money(amount, currency)}: difference ${money('0', currency)}.`
            : `Not every model adds up to ${money(amount, currency)}: run “accord verify”.`}
        </p>
      )}
    </Sheet>
  );
}

const journeyRows = ({ touches, totals, currency }: JourneyAnswer): (string | number | null)[][] => [
  [
    'touch',
    'at',
    'side',
    'kind',
    'channel',
    'campaign',
    'member',
    ...ruleModels.map((model) => `${ruleModelWords[model].label}, ${currency}`),
  ],
  ...touches.map((touch) => [
    ...[touch.no, touch.at, touch.side, touch.kind, touch.channel, touch.campaign?.name ?? null, touch.member?.name ?? null],
    ...ruleModels.map((model) => majorUnits(touch.credits[model]?.value ?? '0', currency)),
  ]),
  ['Together', null, null, null, null, null, null, ...ruleModels.map((model) => majorUnits(totals[model] ?? '0', currency))],
];
