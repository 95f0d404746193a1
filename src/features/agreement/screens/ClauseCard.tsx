import { Text } from '@mantine/core';
import { lazy, Suspense } from 'react';
import type { AttainmentAnswer, AttainmentCounts, ClauseAttainment } from '#features/agreement/contract.ts';
import { count, month, percent } from '#ui/formats.ts';
import { Explain } from '#ui/kit/Explain.tsx';
import { Sheet } from '#ui/kit/Page.tsx';
import { SideMark } from '#ui/kit/Side.tsx';
import { Loading } from '#ui/kit/States.tsx';
import { ClauseRows } from './ClauseRows.tsx';
import { queryOf } from './useAttainment.ts';

const PaceChart = lazy(() => import('./PaceChart.tsx').then(({ PaceChart: component }) => ({ default: component })));

interface CardProps {
  clause: ClauseAttainment;
  answer: AttainmentAnswer;
  open(query: string): void;
}

export function ClauseCard({ clause, answer, open }: CardProps) {
  const { attainment, targetPercent, kept } = clause;
  return (
    <Sheet
      id={clause.key}
      title={
        <>
          <SideMark side={clause.side} /> {clause.title}
        </>
      }
      actions={
        <Explain label={`How “${clause.title}” is counted`}>
          {clause.formula}
          <br />
          Rules {answer.rulesVersion}, {answer.timeZone}.
        </Explain>
      }
      padded
    >
      <Text size="sm" c="dimmed">
        {clause.sentence}
      </Text>
      <div className="clause-head">
        <span className={`tile-figure ${kept === false ? 'bad' : kept ? 'good' : ''}`}>{percent(attainment)}</span>
        <span className="dim">
          {kept === null ? 'nothing was due' : kept ? 'kept' : 'broken'}, target {targetPercent} %
        </span>
      </div>
      <div
        className="meter"
        role="meter"
        aria-label={`Attainment of ${clause.title}`}
        aria-valuenow={Math.round((attainment ?? 0) * 100)}
        aria-valuemin={0}
        aria-valuemax={100}
      >
        <span className={`meter-fill meter-${clause.side}`} style={{ width: `${(attainment ?? 0) * 100}%` }} />
        <span className="meter-target" style={{ left: `${targetPercent}%` }} />
      </div>
      <Counts counts={clause} query={queryOf(clause.recordsUrl)} open={open} days={clause.pace !== null} />
      <Trend clause={clause} />
      {clause.pace && (
        <Suspense fallback={<Loading lines={4} />}>
          <PaceChart pace={clause.pace} side={clause.side} title={clause.title} />
        </Suspense>
      )}
      {clause.rows.length > 0 && <ClauseRows clause={clause} by={answer.by} open={open} />}
    </Sheet>
  );
}

const kinds = [
  ['compliant', 'kept'],
  ['late', 'late'],
  ['missed', 'missed'],
  ['excused', 'excused'],
  ['open', 'not due yet'],
] as const;

/** Each count opens into the leads it counts. */
function Counts({ counts, query, open, days }: { counts: AttainmentCounts; query: string; open(query: string): void; days: boolean }) {
  const to = (which: string): string => {
    const params = new URLSearchParams(query);
    params.set('which', which);
    return params.toString();
  };
  return (
    <div className="clause-counts">
      <button type="button" className="as-link" onClick={() => open(to('due'))}>
        {count(counts.due)} {days ? 'working days' : 'due'}
      </button>
      {kinds
        .filter(([kind]) => counts[kind] > 0)
        .map(([kind, label]) => (
          <button key={kind} type="button" className="as-link" onClick={() => open(to(kind))}>
            {count(counts[kind])} {label}
          </button>
        ))}
    </div>
  );
}

/** Attainment by month as small bars; the figures stand in their titles and in the table for readers of screens. */
function Trend({ clause }: { clause: ClauseAttainment }) {
  const months = clause.trend.filter(({ due }) => due > 0).slice(-12);
  if (months.length < 2) return null;
  return (
    <div
      className="spark"
      role="img"
      aria-label={`By month: ${months.map((each) => `${month(each.month)} ${percent(each.attainment, 0)}`).join(', ')}`}
    >
      {months.map((each) => (
        <span key={each.month} className="spark-month" title={`${month(each.month)}: ${percent(each.attainment)} of ${count(each.due)}`}>
          <span
            className={`spark-bar ${(each.attainment ?? 0) * 100 >= clause.targetPercent ? `meter-${clause.side}` : 'spark-low'}`}
            style={{ height: `${Math.max(4, (each.attainment ?? 0) * 100)}%` }}
          />
          <span className="spark-label">{month(each.month).slice(0, 3)}</span>
        </span>
      ))}
    </div>
  );
}
