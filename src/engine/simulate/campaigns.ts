/** The campaigns of the period, each with its true quality and true incremental share. */

import { cumulate, type Chance } from './chance.ts';
import { channelOf, channels } from './catalogue.ts';
import { addMonths } from './days.ts';
import { civilOf } from '../values/calendarDay.ts';
import { normalOf } from './numbers.ts';
import { streams } from './streams.ts';

export interface Campaign {
  readonly index: number;
  readonly name: string;
  readonly type: string;
  readonly channel: number;
  readonly startsOn: number;
  readonly endsOn: number;
  readonly weight: number;
  /** Logits added to SQL for its leads. */
  readonly quality: number;
  /** Share of its leads that would not have come without it. */
  readonly incremental: number;
  /** Whether reps are asked to take part. */
  readonly joint: boolean;
  /** Index into the marketers. */
  readonly owner: number;
}

interface Kind {
  readonly type: string;
  readonly channel: string;
  readonly weight: number;
  readonly quality: number;
  readonly incremental: number;
  readonly joint: boolean;
  readonly weeks: number;
  readonly titles: readonly string[];
}

const always: readonly Kind[] = [
  {
    type: 'Search ads',
    channel: 'Paid Search',
    weight: 6,
    quality: 0.15,
    incremental: 0.25,
    joint: false,
    weeks: 0,
    titles: ['Search: our own name'],
  },
  {
    type: 'Search ads',
    channel: 'Paid Search',
    weight: 9,
    quality: 0.1,
    incremental: 0.7,
    joint: false,
    weeks: 0,
    titles: ['Search: production planning'],
  },
  {
    type: 'Social ads',
    channel: 'Paid Social',
    weight: 7,
    quality: -0.25,
    incremental: 0.75,
    joint: false,
    weeks: 0,
    titles: ['Social: planning guide'],
  },
  { type: 'Display ads', channel: 'Display', weight: 4, quality: -0.4, incremental: 0.35, joint: false, weeks: 0, titles: ['Retargeting'] },
  {
    type: 'Email series',
    channel: 'Email',
    weight: 4,
    quality: 0.1,
    incremental: 0.45,
    joint: false,
    weeks: 0,
    titles: ['Nurture series'],
  },
];
const timed: readonly Kind[] = [
  {
    type: 'Webinar',
    channel: 'Email',
    weight: 9,
    quality: 0.3,
    incremental: 0.65,
    joint: true,
    weeks: 5,
    titles: [
      'Webinar: less stock, same service',
      'Webinar: planning with fewer tables',
      'Webinar: from plan to shop floor',
      'Webinar: what a delay costs',
    ],
  },
  {
    type: 'Content offer',
    channel: 'Paid Social',
    weight: 8,
    quality: -0.3,
    incremental: 0.8,
    joint: true,
    weeks: 7,
    titles: ['Guide: “The quiet plant”', 'Benchmark: lead times', 'Checklist: audit season', 'Guide: one plan, three sites'],
  },
  {
    type: 'Trade fair',
    channel: 'Events',
    weight: 12,
    quality: 0.35,
    incremental: 0.85,
    joint: true,
    weeks: 3,
    titles: ['Fair: Plant & Plan, Hannover', 'Fair: Logistique, Lyon', 'Fair: Makers’ Forum, Leeds', 'Fair: Industria, Málaga'],
  },
  {
    type: 'Partner programme',
    channel: 'Referral',
    weight: 5,
    quality: 0.4,
    incremental: 0.9,
    joint: true,
    weeks: 10,
    titles: ['Partners: spring referrals', 'Partners: joint offers', 'Partners: autumn referrals'],
  },
  {
    type: 'Email series',
    channel: 'Email',
    weight: 6,
    quality: 0.05,
    incremental: 0.5,
    joint: true,
    weeks: 4,
    titles: ['Mailing: new year, new plan', 'Mailing: before the summer', 'Mailing: budget season'],
  },
];

/** Five campaigns that always run, and timed ones spread over the period: 24 for 18 months. */
export function makeCampaigns(chance: Chance, startDay: number, months: number, marketers: number): Campaign[] {
  const endDay = addMonths(startDay, months);
  const count = Math.max(5, Math.round(months * 1.06));
  const campaigns = always.map((kind, index) =>
    campaignOf(chance.reseed(streams.campaign, index), kind, index, kind.titles[0] as string, startDay, endDay - 1, marketers),
  );
  for (let n = 0; n < count; n++) {
    const index = campaigns.length;
    const kind = timed[n % timed.length] as Kind;
    chance.reseed(streams.campaign, index);
    const startsOn = Math.min(endDay - 14, startDay + Math.floor(((endDay - startDay) * n) / count) + chance.below(9));
    const round = Math.floor(n / timed.length);
    const title = `${kind.titles[round % kind.titles.length]} ${civilOf(startsOn).year}`;
    const repeat = campaigns.filter((campaign) => campaign.name === title || campaign.name.startsWith(`${title} (`)).length;
    campaigns.push(
      campaignOf(chance, kind, index, repeat > 0 ? `${title} (${repeat + 1})` : title, startsOn, startsOn + kind.weeks * 7, marketers),
    );
  }
  return campaigns;
}

function campaignOf(
  chance: Chance,
  kind: Kind,
  index: number,
  name: string,
  startsOn: number,
  endsOn: number,
  marketers: number,
): Campaign {
  return {
    index,
    name,
    type: kind.type,
    channel: channelOf(kind.channel),
    startsOn,
    endsOn,
    weight: kind.weight * (0.75 + 0.5 * chance.next()),
    quality: kind.quality + 0.15 * normalOf(chance.next()),
    incremental: Math.min(0.97, Math.max(0.1, kind.incremental + 0.06 * normalOf(chance.next()))),
    joint: kind.joint,
    owner: chance.below(marketers),
  };
}

/** Where the leads of one day come from: running weights of the campaigns, then of the channels without one. */
export function sourcesOfDay(campaigns: readonly Campaign[], day: number): Float64Array {
  const running = campaigns.map((campaign) => (day >= campaign.startsOn && day <= campaign.endsOn ? campaign.weight : 0));
  return cumulate([...running, ...channels.map((channel) => channel.ownWeight)]);
}
