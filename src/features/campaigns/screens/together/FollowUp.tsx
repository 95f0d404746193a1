import { Button, SegmentedControl, Text } from '@mantine/core';
import { useState } from 'react';
import type { FollowUpItem } from '#features/campaigns/contract/follow-up.ts';
import { post } from '#ui/api/client.ts';
import { ago, countAtLeast, days } from '#ui/formats.ts';
import { Deed } from '#ui/kit/Deed.tsx';
import { Go } from '#ui/kit/Go.tsx';
import { Sheet } from '#ui/kit/Page.tsx';
import { Answer, Empty } from '#ui/kit/States.tsx';
import { tell, tellProblem } from '#ui/kit/toast.tsx';
import { paths } from '#ui/paths.ts';
import { askAgain, useFollowUp } from './asking.ts';

/** Who responded and was not tried since: the longest waiting first. */
export function FollowUp({ campaignId }: { campaignId: string | null }) {
  const [of, setOf] = useState(campaignId ? 'all' : 'me');
  const list = useFollowUp(campaignId, of);
  const first = list.data?.pages[0];
  return (
    <Sheet
      title={first ? `${countAtLeast(first.counts.waiting, first.counts.waitingIsAtLeast)} responded and wait` : 'Follow-up'}
      actions={
        <SegmentedControl
          aria-label="Whose"
          size="xs"
          data={[
            { value: 'me', label: 'Mine' },
            { value: 'nobody', label: 'Nobody’s' },
            { value: 'all', label: 'All' },
          ]}
          value={of}
          onChange={setOf}
        />
      }
    >
      <Answer of={list} what="The follow-up" lines={6}>
        {({ pages }) => {
          const items = pages.flatMap((page) => page.items);
          if (items.length === 0)
            return <Empty title="Nobody waits">Everybody who responded in the last sixty days was tried by a person.</Empty>;
          return (
            <>
              {items.map((item) => (
                <Row key={item.id} item={item} withCampaign={campaignId === null} />
              ))}
              {list.hasNextPage && (
                <Button variant="subtle" fullWidth loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
                  Show more
                </Button>
              )}
            </>
          );
        }}
      </Answer>
    </Sheet>
  );
}

const minutesADay = 24 * 60;

export function Row({ item, withCampaign }: { item: FollowUpItem; withCampaign: boolean }) {
  const { person, owner, respondedAt, response, respondedTo, waiting, can } = item;
  const href = person.leadId ? paths.record('leads', person.leadId) : person.contactId ? paths.record('contacts', person.contactId) : null;
  const take = async (noun: string): Promise<void> => {
    try {
      await post(`/leads/${person.leadId}/${noun}`, { version: item.handoff?.version });
      await askAgain();
      tell('Taken into work.');
    } catch (error) {
      tellProblem(error);
    }
  };
  return (
    <div className="row-link follow-up">
      <span className="grow wrap-any">
        {href ? <Go href={href}>{person.name}</Go> : person.name} {person.company && <span className="dim">{person.company}</span>}
        <Text size="sm" c="dimmed">
          {[response, respondedTo?.subject ?? respondedTo?.kind, owner?.name ?? 'nobody’s yet', withCampaign ? item.campaign.name : null]
            .filter(Boolean)
            .join(' · ')}
        </Text>
      </span>
      <span className={waiting.wallMinutes > 2 * minutesADay ? 'bad' : 'dim'}>
        <span title={ago(respondedAt)}>waits {days(waiting.wallMinutes / minutesADay)}</span>
      </span>
      {can && can.claim === null && (
        <Deed size="compact-sm" variant="default" onClick={() => void take('claim')}>
          Claim
        </Deed>
      )}
      {can && can.accept === null && (
        <Deed size="compact-sm" variant="default" onClick={() => void take('acceptance')}>
          Accept
        </Deed>
      )}
    </div>
  );
}
