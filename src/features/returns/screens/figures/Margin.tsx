import { Button, SegmentedControl } from '@mantine/core';
import { useMemo } from 'react';
import type { WaterfallAnswer } from '#features/returns/contract/trend.ts';
import { day, majorUnits, money, moneyAxis } from '#ui/formats.ts';
import { saveCsv } from '#ui/kit/csv.ts';
import { Go } from '#ui/kit/Go.tsx';
import { Sheet } from '#ui/kit/Page.tsx';
import { Answer, Empty } from '#ui/kit/States.tsx';
import { Waterfall } from '#ui/kit/Waterfall.tsx';
import { paths } from '#ui/paths.ts';
import { RecordsDrawer } from '#ui/figures/RecordsDrawer.tsx';
import { useFigures } from './asking.ts';
import { figureDrawer } from './drawerState.ts';
import { LeanOn } from './LeanOn.tsx';
import { OpenAmount } from './OpenAmount.tsx';
import { ScopeBar } from './ScopeBar.tsx';
import { queryOf, useFiguresScope } from './scope.ts';

type Open = (url: string, about: string) => void;

/** From what was spent to what is left of what was won or billed. */
export function Margin() {
  const [scope, change, search] = useFiguresScope();
  const waterfall = useFigures<WaterfallAnswer>('/figures/waterfall', queryOf(scope));
  const drawer = figureDrawer(search, change);
  return (
    <>
      <ScopeBar scope={scope} change={change} answer={waterfall.data}>
        <SegmentedControl
          aria-label="Revenue is"
          value={scope.revenue}
          onChange={(revenue) => change({ revenue })}
          data={[
            { value: 'won', label: 'Deals won' },
            { value: 'billed', label: 'Billed' },
          ]}
        />
      </ScopeBar>
      <Answer of={waterfall} what="Spend to margin" lines={8}>
        {(answer) =>
          answer.steps.every(({ amount }) => amount === '0') ? (
            <Empty
              title="Nothing was spent and nothing came back in this period"
              action={<Go href={paths.costs()}>Enter or import costs</Go>}
            >
              Spend of both sides, revenue, what delivering it costs and what is left stand here step by step.
            </Empty>
          ) : (
            <div className="stack" style={{ opacity: waterfall.isPlaceholderData ? 0.6 : 1 }} aria-busy={waterfall.isPlaceholderData}>
              <Steps answer={answer} open={drawer.openRecords} />
              <LeanOn answer={answer} change={change} />
            </div>
          )
        }
      </Answer>
      {drawer.recordsUrl && <RecordsDrawer url={drawer.recordsUrl} about={drawer.about} onClose={drawer.closeRecords} />}
    </>
  );
}

function Steps({ answer, open }: { answer: WaterfallAnswer; open: Open }) {
  const { steps, currency, difference } = answer;
  const drawn = useMemo(
    () => ({
      steps: steps.map(({ label, kind, amount }) => ({ label, value: Number(majorUnits(amount, currency)), level: kind === 'total' })),
      axis: moneyAxis(currency),
    }),
    [steps, currency],
  );
  const openAt = (at: number): void => {
    const step = steps[at];
    if (step?.recordsUrl) open(step.recordsUrl, step.label);
  };
  return (
    <Sheet
      title="From spend to margin"
      actions={
        <Button variant="default" size="xs" onClick={() => saveCsv(`spend-to-margin-${answer.start}-${answer.end}.csv`, csvOf(answer))}>
          CSV
        </Button>
      }
      padded
    >
      <p style={{ marginTop: 0 }}>{sentenceOf(answer)}</p>
      <Waterfall label="From spend to margin" height={260} {...drawn} open={openAt} />
      <div className="table-scroll" tabIndex={0} role="region" aria-label="Steps from spend to margin">
        <table className="plain tight">
          <thead>
            <tr>
              <th scope="col">Step</th>
              <th scope="col" className="end">
                Amount
              </th>
              <th scope="col" className="end">
                Stands at
              </th>
            </tr>
          </thead>
          <tbody>
            {steps.map(({ step, label, amount, to, recordsUrl }) => (
              <tr key={step}>
                <th scope="row">{label}</th>
                <td className="end">
                  <OpenAmount amount={amount} currency={currency} url={recordsUrl} about={label} open={open} />
                </td>
                <td className="end">{money(to, currency)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p className="dim" style={{ marginBottom: 0 }}>
        The steps add up to the last; difference {money(difference, currency)}.
      </p>
    </Sheet>
  );
}

/** What the steps come to. */
function sentenceOf({ steps, start, end, currency, revenue, costBasis }: WaterfallAnswer): string {
  const amountOf = (name: WaterfallAnswer['steps'][number]['step']): bigint => BigInt(steps.find(({ step }) => step === name)?.amount ?? 0);
  const spent = money(String(-amountOf('marketing') - amountOf('sales')), currency);
  const basis = costBasis === 'programme' ? ' (without pay, which you may not see)' : '';
  const came = `${money(String(amountOf('revenue')), currency)} was ${revenue === 'won' ? 'won' : 'billed'}`;
  const last = steps.at(-1)!;
  const rest = money(last.amount.replace('-', ''), currency);
  const outcome = last.amount.startsWith('-') ? `${rest} of the spend has not come back` : `${rest} is left`;
  const delivery = last.step === 'contribution' ? ' after what delivering it costs' : ', what delivering it costs not taken off';
  return `From ${day(start)} to ${day(end)} both sides spent ${spent}${basis} and ${came}: ${outcome}${delivery}.`;
}

const csvOf = ({ steps, currency }: WaterfallAnswer): string[][] => [
  ['step', `amount (${currency})`, `stands at (${currency})`],
  ...steps.map(({ label, amount, to }) => [label, majorUnits(amount, currency), majorUnits(to, currency)]),
];
