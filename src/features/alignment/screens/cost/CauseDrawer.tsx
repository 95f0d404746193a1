import { Drawer, Select } from '@mantine/core';
import type { CostAnswer, CostCause } from '#features/alignment/contract/cost.ts';
import { count, day } from '#ui/formats.ts';
import { Go } from '#ui/kit/Go.tsx';
import { useFocusBack } from '#ui/kit/useFocusBack.ts';
import { paths } from '#ui/paths.ts';
import { about, counted, rangeText } from './costWords.ts';
import { CauseRecords } from './CauseRecords.tsx';
import { Ordinary } from './CausesSheet.tsx';
import { labelOf, type Parted } from './CourseSheet.tsx';
import { MendedBy } from './MendedBy.tsx';

interface CauseDrawerProps {
  answer: CostAnswer;
  cause: CostCause;
  by: Parted;
  /** A month, or a segment as JSON; null: all of it. */
  part: string | null;
  choose(part: string | null): void;
  onClose(): void;
}

/** One cause: what holds of its records, how it is counted, on what it rests, and every record with what it carries. */
export function CauseDrawer({ answer, cause, by, part, choose, onClose }: CauseDrawerProps) {
  useFocusBack();
  const { currency } = answer;
  return (
    <Drawer opened onClose={onClose} position="right" size="min(1000px, 100%)" title={cause.label}>
      <div className="stack">
        <div>
          <p className="lead-sentence">{cause.says ?? `How much it cost can’t be told: ${cause.whyNot}`}</p>
          <p className="cost-marks">
            <MendedBy side={cause.side} />{' '}
            <span>
              {day(answer.start)} to {day(answer.end)}
            </span>
          </p>
          {cause.amount !== null && cause.share && (
            <div>
              <Ordinary cause={cause} /> <span className="dim small-print">Held against {cause.share.against}.</span>
            </div>
          )}
        </div>
        <Counted cause={cause} currency={currency} />
        {cause.recordsUrl !== null && (
          <>
            <PartChoice cause={cause} by={by} part={part} choose={choose} />
            <CauseRecords cause={cause} by={by} part={part} currency={currency} />
          </>
        )}
      </div>
    </Drawer>
  );
}

function Counted({ cause, currency }: { cause: CostCause; currency: string }) {
  return (
    <section>
      <h3 className="cost-head">How it is counted</h3>
      <dl className="cost-facts">
        <dt>What holds</dt>
        <dd>{cause.holds}</dd>
        <dt>Formula</dt>
        <dd>{cause.formula}.</dd>
        <dt>Documented in</dt>
        <dd className="wrap-any">
          <Go href={paths.document(cause.formulaAt)}>{cause.formulaAt}</Go>
        </dd>
        <dt>On what it rests</dt>
        <dd>{cause.basis}</dd>
        {cause.beside.map(({ key, label, hours, says, ...range }) => (
          <Beside key={key} label={label} says={says} value={hours === null ? amountText(range, currency) : `${count(hours)} hours`} />
        ))}
      </dl>
    </section>
  );
}

const Beside = ({ label, value, says }: { label: string; value: string; says: string }) => (
  <>
    <dt>Beside it, not added</dt>
    <dd>
      {label}: <strong>{value}</strong>. {says}
    </dd>
  </>
);

function amountText(range: { amount: string | null; low: string | null; high: string | null }, currency: string): string {
  const between = rangeText(range, currency);
  return `${about(range, currency) ?? 'can’t be told'}${between ? ` (${between})` : ''}`;
}

/** Its records of one month or segment alone. */
function PartChoice({ cause, by, part, choose }: Pick<CauseDrawerProps, 'cause' | 'by' | 'part' | 'choose'>) {
  const parts = cause.parts.filter(({ count: records }) => records > 0);
  if (parts.length < 2 && part === null) return null;
  return (
    <Select
      label={by === 'month' ? 'Only of the month' : 'Only of the segment'}
      placeholder="all of them"
      clearable
      clearButtonProps={{ 'aria-label': 'All of them' }}
      w={260}
      value={part}
      onChange={choose}
      data={parts.map((each) => ({
        value: by === 'month' ? (each.group ?? '') : JSON.stringify(each.group),
        label: `${labelOf(each, by)}: ${counted(each.count, cause.of)}`,
      }))}
    />
  );
}
