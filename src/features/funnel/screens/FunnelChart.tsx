import { recordsPath, type FunnelAnswer } from '#features/funnel/contract.ts';
import type { LeadStage } from '#features/records/contract.ts';
import { count, percent } from '#ui/formats.ts';
import { Go } from '#ui/kit/Go.tsx';
import { Sheet } from '#ui/kit/Page.tsx';
import { useOpen } from './useOpen.ts';

const ofMarketing: readonly LeadStage[] = ['inquiry', 'mql'];
const sideExits: readonly LeadStage[] = ['lost', 'rejected', 'recycled', 'disqualified'];

/** How many entered each stage, and the share that went on. Bars in the colour of the side whose work it is. */
export function FunnelChart({ answer }: { answer: FunnelAnswer }) {
  const open = useOpen();
  const steps = answer.stages.filter(({ stage }) => !sideExits.includes(stage));
  const exits = answer.stages.filter(({ stage, entered }) => sideExits.includes(stage) && entered > 0);
  const widest = Math.max(1, ...steps.map(({ entered }) => entered));
  const addressOf = (stage: LeadStage): string => {
    const asked = {
      by: 'none' as const,
      from: answer.from,
      mode: answer.mode,
      start: answer.start,
      end: answer.end,
      windowDays: answer.windowDays,
      asOf: answer.asOf,
    };
    if (stage === answer.from) return open(recordsPath({ ...asked, to: answer.to }, 'entered'));
    return open(recordsPath({ ...asked, to: stage as FunnelAnswer['to'] }, 'reached'));
  };
  return (
    <Sheet title="Stages" padded>
      <ol className="funnel">
        {steps.map(({ stage, label, entered }, at) => {
          const before = steps[at - 1];
          return (
            <li key={stage}>
              {before && (
                <div className="funnel-between">
                  <span />
                  <span>{before.entered ? percent(entered / before.entered) : '–'} went on</span>
                </div>
              )}
              <div className="funnel-step">
                <span style={{ fontWeight: 500 }}>{label}</span>
                <div
                  className={`funnel-bar ${ofMarketing.includes(stage) ? 'marketing' : 'sales'}`}
                  style={{ width: `${(entered / widest) * 100}%` }}
                  aria-hidden
                />
                <Go
                  href={addressOf(stage)}
                  className="go figure"
                  style={{ lineHeight: '24px' }}
                  aria-label={`${count(entered)} leads entered ${label}`}
                >
                  {count(entered)}
                </Go>
              </div>
            </li>
          );
        })}
      </ol>
      {exits.length > 0 && (
        <p style={{ margin: '12px 0 0', display: 'flex', gap: '4px 14px', flexWrap: 'wrap' }} className="dim">
          Side exits:
          {exits.map(({ stage, label, entered }) => (
            <span key={stage}>
              {label}{' '}
              <Go href={addressOf(stage)} style={{ display: 'inline-block', minWidth: 24, minHeight: 24, lineHeight: '24px' }}>
                {count(entered)}
              </Go>
            </span>
          ))}
        </p>
      )}
    </Sheet>
  );
}
