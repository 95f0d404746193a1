import { Text } from '@mantine/core';
import { lazy, Suspense } from 'react';
import type { AttainmentAnswer, ClauseAttainment } from '#features/agreement/contract.ts';
import { percent } from '#ui/formats.ts';
import { Explain } from '#ui/kit/Explain.tsx';
import { Sheet } from '#ui/kit/Page.tsx';
import { SideMark } from '#ui/kit/Side.tsx';
import { Loading } from '#ui/kit/States.tsx';
import { ClauseCounts } from './ClauseCounts.tsx';
import { ClauseRows } from './ClauseRows.tsx';
import { ClauseTrend } from './ClauseTrend.tsx';
import { inBrief } from './clauseWords.ts';

const PaceChart = lazy(() => import('./PaceChart.tsx').then(({ PaceChart: component }) => ({ default: component })));

interface CardProps {
  clause: ClauseAttainment;
  answer: AttainmentAnswer;
  open(query: string): void;
}

/** One clause: whether it is kept, what fell due, how it went by month, and where. */
export function ClauseCard({ clause, answer, open }: CardProps) {
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
          {clause.sentence}
          <br />
          <br />
          {clause.formula}
          <br />
          <br />
          Rules {answer.rulesVersion}, {answer.timeZone}.
        </Explain>
      }
      padded
    >
      <Text size="sm" c="dimmed">
        {inBrief(clause.sentence)}
      </Text>
      <Verdict clause={clause} />
      <ClauseCounts clause={clause} open={open} />
      <ClauseTrend clause={clause} open={open} />
      {clause.pace && (
        <div className="pace-place">
          <Suspense fallback={<Loading lines={6} />}>
            <PaceChart pace={clause.pace} side={clause.side} title={clause.title} />
          </Suspense>
        </div>
      )}
      {clause.rows.length > 0 && <ClauseRows clause={clause} by={answer.by} open={open} />}
    </Sheet>
  );
}

function Verdict({ clause: { title, side, attainment, kept, targetPercent } }: { clause: ClauseAttainment }) {
  return (
    <>
      <div className="clause-head">
        <span className={`tile-figure ${kept === false ? 'bad' : kept ? 'good' : ''}`}>{percent(attainment)}</span>
        <span className="dim">
          {kept === null ? 'nothing was due' : kept ? 'kept' : 'broken'}, target {targetPercent} %
        </span>
      </div>
      <div
        className="meter"
        role="meter"
        aria-label={`Attainment of ${title}`}
        aria-valuenow={Math.round((attainment ?? 0) * 100)}
        aria-valuemin={0}
        aria-valuemax={100}
      >
        <span className={`meter-fill meter-${side}`} style={{ width: `${(attainment ?? 0) * 100}%` }} />
        <span className="meter-target" style={{ left: `${targetPercent}%` }} />
      </div>
    </>
  );
}
