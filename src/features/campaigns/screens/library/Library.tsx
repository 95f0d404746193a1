import { Button, Text } from '@mantine/core';
import { useState } from 'react';
import { Deed } from '#ui/kit/Deed.tsx';
import { useGo } from '#ui/kit/Go.tsx';
import { Page } from '#ui/kit/Page.tsx';
import { useUrlSearch } from '#ui/kit/search.ts';
import { Answer, Empty } from '#ui/kit/States.tsx';
import { paths } from '#ui/paths.ts';
import { CampaignTabs } from '../CampaignTabs.tsx';
import { AddAsset } from './AddAsset.tsx';
import { AssetCards } from './AssetCards.tsx';
import { AssetTable } from './AssetTable.tsx';
import { useLibrary } from './asking.ts';
import { LibraryFilters } from './LibraryFilters.tsx';
import { headline } from './libraryWords.ts';
import './library.css';

/** What there is to send and to show, how it stands, and how it is used. */
export function Library() {
  const go = useGo();
  const [search] = useUrlSearch();
  const [adding, setAdding] = useState(false);
  const { kind, stage, segment, standing, sort, q } = search;
  const list = useLibrary({ kind, stage, segment, standing, sort, search: q });
  const first = list.data?.pages[0];
  const add = (
    <Deed onClick={() => setAdding(true)} whyNot={first?.mayNotAdd}>
      Add content
    </Deed>
  );
  return (
    <Page title="Library" actions={add}>
      <CampaignTabs />
      <Answer of={list} what="The library">
        {({ pages }) => {
          const items = pages.flatMap((page) => page.items);
          return (
            <>
              <Text className="lead-sentence">{headline(pages[0]!)}</Text>
              <LibraryFilters page={pages[0]!} />
              {items.length === 0 ? (
                <Nothing narrowed={['kind', 'stage', 'segment', 'standing', 'q'].some((key) => search[key])} add={add} />
              ) : search['view'] === 'table' ? (
                <AssetTable items={items} />
              ) : (
                <AssetCards items={items} />
              )}
              {list.hasNextPage && (
                <Button variant="default" mt="sm" loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
                  Show more
                </Button>
              )}
            </>
          );
        }}
      </Answer>
      {adding && <AddAsset known={first} onClose={() => setAdding(false)} made={(id) => go(paths.asset(id))} />}
    </Page>
  );
}

function Nothing({ narrowed, add }: { narrowed: boolean; add: React.ReactNode }) {
  if (narrowed) return <Empty title="No content like this">Choose another kind, stage or standing, or take the search back.</Empty>;
  return (
    <Empty title="The library is empty" action={add}>
      Decks, case studies and answers to objections, with versions and a last day. From a lead or a deal reps send them as tracked links;
      here stands who uses what, whom it reaches, and what comes of it.
    </Empty>
  );
}
