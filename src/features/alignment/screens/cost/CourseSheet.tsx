import { SegmentedControl } from '@mantine/core';
import { useMemo } from 'react';
import type { CostAnswer, CostCause, CostPart } from '#features/alignment/contract/cost.ts';
import { majorUnits, moneyAxis, moneyShort, month } from '#ui/formats.ts';
import { Chart, type Series } from '#ui/kit/Chart.tsx';
import { HeatTable, type HeatRow } from '#ui/kit/HeatTable.tsx';
import { Sheet } from '#ui/kit/Page.tsx';
import { counted, sideWords } from './costWords.ts';

export type Parted = 'month' | 'segment';

interface CourseProps {
  answer: CostAnswer;
  by: Parted;
  change(by: Parted): void;
  /** A cause within a month or a segment. */
  open(cause: string, part: CostPart): void;
}

/** When, or in which segment: a picture by who can mend it, and every figure with its records. */
export function CourseSheet({ answer, by, change, open }: CourseProps) {
  const { total, currency } = answer;
  const columns = useMemo(() => total.parts.map((part) => labelOf(part, by)), [total.parts, by]);
  const rows = rowsOf(answer, by, open);
  const axis = useMemo(() => moneyAxis(currency), [currency]);
  const series = useMemo(() => seriesOf(answer), [answer]);
  return (
    <Sheet
      title={by === 'month' ? 'When' : 'In which segment'}
      actions={
        <SegmentedControl
          className="no-print"
          size="xs"
          aria-label="Parted by"
          value={by}
          onChange={(value) => change(value === 'segment' ? 'segment' : 'month')}
          data={[
            { value: 'month', label: 'By month' },
            { value: 'segment', label: 'By segment' },
          ]}
        />
      }
      padded
    >
      {columns.length === 0 ? (
        <p className="dim" style={{ margin: 0 }}>
          Nothing to part: no cause has an amount in this period.
        </p>
      ) : (
        <>
          <Chart label="Cost by who can mend it" height={200} categories={columns} series={series} axis={axis} />
          <HeatTable caption={`Cost by cause and ${by}`} rowHead="Cause" sizeHead="All of it" columns={columns} rows={rows} />
        </>
      )}
    </Sheet>
  );
}

export const labelOf = ({ group, label }: Pick<CostPart, 'group' | 'label'>, by: Parted): string =>
  group === null ? 'No segment' : by === 'month' ? month(group) : label;

function rowsOf({ causes, total, currency }: CostAnswer, by: Parted, open: CourseProps['open']): HeatRow[] {
  const told = causes.filter(({ amount, parts }) => amount !== null && parts.length > 0);
  const most = Math.max(1, ...told.flatMap(({ parts }) => parts.map(({ amount }) => Number(amount))));
  const cells = (cause: CostCause): HeatRow['cells'] => {
    const known = new Map(cause.parts.map((part) => [part.group, part]));
    return total.parts.map(({ group }) => {
      const part = known.get(group);
      if (!part || part.count === 0) return null;
      return {
        text: moneyShort(part.amount, currency),
        strength: Number(part.amount) / most,
        about: `${cause.label}, ${labelOf(part, by)}: ${counted(part.count, cause.of)}, between ${moneyShort(part.low, currency)} and ${moneyShort(part.high, currency)}`,
        open: () => open(cause.cause, part),
      };
    });
  };
  const together: HeatRow = {
    key: 'together',
    head: 'Together',
    size: total.amount === null ? '–' : moneyShort(total.amount, currency),
    cells: total.parts.map((part) => ({
      text: moneyShort(part.amount, currency),
      strength: null,
      about: `Together, ${labelOf(part, by)}: between ${moneyShort(part.low, currency)} and ${moneyShort(part.high, currency)}`,
    })),
  };
  return [
    ...told.map((cause) => ({ key: cause.cause, head: cause.label, size: moneyShort(cause.amount!, currency), cells: cells(cause) })),
    together,
  ];
}

const sides = [
  ['marketing', 'marketing'],
  ['sales', 'sales'],
  ['both', 'mid'],
] as const;

function seriesOf({ causes, total, currency }: CostAnswer): Series[] {
  return sides.flatMap(([side, colour]) => {
    const own = causes.filter((cause) => cause.side === side && cause.amount !== null);
    if (own.length === 0) return [];
    const sum = (group: string | null): bigint =>
      own.reduce((all, { parts }) => all + BigInt(parts.find((part) => part.group === group)?.amount ?? '0'), 0n);
    const values = total.parts.map(({ group }) => Number(majorUnits(String(sum(group)), currency)));
    return [{ name: sideWords[side], type: 'bar' as const, colour, stack: 'cost', values }];
  });
}
