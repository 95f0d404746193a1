import { MultiSelect, Select } from '@mantine/core';
import { periods, type Metric, type Period } from '#engine/agreement/clause.ts';
import { leadFields } from '#features/records/contract.ts';
import { useCustomFields } from '#ui/api/records.ts';
import { WholeNumber } from '#ui/kit/WholeNumber.tsx';
import { Duration } from './Duration.tsx';
import { ValueInputs } from './ValueInputs.tsx';

interface MetricInputsProps<M extends Metric = Metric> {
  metric: M;
  onChange(metric: Metric): void;
}

/** What is measured, with the numbers of its kind. */
export function MetricInputs({ metric, onChange }: MetricInputsProps) {
  switch (metric.kind) {
    case 'decision':
    case 'firstAttempt':
      return <Duration minutes={metric.withinMinutes} onChange={(withinMinutes) => onChange({ ...metric, withinMinutes })} />;
    case 'persistence':
      return (
        <div className="form-line">
          <WholeNumber
            label="Attempts"
            value={metric.attempts}
            onChange={(n) => n !== null && onChange({ ...metric, attempts: n })}
            min={1}
            max={50}
          />
          <Days days={metric.withinDays} onChange={(withinDays) => onChange({ ...metric, withinDays })} label="Within working days" />
        </div>
      );
    case 'disposition':
      return <Days days={metric.withinDays} onChange={(withinDays) => onChange({ ...metric, withinDays })} label="Within working days" />;
    case 'context':
      return (
        <div className="form-line">
          <WholeNumber
            label="Touches"
            value={metric.touches}
            onChange={(n) => n !== null && onChange({ ...metric, touches: n })}
            min={1}
            max={100}
          />
          <Days days={metric.withinDays} onChange={(withinDays) => onChange({ ...metric, withinDays })} label="In the days before" />
        </div>
      );
    case 'volume':
      return (
        <div className="form-line">
          <WholeNumber
            label="Leads"
            value={metric.leads}
            onChange={(n) => n !== null && onChange({ ...metric, leads: n })}
            min={1}
            max={100_000_000}
            width={120}
          />
          <PeriodInput period={metric.period} onChange={(period) => onChange({ ...metric, period })} />
          <Tolerance percent={metric.tolerancePercent} onChange={(tolerancePercent) => onChange({ ...metric, tolerancePercent })} />
        </div>
      );
    case 'value':
      return <ValueInputs metric={metric} onChange={onChange} />;
    case 'completeness':
      return <Fields metric={metric} onChange={onChange} />;
    default:
      return <p className="dim">Counted are the leads that sales did not reject, or whose rejection was mended or overturned.</p>;
  }
}

function Days({ days, onChange, label }: { days: number; onChange(days: number): void; label: string }) {
  return <WholeNumber label={label} value={days} onChange={(n) => n !== null && onChange(n)} min={1} max={365} width={150} />;
}

export function PeriodInput({ period, onChange }: { period: Period; onChange(period: Period): void }) {
  return (
    <Select
      label="Each"
      data={[...periods]}
      value={period}
      allowDeselect={false}
      onChange={(chosen) => chosen && onChange(chosen as Period)}
      w={120}
    />
  );
}

/** How far ahead or behind the even pace is still kept: too early is a breach too. */
export function Tolerance({ percent, onChange }: { percent: number; onChange(percent: number): void }) {
  return (
    <WholeNumber
      label="Off pace at most"
      suffix=" %"
      value={percent}
      onChange={(n) => n !== null && onChange(n)}
      max={100}
      decimals={1}
      width={140}
    />
  );
}

function Fields({ metric, onChange }: MetricInputsProps<Metric & { kind: 'completeness' }>) {
  const own = useCustomFields('leads');
  const known = [...leadFields, ...own].map(({ name, label }) => ({ value: name, label }));
  return (
    <MultiSelect
      label="Fields that are stated"
      data={known}
      value={[...metric.fields]}
      onChange={(fields) => onChange({ ...metric, fields })}
      searchable
      maxValues={30}
    />
  );
}
