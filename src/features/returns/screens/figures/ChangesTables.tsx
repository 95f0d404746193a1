import { Button } from '@mantine/core';
import { type ChangeCause, changeCauses, type ChangesAnswer } from '#features/returns/contract/changes.ts';
import { capitalised, majorUnits, money, percent } from '#ui/formats.ts';
import { saveCsv } from '#ui/kit/csv.ts';
import { OpenNumber } from '#ui/kit/OpenNumber.tsx';
import { Sheet } from '#ui/kit/Page.tsx';
import { groupingLabels } from './scope.ts';

interface ChangesTablesProps {
  answer: ChangesAnswer;
  open(url: string, about: string): void;
}

/** Both periods beside each other: how many, how often won, for how much. */
export function BeforeAndNow({ answer, open }: ChangesTablesProps) {
  const { currency } = answer;
  const units = answer.volume === 'deals' ? 'Deals decided' : 'Leads opened';
  return (
    <Sheet title="Both periods">
      <div className="table-scroll" tabIndex={0} role="region" aria-label="Both periods">
        <table className="plain">
          <thead>
            <tr>
              <th scope="col">Period</th>
              {[units, 'Won', 'Rate', 'Average deal', 'Won value'].map((head) => (
                <th key={head} scope="col" className="end">
                  {head}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {(['before', 'now'] as const).map((which) => {
              const side = answer[which];
              return (
                <tr key={which}>
                  <th scope="row">{capitalised(which)}</th>
                  <td className="end">
                    <Opened value={side.units} url={side.unitsUrl} about={`${units}, ${which}`} open={open} />
                  </td>
                  <td className="end">
                    <Opened value={side.won} url={side.wonUrl} about={`Deals won, ${which}`} open={open} />
                  </td>
                  <td className="end">{percent(side.rate)}</td>
                  <td className="end">{money(side.averageDeal, currency)}</td>
                  <td className="end">{money(side.value, currency)}</td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
    </Sheet>
  );
}

/** The same by group: every row adds up, and the rows to the whole. */
export function ChangesByGroup({ answer, open }: ChangesTablesProps) {
  const { rows, by, currency } = answer;
  const causes = changeCauses.filter(
    (cause) => cause !== 'apart' || answer.effects.apart !== '0' || rows.some(({ effects }) => effects.apart !== '0'),
  );
  const head = groupingLabels[by];
  return (
    <Sheet
      title={`By ${head.toLowerCase()}`}
      actions={
        <Button
          variant="default"
          size="xs"
          disabled={rows.length === 0}
          onClick={() => saveCsv(`changes-by-${by}-${answer.start}-${answer.end}.csv`, csvOf(answer, causes))}
        >
          CSV
        </Button>
      }
    >
      <div className="table-scroll figure-table" tabIndex={0} role="region" aria-label={`Changes by ${head}`}>
        <table className="plain">
          <thead>
            <tr>
              <th scope="col">{head}</th>
              {['Won before', 'Won now', 'Value before', 'Value now', 'Change', ...causes.map(capitalised)].map((label) => (
                <th key={label} scope="col" className="end">
                  {label}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.group ?? ''}>
                <th scope="row" className={row.group === null ? 'dim' : undefined}>
                  {row.label}
                </th>
                <td className="end">
                  <Opened value={row.before.won} url={row.before.wonUrl} about={`Won before, ${row.label}`} open={open} />
                </td>
                <td className="end">
                  <Opened value={row.now.won} url={row.now.wonUrl} about={`Won now, ${row.label}`} open={open} />
                </td>
                <td className="end">{money(row.before.value, currency)}</td>
                <td className="end">{money(row.now.value, currency)}</td>
                <Effects row={row} causes={causes} currency={currency} />
              </tr>
            ))}
          </tbody>
          <tfoot>
            <tr>
              <th scope="row">All together</th>
              <td className="end">
                <Opened value={answer.before.won} url={answer.before.wonUrl} about="Won before, all together" open={open} />
              </td>
              <td className="end">
                <Opened value={answer.now.won} url={answer.now.wonUrl} about="Won now, all together" open={open} />
              </td>
              <td className="end">{money(answer.before.value, currency)}</td>
              <td className="end">{money(answer.now.value, currency)}</td>
              <Effects row={answer} causes={causes} currency={currency} />
            </tr>
          </tfoot>
        </table>
      </div>
    </Sheet>
  );
}

function Effects({
  row,
  causes,
  currency,
}: {
  row: Pick<ChangesAnswer, 'change' | 'effects'>;
  causes: readonly ChangeCause[];
  currency: string;
}) {
  return [row.change, ...causes.map((cause) => row.effects[cause])].map((amount, at) => (
    <td key={at === 0 ? 'change' : causes[at - 1]} className={`end ${amount.startsWith('-') ? 'bad' : amount === '0' ? 'dim' : 'good'}`}>
      {money(amount, currency)}
    </td>
  ));
}

function Opened({ value, url, about, open }: { value: number; url: string | null; about: string; open(url: string, about: string): void }) {
  return url === null ? value : <OpenNumber value={value} label={about} open={() => open(url, about)} />;
}

function csvOf({ rows, by, currency, ...whole }: ChangesAnswer, causes: readonly ChangeCause[]): string[][] {
  const line = (
    label: string,
    { before, now, change, effects }: Pick<ChangesAnswer, 'before' | 'now' | 'change' | 'effects'>,
  ): string[] => [
    label,
    ...[before.units, now.units, before.won, now.won].map(String),
    ...[before.value, now.value, change, ...causes.map((cause) => effects[cause])].map((amount) => majorUnits(amount, currency)),
  ];
  const amounts = ['value before', 'value now', 'change', ...causes].map((name) => `${name} (${currency})`);
  return [
    [by, 'units before', 'units now', 'won before', 'won now', ...amounts],
    ...rows.map((row) => line(row.label, row)),
    line('all together', whole),
  ];
}
