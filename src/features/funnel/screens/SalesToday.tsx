import { Text } from '@mantine/core';
import { addDays, ago, day, money, today } from '#ui/formats.ts';
import { StageMark } from '#ui/kit/FieldValue.tsx';
import type { RecordItem } from '#ui/records.ts';
import { lineOf, RecordsToday } from './RecordsToday.tsx';

const since = (item: RecordItem, field: string): string | null => (typeof item[field] === 'string' ? ago(item[field]) : null);

export function SalesToday({ ownerId }: { ownerId: string | null }) {
  const own = ownerId ? ({ field: 'ownerId', is: 'eq', value: ownerId } as const) : null;
  const amount = (item: RecordItem) => (
    <Text size="sm" fw={500}>
      {money(item['amount'] as string | null, item['currency'] as string | null)}
    </Text>
  );
  return (
    <div className="columns">
      <RecordsToday
        title="Newest leads"
        path="leads"
        none="No leads yet."
        conditions={[own]}
        line={(lead) => lineOf(lead['company'], lead['channel'], since(lead, 'openedAt'))}
        right={(lead) => <StageMark stage={String(lead['stage'])} />}
      />
      <RecordsToday
        title="Open deals closing within 30 days"
        path="deals"
        sort="expectedCloseOn"
        none="None is expected to close within 30 days."
        conditions={[
          own,
          { field: 'status', is: 'eq', value: 'open' },
          { field: 'expectedCloseOn', is: 'between', value: [today(), addDays(today(), 30)] },
        ]}
        line={(deal) => lineOf(deal['accountName'], deal['stage'], day(deal['expectedCloseOn'] as string | null))}
        right={amount}
      />
      <RecordsToday
        title="Open deals past their close date"
        path="deals"
        sort="expectedCloseOn"
        none="None: every open deal has a date to come."
        conditions={[
          own,
          { field: 'status', is: 'eq', value: 'open' },
          { field: 'expectedCloseOn', is: 'lte', value: addDays(today(), -1) },
        ]}
        line={(deal) => lineOf(deal['accountName'], deal['stage'], day(deal['expectedCloseOn'] as string | null))}
        right={amount}
      />
    </div>
  );
}
