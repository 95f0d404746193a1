import { Group, Select } from '@mantine/core';
import { planWords } from '#engine/campaigns/states.ts';
import type { CalendarAnswer } from '#features/campaigns/contract/calendar.ts';
import { count, day, plural } from '#ui/formats.ts';
import { Go } from '#ui/kit/Go.tsx';
import { Page, Sheet } from '#ui/kit/Page.tsx';
import { Period } from '#ui/kit/Period.tsx';
import { useUrlSearch } from '#ui/kit/search.ts';
import { Answer, Empty } from '#ui/kit/States.tsx';
import { paths } from '#ui/paths.ts';
import { CampaignTabs } from '../CampaignTabs.tsx';
import { useCalendar } from './asking.ts';
import { FollowUp } from './FollowUp.tsx';
import { Load } from './Load.tsx';
import './together.css';

/** Campaigns over months, by territory, with quarters, what clashes, and the load on reps. */
export function Calendar() {
  const [search, change] = useUrlSearch();
  const calendar = useCalendar({ start: search['start'], end: search['end'], region: search['region'] });
  return (
    <Page title="Calendar of campaigns">
      <CampaignTabs />
      {search['show'] === 'follow-up' ? (
        <FollowUp campaignId={null} />
      ) : (
        <Answer of={calendar} what="The calendar" lines={10}>
          {(answer) => (
            <div className="stack">
              <Group gap="sm" align="flex-end">
                <Period start={search['start'] ?? answer.start} end={search['end'] ?? answer.end} change={change} />
                {answer.regions.length > 0 && (
                  <Select
                    label="Territory"
                    placeholder="All"
                    data={answer.regions.map(({ name, reps }) => ({ value: name, label: `${name} (${plural(reps, 'rep')})` }))}
                    value={search['region'] ?? null}
                    clearable
                    onChange={(region) => change({ region })}
                  />
                )}
                <Go href={paths.campaignCalendar({ show: 'follow-up' })}>Who responded and waits</Go>
              </Group>
              <Clashes answer={answer} />
              {answer.campaigns.length === 0 ? (
                <Empty title="No campaign in these months">Campaigns with a first day stand here, across the quarters.</Empty>
              ) : (
                <Timeline answer={answer} />
              )}
              {answer.undated > 0 && <p className="dim">{plural(answer.undated, 'campaign')} without a first day stand in no month.</p>}
              {answer.load.length > 0 && <Load answer={answer} />}
            </div>
          )}
        </Answer>
      )}
    </Page>
  );
}

function Clashes({ answer: { clashes } }: { answer: CalendarAnswer }) {
  if (clashes.length === 0) return null;
  return (
    <div className="notice warn">
      <strong>{plural(clashes.length, 'clash', 'clashes')}</strong>
      <ul className="tight">
        {clashes.slice(0, 8).map(({ week, sentence }) => (
          <li key={`${week} ${sentence}`}>
            Week of {day(week)}: {sentence}
          </li>
        ))}
      </ul>
    </div>
  );
}

const numberOf = (on: string): number => Date.parse(`${on}T00:00:00Z`) / 86_400_000;

/** A bar for each campaign, over the months; quarters are marked at the head, today by a line. */
function Timeline({ answer }: { answer: CalendarAnswer }) {
  const first = numberOf(answer.start);
  const span = numberOf(answer.end) - first + 1;
  const at = (on: string): number => Math.min(100, Math.max(0, ((numberOf(on) - first) / span) * 100));
  return (
    <Sheet title={plural(answer.campaigns.length, 'campaign')}>
      <div className="timeline" tabIndex={0} role="region" aria-label="Campaigns over time">
        <div className="timeline-head" aria-hidden>
          {answer.quarters.map(({ label, start, end }) => (
            <span key={label} style={{ left: `${at(start)}%`, width: `${at(end) - at(start)}%` }}>
              {label}
            </span>
          ))}
        </div>
        {answer.campaigns.map((campaign) => {
          const start = campaign.startsOn ?? answer.start;
          const end = campaign.endsOn ?? answer.end;
          return (
            <div key={campaign.id} className="timeline-row">
              <Go href={paths.record('campaigns', campaign.id)} className="go timeline-name">
                {campaign.name}
                <span className="visually-hidden">
                  , {day(start)} to {campaign.endsOn ? day(end) : 'open'}
                </span>
              </Go>
              <div className="timeline-track" aria-hidden>
                <span
                  className={`timeline-bar${campaign.state ? ` timeline-${campaign.state}` : ''}`}
                  style={{ left: `${at(start)}%`, width: `${Math.max(0.8, at(end) - at(start))}%` }}
                  title={`${campaign.name}: ${day(start)} to ${campaign.endsOn ? day(end) : 'open'}`}
                />
                {campaign.timeline.map(({ label, onDay }) => (
                  <span
                    key={`${onDay} ${label}`}
                    className="timeline-day"
                    style={{ left: `${at(onDay)}%` }}
                    title={`${day(onDay)}: ${label}`}
                  />
                ))}
                <span className="timeline-today" style={{ left: `${at(answer.today)}%` }} />
              </div>
              <span className="dim small-print timeline-about">
                {campaign.state ? planWords[campaign.state].label : 'not planned together'}
                {campaign.roles.asked > 0 && `, ${count(campaign.roles.accepted)} of ${count(campaign.roles.asked)} parts taken`}
                {campaign.regions.length > 0 && `, ${campaign.regions.join(', ')}`}
              </span>
            </div>
          );
        })}
      </div>
    </Sheet>
  );
}
