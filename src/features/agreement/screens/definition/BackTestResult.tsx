import { lazy, Suspense } from 'react';
import { useMe } from '#ui/api/session.ts';
import { count, money, percent } from '#ui/formats.ts';
import { Go } from '#ui/kit/Go.tsx';
import { Loading } from '#ui/kit/States.tsx';
import type { BackTest } from '../../contract.ts';
import { BackTestTable } from './BackTestTable.tsx';
import { hoursText, useOpenLeads } from './useOpenLeads.ts';

const Chart = lazy(() => import('#ui/kit/Chart.tsx').then(({ Chart: component }) => ({ default: component })));
const mostInChart = 12;

/** Now against then, first in all, then by group. Every number opens into its leads. */
export function BackTestResult({ test, term }: { test: BackTest; term: string }) {
  const rows = test.rows.slice(0, mostInChart);
  return (
    <div className="stack">
      <Verdict test={test} term={term} />
      {test.rows.length > 1 && (
        <Suspense fallback={<Loading lines={5} />}>
          <Chart
            label={`Leads passed by ${test.by}`}
            height={230}
            categories={rows.map(({ label }) => label)}
            series={[
              {
                name: test.against ? `Version ${test.against.number}, in force` : 'As the source says',
                type: 'bar',
                colour: 'mid',
                values: rows.map(({ passedNow }) => passedNow),
              },
              { name: 'This version', type: 'bar', colour: 'ink', values: rows.map(({ passedThen }) => passedThen) },
            ]}
          />
        </Suspense>
      )}
      <BackTestTable test={test} term={term} />
      {test.notes.length > 0 && (
        <ul className="notes dim">
          {test.notes.map((note) => (
            <li key={note}>{note}</li>
          ))}
        </ul>
      )}
    </div>
  );
}

function Verdict({ test, term }: { test: BackTest; term: string }) {
  const me = useMe();
  const open = useOpenLeads(test, term);
  const { total } = test;
  const change = total.passedThen - total.passedNow;
  const share = total.passedNow ? percent(Math.abs(change) / total.passedNow, 0) : '';
  const of = total.customersKept + total.customersLost;
  return (
    <div className="tiles verdict">
      <div className="tile">
        <div className="tile-label">Leads passed, now → then</div>
        <div className="tile-figure">
          <Go href={open('passedNow')}>{count(total.passedNow)}</Go> → <Go href={open('passedThen')}>{count(total.passedThen)}</Go>
        </div>
        <div className="dim tile-more">
          {change === 0 ? 'as many' : `${share} ${change < 0 ? 'fewer' : 'more'}`}:{' '}
          <Go href={open('dropped')}>{count(total.dropped)} dropped</Go>, <Go href={open('added')}>{count(total.added)} added</Go>
        </div>
      </div>
      <div className="tile">
        <div className="tile-label">Customers kept</div>
        <div className="tile-figure">
          <Go href={open('customersKept')}>{count(total.customersKept)}</Go>
          {of > 0 && <span className="dim tile-of"> of {count(of)}</span>}
        </div>
        <div className="dim tile-more">
          <Go href={open('customersLost')} className={total.customersLost > 0 ? 'go bad' : 'go'}>
            {count(total.customersLost)} lost
          </Go>{' '}
          ({money(total.valueLost, me.workspace.currency)}), <Go href={open('customersGained')}>{count(total.customersGained)} gained</Go>
        </div>
      </div>
      <div className="tile">
        <div className="tile-label">Passed leads that became customers, now → then</div>
        <div className="tile-figure">
          {percent(total.closeRateNow)} → {percent(total.closeRateThen)}
        </div>
        <div className="dim tile-more">won ÷ passed, {money(total.valueKept, me.workspace.currency)} kept</div>
      </div>
      <div className="tile">
        <div className="tile-label">{total.repMinutesSaved < 0 ? 'Rep time added' : 'Rep time saved'}</div>
        <div className="tile-figure">
          <Go href={open(total.repMinutesSaved < 0 ? 'added' : 'dropped')}>{hoursText(Math.abs(total.repMinutesSaved))}</Go>
        </div>
        <div className="dim tile-more">attempts on leads that are dropped or added</div>
      </div>
    </div>
  );
}
