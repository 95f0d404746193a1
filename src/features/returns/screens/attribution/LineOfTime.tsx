import type { JourneyAnswer } from '#features/returns/contract/credits.ts';
import { dayOfInstant, instant } from '#ui/formats.ts';
import { milestoneWords } from './settingWords.ts';

type Touch = JourneyAnswer['touches'][number];

const lanes = [
  { side: 'marketing', label: 'Marketing', top: 24 },
  { side: 'customer', label: 'Customer', top: 60 },
  { side: 'sales', label: 'Sales', top: 96 },
] as const;

/** Both sides' touches by time. A picture: the table below it has all of it. */
export function LineOfTime({ answer }: { answer: JourneyAnswer }) {
  const { touches, conversion } = answer;
  const from = Date.parse(touches[0]!.at);
  const to = Date.parse(conversion?.at ?? touches.at(-1)!.at);
  const place = (at: string): string => `${to === from ? 100 : ((Date.parse(at) - from) / (to - from)) * 100}%`;
  const about = (touch: Touch): string =>
    [instant(touch.at), touch.channel, ...touch.milestones.map((each) => milestoneWords[each])].join(', ');
  return (
    <>
      <div className="line-of-time" role="img" aria-label={`${touches.length} touches from ${dayOfInstant(touches[0]!.at)} on`}>
        {lanes.map(({ side, label, top }) => (
          <div key={side} className="line-lane" style={{ top }}>
            <span>{label}</span>
          </div>
        ))}
        {touches.map((touch) => (
          <span
            key={touch.touchId}
            className={`line-dot ${touch.side}${touch.milestones.length > 0 ? ' milestone' : ''}`}
            style={{ left: place(touch.at), top: lanes.find(({ side }) => side === touch.side)?.top ?? 60 }}
            title={about(touch)}
          />
        ))}
        {conversion && <span className="line-end" />}
      </div>
      <div className="line-days">
        <span>{dayOfInstant(touches[0]!.at)}</span>
        <span>{conversion ? `converted ${dayOfInstant(conversion.at)}` : dayOfInstant(touches.at(-1)!.at)}</span>
      </div>
    </>
  );
}
