import type { JourneyAnswer } from '#features/returns/contract/credits.ts';
import { capitalised, days, instant, money, percent } from '#ui/formats.ts';
import { Go } from '#ui/kit/Go.tsx';
import { Sheet } from '#ui/kit/Page.tsx';
import { SideMark } from '#ui/kit/Side.tsx';
import { paths } from '#ui/paths.ts';
import { LineOfTime } from './LineOfTime.tsx';
import { kindWords, milestoneWords } from './settingWords.ts';

type Touch = JourneyAnswer['touches'][number];

/** Touches of both sides on one line of time, then one by one. */
export function JourneyTouches({ answer }: { answer: JourneyAnswer }) {
  const { touches, setting, conversion } = answer;
  if (touches.length === 0) return null;
  const counts = setting.content.model;
  const none = conversion?.amount === null || conversion === null;
  return (
    <Sheet title="Touches, oldest first">
      <div style={{ paddingTop: 14 }}>
        <LineOfTime answer={answer} />
      </div>
      <div className="table-scroll" tabIndex={0} role="region" aria-label="Touches of this journey">
        <table className="plain stacked">
          <thead>
            <tr>
              {['When', 'Touch', 'Channel', 'Campaign', 'Who', 'Milestone'].map((head) => (
                <th key={head} scope="col">
                  {head}
                </th>
              ))}
              {conversion && (
                <th scope="col" className="figure">
                  Credit that counts
                </th>
              )}
            </tr>
          </thead>
          <tbody>
            {touches.map((touch) => {
              const credit = touch.credits[counts];
              return (
                <tr key={touch.touchId}>
                  <th scope="row">
                    {instant(touch.at)}
                    {touch.daysBefore !== null && (
                      <div className="dim small-print" style={{ fontWeight: 400 }}>
                        {days(touch.daysBefore)} before
                      </div>
                    )}
                  </th>
                  <td data-label="Touch">
                    <What touch={touch} />
                  </td>
                  <td data-label="Channel">
                    {touch.channel}
                    {touch.channelText && touch.channelText !== touch.channel && (
                      <div className="dim small-print">recorded as “{touch.channelText}”</div>
                    )}
                    {touch.content && <div className="dim small-print">{touch.content}</div>}
                  </td>
                  <td data-label="Campaign" className={touch.campaign ? undefined : 'said-nothing'}>
                    {touch.campaign ? <Go href={paths.record('campaigns', touch.campaign.id)}>{touch.campaign.name}</Go> : '–'}
                  </td>
                  <td data-label="Who" className={touch.member || touch.contact || touch.lead ? 'touch-who' : 'said-nothing'}>
                    <Who touch={touch} />
                  </td>
                  <td data-label="Milestone" className={touch.milestones.length > 0 ? undefined : 'said-nothing'}>
                    <span className="milestones">
                      {touch.milestones.length === 0
                        ? '–'
                        : touch.milestones.map((milestone) => (
                            <span key={milestone} className="side side-none">
                              {milestoneWords[milestone]}
                            </span>
                          ))}
                    </span>
                  </td>
                  {conversion && (
                    <td data-label="Credit that counts" className="figure">
                      {credit ? (none ? percent(credit.share) : money(credit.value, answer.currency)) : '–'}
                    </td>
                  )}
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
    </Sheet>
  );
}

function What({ touch }: { touch: Touch }) {
  return (
    <>
      <SideMark side={touch.side} /> {capitalised(kindWords(touch.kind))}
      {(touch.subject || touch.outcome) && (
        <div className="dim small-print wrap-any">
          {[touch.subject, touch.outcome && kindWords(touch.outcome)].filter(Boolean).join(' · ')}
        </div>
      )}
    </>
  );
}

function Who({ touch }: { touch: Touch }) {
  const { member, contact, lead } = touch;
  if (!member && !contact && !lead) return '–';
  return (
    <>
      {member && <div>{member.name}</div>}
      {contact ? (
        <div className={member ? 'dim small-print' : undefined}>
          {member && 'with '}
          <Go href={paths.record('contacts', contact.id)}>{contact.name}</Go>
        </div>
      ) : (
        lead && (
          <div className={member ? 'dim small-print' : undefined}>
            {member && 'with '}
            <Go href={paths.record('leads', lead.id)}>{lead.name}</Go>
          </div>
        )
      )}
    </>
  );
}
