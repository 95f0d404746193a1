import { Go } from '#ui/kit/Go.tsx';
import { Sheet } from '#ui/kit/Page.tsx';
import { paths } from '#ui/paths.ts';
import { useToday } from './asking.ts';
import { Row } from './FollowUp.tsx';
import { RoleRow } from './RoleRow.tsx';
import './together.css';

/** What campaigns want of one today: parts to answer, briefs to read, people who responded. Nothing stands here when nothing waits. */
export function CampaignToday() {
  const today = useToday().data;
  if (!today) return null;
  const { asked, briefs, counterproposals, declined, responders, owed } = today;
  const waiting = asked.length + briefs.length + counterproposals.length + declined.length + owed.length;
  if (waiting === 0 && responders.items.length === 0) return null;
  return (
    <div className="columns">
      {waiting > 0 && (
        <Sheet title="Campaigns" actions={<Go href={paths.campaignCalendar()}>Calendar</Go>}>
          {briefs.map(({ campaign, number, had }) => (
            <Go key={campaign.id} href={paths.record('campaigns', campaign.id)} className="row-link">
              <span className="grow">
                Read the brief of <strong>{campaign.name}</strong>{' '}
                <span className="dim">{had ? `version ${number}; you know version ${had}` : `version ${number}`}</span>
              </span>
            </Go>
          ))}
          {[...asked, ...counterproposals, ...owed, ...declined].map((role) => (
            <RoleRow key={role.id} role={role} withCampaign />
          ))}
        </Sheet>
      )}
      {responders.items.length > 0 && (
        <Sheet title="Responded to a campaign and wait" actions={<Go href={paths.campaignCalendar({ show: 'follow-up' })}>All</Go>}>
          {responders.items.map((item) => (
            <Row key={item.id} item={item} withCampaign />
          ))}
        </Sheet>
      )}
    </div>
  );
}
