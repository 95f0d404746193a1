import { Badge, Group, Text } from '@mantine/core';
import { useRouterState } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useRecord } from '#ui/api/records.ts';
import { dayOfInstant, money } from '#ui/formats.ts';
import { Go } from '#ui/kit/Go.tsx';
import { Page, Sheet } from '#ui/kit/Page.tsx';
import { usePathParam } from '#ui/kit/search.ts';
import { Answer } from '#ui/kit/States.tsx';
import { StageMark } from '#ui/kit/FieldValue.tsx';
import { paths, type RecordsPath } from '#ui/paths.ts';
import { nameOf, recordPages, type RecordItem } from '#ui/records.ts';
import { CampaignMembers } from './CampaignMembers.tsx';
import { FieldSheet } from './FieldSheet.tsx';
import { Provenance } from './Provenance.tsx';
import { RelatedRecords } from './RelatedRecords.tsx';
import { RevenueSheet } from './RevenueSheet.tsx';
import { SameAs } from './SameAs.tsx';
import { StagePath } from './StagePath.tsx';
import { Timeline } from './Timeline.tsx';

export function RecordScreen() {
  return <RecordPage />;
}

/** @param above what another feature shows first, above the record's fields */
export function RecordPage({ above }: { above?: (id: string) => ReactNode }) {
  const pathname = useRouterState({ select: (state) => state.location.pathname });
  const path = (pathname.split('/')[1] ?? 'leads') as RecordsPath;
  const id = usePathParam('id');
  const record = useRecord(path, id);
  const title = record.data ? nameOf(record.data) : recordPages[path].label;
  return (
    <Page title={title} heading={<Heading path={path} title={title} />}>
      <Answer of={record} what={`This ${recordPages[path].one}`} lines={10}>
        {(item) => <Known key={id} path={path} item={item} above={above?.(id)} />}
      </Answer>
    </Page>
  );
}

function Heading({ path, title }: { path: RecordsPath; title: string }) {
  return (
    <>
      <Text size="xs" fw={400}>
        <Go href={paths.records(path)}>{recordPages[path].label}</Go>
      </Text>
      {title}
    </>
  );
}

function Known({ path, item, above }: { path: RecordsPath; item: RecordItem; above: ReactNode }) {
  const hasTimeline = path !== 'campaigns';
  return (
    <>
      <KeyFacts path={path} item={item} />
      {path === 'leads' && <StagePath lead={item} />}
      {above && path === 'campaigns' && <div className="record-wide">{above}</div>}
      <div className="record">
        {above && path !== 'campaigns' && <div className="record-first">{above}</div>}
        <div className="stack">
          {path === 'accounts' && <RevenueSheet accountId={item.id} currency={item['currency'] as string | null} />}
          {hasTimeline ? (
            <Sheet title="Timeline">
              <Timeline path={path} id={item.id} />
            </Sheet>
          ) : (
            <CampaignMembers campaignId={item.id} />
          )}
        </div>
        <div className="stack">
          <FieldSheet path={path} item={item} />
          <RelatedRecords path={path} item={item} />
          {(path === 'accounts' || path === 'contacts') && <SameAs path={path} item={item} />}
          <Provenance path={path} item={item} />
        </div>
      </div>
    </>
  );
}

function KeyFacts({ path, item }: { path: RecordsPath; item: RecordItem }) {
  const text = (name: string): string | null => (typeof item[name] === 'string' ? (item[name] as string) : null);
  const amount = text(path === 'leads' ? 'value' : 'amount');
  const mergedInto = text('mergedInto');
  return (
    <Group gap="sm" mb="md" mt={-6}>
      {mergedInto && (
        <div className="notice warn">
          This one was merged into <Go href={paths.record(path, mergedInto)}>another</Go>; what happened with it is kept there.
        </div>
      )}
      {text('stage') && path === 'leads' && <StageMark stage={text('stage') ?? ''} />}
      {path === 'deals' && (
        <Badge color={text('status') === 'won' ? 'var(--a-good)' : 'var(--a-dim)'} variant="outline">
          {text('status')}
          {text('stage') ? ` · ${text('stage')}` : ''}
        </Badge>
      )}
      {amount && <Text fw={600}>{money(amount, text('currency'))}</Text>}
      {text('accountId') && (
        <Text size="sm">
          at <Go href={paths.record('accounts', text('accountId') ?? '')}>{text('accountName') ?? 'its account'}</Go>
        </Text>
      )}
      {text('title') && (
        <Text size="sm" c="dimmed">
          {text('title')}
        </Text>
      )}
      {text('domain') && (
        <Text size="sm" c="dimmed">
          {text('domain')}
        </Text>
      )}
      {text('ownerName') && (
        <Text size="sm" c="dimmed">
          Owner: {text('ownerName')}
        </Text>
      )}
      {text('openedAt') && (
        <Text size="sm" c="dimmed">
          since {dayOfInstant(text('openedAt'))}
        </Text>
      )}
    </Group>
  );
}
