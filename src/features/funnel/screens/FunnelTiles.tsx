import { Text } from '@mantine/core';
import { stageLabel, type FunnelAnswer } from '#features/funnel/contract.ts';
import { count, day, days, money, percent, plural } from '#ui/formats.ts';
import { Explain } from '#ui/kit/Explain.tsx';
import { Go } from '#ui/kit/Go.tsx';
import { useOpen } from './useOpen.ts';

/** The totals of what is asked, each a way to its leads, and how they are made. */
export function FunnelTiles({ answer }: { answer: FunnelAnswer }) {
  const open = useOpen();
  const { total } = answer;
  const [from, to] = [stageLabel(answer.from), stageLabel(answer.to)];
  const other = total.values.filter(({ currency, amount }) => currency !== total.currency && amount !== '0');
  return (
    <div>
      <div className="tiles">
        <Go className="tile" href={open(total.recordsUrl)}>
          <div className="tile-label">Entered {from}</div>
          <div className="tile-figure">{count(total.entered)}</div>
        </Go>
        <Go className="tile" href={open(total.reachedUrl)}>
          <div className="tile-label">{answer.mode === 'cohort' ? `Of them reached ${to}` : `Entered ${to}`}</div>
          <div className="tile-figure">{count(total.reached)}</div>
        </Go>
        <Go className="tile" href={open(total.reachedUrl)}>
          <div className="tile-label">
            {from} → {to}
          </div>
          <div className="tile-figure">{percent(total.rate)}</div>
          {total.censored > 0 && (
            <Text size="xs" className="warn">
              can still rise
            </Text>
          )}
        </Go>
        <Go className="tile" href={open(total.reachedUrl)}>
          <div className="tile-label">Median / 90th percentile</div>
          <div className="tile-figure">{total.medianDays === null ? '–' : `${count(total.medianDays)} / ${days(total.p90Days)}`}</div>
        </Go>
        <Go className="tile" href={open(total.reachedUrl)}>
          <div className="tile-label">Value of those that reached</div>
          <div className="tile-figure">{money(total.value, total.currency)}</div>
          {other.length > 0 && (
            <Text size="xs" c="dimmed">
              and {other.map(({ amount, currency }) => (currency ? money(amount, currency) : `${amount} without a currency`)).join(', ')}
            </Text>
          )}
        </Go>
      </div>
      <div style={{ display: 'flex', alignItems: 'flex-start', gap: 6, marginTop: 8 }}>
        <Text size="xs" c="dimmed" style={{ flex: 1 }}>
          {answer.formula}.
        </Text>
        <Explain label="How these numbers are made">
          <Text fw={600} size="sm" mb={4}>
            {answer.mode === 'cohort' ? 'Cohort' : 'Period'} conversion {from} → {to}
          </Text>
          <Text size="sm" mb="xs">
            {answer.formula}.
          </Text>
          <dl className="facts" style={{ margin: 0 }}>
            <dt>Scope</dt>
            <dd className="static-value">
              {answer.start ? day(answer.start) : 'the beginning'} to {answer.end ? day(answer.end) : 'now'}, {answer.timeZone}
            </dd>
            <dt>Window</dt>
            <dd className="static-value">{answer.windowDays === null ? 'any' : plural(answer.windowDays, 'day')}</dd>
            <dt>As of</dt>
            <dd className="static-value">{day(answer.asOf)}</dd>
            <dt>Rules</dt>
            <dd className="static-value">{answer.rulesVersion}</dd>
          </dl>
          {answer.notes.map((note) => (
            <Text key={note} size="xs" c="dimmed" mt={6}>
              {note}
            </Text>
          ))}
        </Explain>
      </div>
      {total.negativeCycles > 0 && (
        <div className="notice warn" style={{ marginTop: 8 }}>
          <Go href={open(total.recordsUrl, 'negative')}>{plural(total.negativeCycles, 'lead')}</Go> reached {to} on an earlier day than{' '}
          {from}. They count, and are worth a look at the source.
        </div>
      )}
      {total.reachedWithoutEntering > 0 && (
        <div className="notice" style={{ marginTop: 8 }}>
          <Go href={open(total.recordsUrl, 'withoutEntering')}>{plural(total.reachedWithoutEntering, 'lead')}</Go> reached {to} without a
          known time for {from}.
        </div>
      )}
    </div>
  );
}
