import { useQuery } from '@tanstack/react-query';
import { Text } from '@mantine/core';
import type { FunnelAnswer } from '#features/funnel/contract.ts';
import { get } from '#ui/api/client.ts';
import type { List } from '#ui/api/queries.ts';
import { ago, count, percent } from '#ui/formats.ts';
import { StageMark } from '#ui/kit/FieldValue.tsx';
import { Go } from '#ui/kit/Go.tsx';
import { Sheet } from '#ui/kit/Page.tsx';
import { Answer } from '#ui/kit/States.tsx';
import { paths } from '#ui/paths.ts';
import type { RecordItem } from '#ui/records.ts';
import { lineOf, RecordsToday } from './RecordsToday.tsx';

export function MarketingToday({ ownerId }: { ownerId: string | null }) {
  return (
    <>
      <CampaignsToday ownerId={ownerId} />
      <div className="columns">
        <RecordsToday
          title="Rejected by sales"
          path="leads"
          none="None was sent back."
          conditions={[{ field: 'stage', is: 'eq', value: 'rejected' }]}
          line={(lead) => lineOf(lead['company'], lead['rejectedReason'] ?? 'no reason given', lead['campaignName'])}
        />
        <RecordsToday
          title="Newest leads"
          path="leads"
          none="No leads yet."
          conditions={[]}
          line={(lead) =>
            lineOf(
              lead['company'],
              lead['origin'],
              lead['campaignName'],
              typeof lead['openedAt'] === 'string' ? ago(lead['openedAt']) : null,
            )
          }
          right={(lead) => <StageMark stage={String(lead['stage'])} />}
        />
      </div>
    </>
  );
}

/** What became of the leads of each campaign. */
function CampaignsToday({ ownerId }: { ownerId: string | null }) {
  const query = { by: 'campaign', from: 'inquiry', to: 'won', mode: 'cohort' };
  const filter = ownerId ? JSON.stringify({ all: [{ field: 'ownerId', is: 'eq', value: ownerId }] }) : null;
  const funnel = useQuery({ queryKey: ['funnel', query], queryFn: ({ signal }) => get<FunnelAnswer>('/funnel', query, signal) });
  const campaigns = useQuery({
    queryKey: ['today', 'campaigns', filter],
    queryFn: ({ signal }) => get<List<RecordItem>>('/campaigns', { filter, sort: '-startsOn', limit: 200 }, signal),
  });
  const own = new Set((campaigns.data?.items ?? []).map(({ id }) => id));
  return (
    <Sheet
      title={ownerId ? 'My campaigns and what became of their leads' : 'Campaigns and what became of their leads'}
      actions={<Go href={paths.scoreboard({ by: 'campaign', from: 'inquiry' })}>On the scoreboard</Go>}
    >
      <Answer of={funnel} what="The campaigns" lines={5}>
        {(answer) => {
          const rows = answer.rows.filter(({ group }) => group !== null && (!ownerId || own.has(group))).slice(0, 8);
          if (rows.length === 0)
            return (
              <Text c="dimmed" p="md">
                {ownerId ? 'No campaign that you own has leads yet. See everybody’s above.' : 'No campaign has leads yet.'}
              </Text>
            );
          return (
            <div className="table-scroll" tabIndex={0} role="region" aria-label="Campaigns">
              <table className="plain">
                <thead>
                  <tr>
                    <th>Campaign</th>
                    <th className="end">Leads</th>
                    <th className="end">Won</th>
                    <th className="end">Lead → won</th>
                  </tr>
                </thead>
                <tbody>
                  {rows.map((row) => (
                    <tr key={row.group}>
                      <td>
                        <Go href={paths.record('campaigns', row.group ?? '')}>{row.label}</Go>
                      </td>
                      <td className="end">
                        <Go href={paths.scoreboard({ by: 'campaign', from: 'inquiry', records: row.recordsUrl.split('?')[1] })}>
                          {count(row.entered)}
                        </Go>
                      </td>
                      <td className="end">
                        <Go href={paths.scoreboard({ by: 'campaign', from: 'inquiry', records: row.reachedUrl.split('?')[1] })}>
                          {count(row.reached)}
                        </Go>
                      </td>
                      <td className="end">{percent(row.rate)}</td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </div>
          );
        }}
      </Answer>
    </Sheet>
  );
}
