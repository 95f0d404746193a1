import { Button, Text } from '@mantine/core';
import { useState } from 'react';
import type { ProposalsPage } from '#features/campaigns/contract/proposals.ts';
import { Deed } from '#ui/kit/Deed.tsx';
import { Page } from '#ui/kit/Page.tsx';
import { useUrlSearch } from '#ui/kit/search.ts';
import { Answer, Empty } from '#ui/kit/States.tsx';
import { CampaignTabs } from '../CampaignTabs.tsx';
import { useProposals } from './asking.ts';
import { NewProposal } from './NewProposal.tsx';
import { ProposalDrawer } from './ProposalDrawer.tsx';
import { ProposalFilters } from './ProposalFilters.tsx';
import { ProposalRow } from './ProposalRow.tsx';
import { headline } from './proposalWords.ts';
import './proposals.css';

/** What sales asks of marketing, with what is behind it, and what marketing answers. */
export function Proposals() {
  const [search, change] = useUrlSearch();
  const [writing, setWriting] = useState(false);
  const { state, kind, sort, q } = search;
  const list = useProposals({ state, kind, sort, search: q, ...(search['mine'] === 'true' && { mine: true }) });
  const first = list.data?.pages[0];
  const propose = (
    <Deed onClick={() => setWriting(true)} whyNot={first?.mayNotPropose}>
      Propose something
    </Deed>
  );
  return (
    <Page title="Proposals" actions={propose}>
      <CampaignTabs />
      <Answer of={list} what="The proposals">
        {({ pages }) => (
          <>
            <Text className="lead-sentence">{headline(pages[0]!)}</Text>
            <ProposalFilters />
            <Rows pages={pages} narrowed={isNarrowed(search)} propose={propose} open={(at) => change({ at })} />
            {list.hasNextPage && (
              <Button variant="default" mt="sm" loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
                Show more
              </Button>
            )}
          </>
        )}
      </Answer>
      {search['at'] && <ProposalDrawer key={search['at']} id={search['at']} onClose={() => change({ at: null, deals: null })} />}
      {writing && <NewProposal answerDays={first?.answerDays ?? null} onClose={() => setWriting(false)} made={(at) => change({ at })} />}
    </Page>
  );
}

const isNarrowed = (search: Record<string, string>): boolean => ['state', 'kind', 'q', 'mine'].some((key) => search[key]);

interface RowsProps {
  pages: readonly ProposalsPage[];
  narrowed: boolean;
  propose: React.ReactNode;
  open(id: string): void;
}

function Rows({ pages, narrowed, propose, open }: RowsProps) {
  const items = pages.flatMap((page) => page.items);
  if (items.length > 0)
    return (
      <ul className="proposals" aria-label="Proposals">
        {items.map((item) => (
          <ProposalRow key={item.id} item={item} open={() => open(item.id)} />
        ))}
      </ul>
    );
  if (narrowed) return <Empty title="No proposal like this">Choose another state or kind, or take the search back.</Empty>;
  return (
    <Empty title="Nothing is proposed" action={propose}>
      Reps ask here for a campaign, for content, or for an answer to an objection. Others vote and add the leads and deals it would help;
      marketing answers by an agreed day.
    </Empty>
  );
}
