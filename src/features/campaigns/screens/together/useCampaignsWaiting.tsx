import type { CampaignToday } from '#features/campaigns/contract/today.ts';
import { countAtLeast, instantOfLocal } from '#ui/formats.ts';
import { paths } from '#ui/paths.ts';
import type { PartToday, TodayItem } from '#ui/today/waiting.ts';
import { useToday } from './asking.ts';
import { Row } from './FollowUp.tsx';
import { RoleRow } from './RoleRow.tsx';
import './together.css';

const campaign = { part: 'Campaigns' } as const;

/** What campaigns want of one today: parts to answer, briefs to read, people who responded. */
export function useCampaignsWaiting(): PartToday {
  const asked = useToday();
  return { items: asked.data ? [...ofParts(asked.data), ...ofResponders(asked.data)] : [], asked: [asked] };
}

function ofParts({ asked, briefs, counterproposals, declined, owed }: CampaignToday): TodayItem[] {
  return [
    ...briefs.map(
      (brief): TodayItem => ({
        ...{ ...campaign, key: `brief ${brief.campaign.id}`, stake: 'colleague', dueAt: null, act: 'Read' },
        href: paths.record('campaigns', brief.campaign.id),
        says: (
          <>
            Read the brief of <strong>{brief.campaign.name}</strong>
          </>
        ),
        about: brief.had ? `version ${brief.number}; you know version ${brief.had}` : `version ${brief.number}`,
      }),
    ),
    ...[...asked, ...counterproposals, ...owed, ...declined].map(
      (role): TodayItem => ({
        ...{ ...campaign, key: `role ${role.id}`, stake: 'colleague', row: <RoleRow role={role} withCampaign />, says: null },
        // What was declined has no clock any more: somebody else is to be asked.
        dueAt: role.dueOn && role.state !== 'declined' ? instantOfLocal(`${role.dueOn}T23:59`) : null,
      }),
    ),
  ];
}

function ofResponders({ responders }: CampaignToday): TodayItem[] {
  const { items, waiting, waitingIsAtLeast } = responders;
  const rows = items.map(
    (item): TodayItem => ({
      ...{ ...campaign, key: `responder ${item.id}`, stake: 'customer', dueAt: null, says: null },
      row: <Row item={item} withCampaign />,
    }),
  );
  if (waiting <= items.length && !waitingIsAtLeast) return rows;
  const more: TodayItem = {
    ...{ ...campaign, key: 'responders', stake: 'customer', dueAt: null, act: 'See all' },
    href: paths.campaignCalendar({ show: 'follow-up' }),
    says: `${countAtLeast(waiting, waitingIsAtLeast)} who responded to campaigns of yours wait for a person`,
  };
  return [...rows, more];
}
