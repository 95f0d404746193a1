/** What both sides spend, by month, team and campaign. */

import { channels } from './catalogue.ts';
import type { Campaign } from './campaigns.ts';
import { teams, type Side } from './company.ts';
import { addMonths } from './days.ts';
import type { Run } from './run.ts';
import { streams } from './streams.ts';

const commissionShare = 0.08;
const categoryOfType: Record<string, string> = {
  'Search ads': 'media',
  'Social ads': 'media',
  'Display ads': 'media',
  'Content offer': 'content',
  Webinar: 'event',
  'Trade fair': 'event',
  'Email series': 'media',
  'Partner programme': 'media',
};
const sellerExtras = [
  { category: 'travel', cents: 42000 },
  { category: 'entertainment', cents: 11000 },
  { category: 'samples', cents: 6500 },
  { category: 'misc', cents: 4000 },
  { category: 'tools', cents: 21000 },
] as const;

/** Writes all costs of the period. `wonCents` holds the amounts won by month and region (month × 2 + region). */
export function writeCosts(run: Run, months: number, wonCents: Float64Array): void {
  run.chance.reseed(streams.cost, 0);
  for (let month = 0; month < months; month++) {
    const day = addMonths(run.startDay, month);
    const lastDay = addMonths(run.startDay, month + 1) - 1;
    for (const campaign of run.campaigns) writeCampaignCost(run, campaign, day, lastDay);
    writeTeamCosts(run, day, lastDay, wonCents, month);
  }
}

/** A campaign's cost a month: its leads × cost per lead, spread over its days. */
function writeCampaignCost(run: Run, campaign: Campaign, day: number, lastDay: number): void {
  const from = Math.max(day, campaign.startsOn);
  const to = Math.min(lastDay, campaign.endsOn);
  if (to < from) return;
  const lasts = Math.min(run.endDay - 1, campaign.endsOn) - campaign.startsOn + 1;
  const whole =
    run.truth.figuresOf(campaign.index).leads * (channels[campaign.channel] as { costPerLeadCents: number }).costPerLeadCents + 60000;
  const cents = noisy(run, (whole * (to - from + 1)) / lasts);
  writeCost(run, to, 'marketing', categoryOfType[campaign.type] as string, 'Demand Generation', campaign.index, cents, campaign.name);
  if (campaign.type !== 'Email series')
    writeCost(run, to, 'marketing', 'agency', 'Demand Generation', campaign.index, Math.round(cents * 0.07), 'Agency fee');
}

function writeTeamCosts(run: Run, day: number, lastDay: number, wonCents: Float64Array, month: number): void {
  for (const team of teams) {
    const members = run.company.members.filter((member) => member.team === team && member.startsOn <= day);
    const side = members[0]?.side;
    if (!side || side === 'leadership') continue;
    writeCost(
      run,
      lastDay,
      side,
      'salaries',
      team,
      -1,
      members.reduce((sum, member) => sum + member.monthlyCents, 0),
      'Salaries',
    );
    if (side === 'marketing') writeCost(run, day, side, 'tools', team, -1, noisy(run, 260000), 'Licences');
    else
      for (const { category, cents } of sellerExtras)
        writeCost(run, lastDay, side, category, team, -1, noisy(run, cents * members.length), '');
    const region = team === 'AE North' ? 0 : team === 'AE South' ? 1 : -1;
    if (region >= 0)
      writeCost(
        run,
        lastDay,
        side,
        'commissions',
        team,
        -1,
        Math.round((wonCents[month * 2 + region] as number) * commissionShare),
        `${commissionShare * 100} % of new business`,
      );
  }
}

const noisy = (run: Run, cents: number): number => Math.round(cents * (0.85 + 0.3 * run.chance.next()));

function writeCost(
  run: Run,
  day: number,
  side: Side,
  category: string,
  team: string,
  campaign: number,
  cents: number,
  description: string,
): void {
  if (cents <= 0) return;
  const row = run.writers['costs.csv'];
  row.id('E', row.rows);
  row.day(day);
  row.word(side);
  row.word(category);
  row.word(team);
  row.id('K', campaign);
  row.amount(cents);
  row.word(run.currency);
  row.word(description);
  row.endRow();
  run.truth.countCost(side, category, cents, campaign);
}
