import { Badge, Button, Group, Tooltip } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { stageLabel, type FunnelAnswer, type FunnelRow } from '#features/funnel/contract.ts';
import { capitalised, count, days, majorUnits, money, month, percent } from '#ui/formats.ts';
import { saveCsv } from '#ui/kit/csv.ts';
import { Go } from '#ui/kit/Go.tsx';
import { Sheet } from '#ui/kit/Page.tsx';
import { paths } from '#ui/paths.ts';
import { useOpen } from './useOpen.ts';
import type { FunnelScope } from './useScope.ts';

const byWords: Partial<Record<FunnelAnswer['by'], string>> = { owner: 'rep', qualifier: 'SDR' };

/** Not stated is a group of its own and never the same as a source's word "unknown". */
export const groupLabel = (row: FunnelRow, by: string): string =>
  row.group === null ? '(blank)' : by === 'month' ? month(row.group) : row.label;

export function FunnelTable({ answer, scope }: { answer: FunnelAnswer; scope: FunnelScope }) {
  if (answer.by === 'none') return null;
  const [from, to] = [stageLabel(answer.from), stageLabel(answer.to)];
  const save = (): void =>
    saveCsv(`funnel-${answer.from}-${answer.to}-by-${answer.by}.csv`, [
      [
        answer.by,
        'entered',
        'reached',
        'rate',
        'median days',
        '90th percentile days',
        'value',
        'currency',
        'window not over',
        'negative cycles',
      ],
      ...answer.rows.map((row) => [
        groupLabel(row, answer.by),
        row.entered,
        row.reached,
        row.rate,
        row.medianDays,
        row.p90Days,
        majorUnits(row.value, row.currency),
        row.currency,
        row.censored,
        row.negativeCycles,
      ]),
      [],
      [`${answer.formula}; ${answer.start ?? 'beginning'} to ${answer.end ?? 'now'}; as of ${answer.asOf}; ${answer.rulesVersion}`],
    ]);
  return (
    <Sheet
      title={`${from} → ${to} by ${byWords[answer.by] ?? answer.by}`}
      actions={
        <Button size="compact-sm" variant="default" leftSection={<IconDownload size={14} />} onClick={save}>
          Export
        </Button>
      }
    >
      <div className="table-scroll" tabIndex={0} role="region" aria-label="Conversion by group">
        <table className="plain">
          <thead>
            <tr>
              <th>{capitalised(byWords[answer.by] ?? answer.by)}</th>
              <th className="end">Entered {from}</th>
              <th className="end">
                {answer.mode === 'cohort' ? 'Reached' : 'Entered'} {to}
              </th>
              <th className="end">Rate</th>
              <th className="end">Median</th>
              <th className="end">90th percentile</th>
              <th className="end">Value</th>
            </tr>
          </thead>
          <tbody>
            {answer.rows.map((row) => (
              <Row key={row.group ?? '(blank)'} row={row} by={scope.by} from={from} to={to} />
            ))}
          </tbody>
          <tfoot>
            <Total answer={answer} />
          </tfoot>
        </table>
      </div>
      {answer.notShown && (
        <p className="dim" style={{ padding: '0 14px' }}>
          {count(answer.notShown.groups)} more groups with {count(answer.notShown.entered)} leads are in the total and not listed.
        </p>
      )}
    </Sheet>
  );
}

function Row({ row, by, from, to }: { row: FunnelRow; by: string; from: string; to: string }) {
  const open = useOpen();
  const label = groupLabel(row, by);
  const campaign = by === 'campaign' && row.group ? paths.record('campaigns', row.group) : null;
  return (
    <tr>
      <td className="wrap-any" style={{ minWidth: 140 }}>
        <Group gap={6}>
          {campaign ? <Go href={campaign}>{label}</Go> : <span className={row.group === null ? 'dim' : ''}>{label}</span>}
          {row.censored > 0 && (
            <Mark
              label={`For ${count(row.censored)} of these leads the window is not over: the rate can still rise, and is not comparable with older cohorts.`}
              text="not over"
            />
          )}
          {row.negativeCycles > 0 && (
            <Go
              href={open(row.recordsUrl, 'negative')}
              aria-label={`${count(row.negativeCycles)} of ${label} reached ${to} before ${from}`}
            >
              <span className="warn">{count(row.negativeCycles)} negative</span>
            </Go>
          )}
        </Group>
      </td>
      <td className="end">
        <Go href={open(row.recordsUrl)} aria-label={`${count(row.entered)} of ${label} entered ${from}`}>
          {count(row.entered)}
        </Go>
      </td>
      <td className="end">
        <Go href={open(row.reachedUrl)} aria-label={`${count(row.reached)} of ${label} reached ${to}`}>
          {count(row.reached)}
        </Go>
      </td>
      <td className="end" style={{ fontWeight: 600 }}>
        {percent(row.rate)}
      </td>
      <td className="end">{days(row.medianDays)}</td>
      <td className="end">{days(row.p90Days)}</td>
      <td className="end">{everyCurrency(row)}</td>
    </tr>
  );
}

function Total({ answer: { total } }: { answer: FunnelAnswer }) {
  const open = useOpen();
  return (
    <tr>
      <td>Total</td>
      <td className="end">
        <Go href={open(total.recordsUrl)} aria-label={`${count(total.entered)} in all entered`}>
          {count(total.entered)}
        </Go>
      </td>
      <td className="end">
        <Go href={open(total.reachedUrl)} aria-label={`${count(total.reached)} in all reached`}>
          {count(total.reached)}
        </Go>
      </td>
      <td className="end">{percent(total.rate)}</td>
      <td className="end">{days(total.medianDays)}</td>
      <td className="end">{days(total.p90Days)}</td>
      <td className="end">{everyCurrency(total)}</td>
    </tr>
  );
}

function Mark({ label, text }: { label: string; text: string }) {
  return (
    <Tooltip label={label} multiline w={260}>
      <Badge variant="outline" color="var(--a-leadership)" tabIndex={0} aria-label={label} role="note">
        {text}
      </Badge>
    </Tooltip>
  );
}

/** Amounts of different currencies stand side by side; they are never added. */
function everyCurrency({ value, currency, values }: Pick<FunnelAnswer['total'], 'value' | 'currency' | 'values'>): string {
  const shown = values.filter(({ amount }) => amount !== '0');
  if (shown.length === 0) return money(value, currency);
  return shown.map((each) => (each.currency ? money(each.amount, each.currency) : `${each.amount} without a currency`)).join(' + ');
}
