import { Text } from '@mantine/core';
import { assetKindWords, standingWords } from '#engine/campaigns/asset-standing.ts';
import type { ReactNode } from 'react';
import type { AssetDetail } from '#features/campaigns/contract/library.ts';
import { dayOfInstant } from '#ui/formats.ts';
import { Go } from '#ui/kit/Go.tsx';
import { Page, Sheet } from '#ui/kit/Page.tsx';
import { usePathParam, useUrlSearch } from '#ui/kit/search.ts';
import { Answer } from '#ui/kit/States.tsx';
import { paths } from '#ui/paths.ts';
import { CampaignTabs } from '../CampaignTabs.tsx';
import { AssetDeeds } from './AssetDeeds.tsx';
import { AssetVersions } from './AssetVersions.tsx';
import { useAsset } from './asking.ts';
import { BehindDrawer } from './BehindDrawer.tsx';
import { madeFor, standingTold, useTold } from './libraryWords.ts';
import { OutcomeSheet } from './OutcomeSheet.tsx';
import { Ratings } from './Ratings.tsx';
import './library.css';

/**
 * One piece of content: what it is, its versions, who uses it, what comes of it, and what is thought of it.
 * @param more what another feature shows of it, below its ratings
 */
export function AssetPage({ more }: { more?: (id: string) => ReactNode }) {
  const id = usePathParam('id');
  const asset = useAsset(id);
  const [search, change] = useUrlSearch();
  const title = asset.data?.title ?? 'Content';
  const heading = (
    <>
      <Text size="xs" fw={400}>
        <Go href={paths.library()}>Library</Go>
      </Text>
      {title}
    </>
  );
  return (
    <Page title={title} heading={heading}>
      <CampaignTabs />
      <Answer of={asset} what="This content" lines={10}>
        {(detail) => (
          <>
            <Standing detail={detail} />
            <AssetDeeds detail={detail} />
            <div className="asset-columns">
              <div className="stack">
                <About detail={detail} />
                <AssetVersions detail={detail} />
                <Ratings detail={detail} />
                {more?.(detail.id)}
              </div>
              <OutcomeSheet id={detail.id} open={(behind, about) => change({ behind, about })} />
            </div>
          </>
        )}
      </Answer>
      {search['behind'] && (
        <BehindDrawer url={search['behind']} about={search['about']} onClose={() => change({ behind: null, about: null })} />
      )}
    </Page>
  );
}

/** The sentence that matters first. */
function Standing({ detail }: { detail: AssetDetail }) {
  const { words, look } = standingTold(detail);
  return (
    <p className="lead-sentence">
      {detail.standing !== 'fine' && (
        <>
          <strong className={look}>{words}.</strong> {standingWords[detail.standing].about}{' '}
        </>
      )}
      {useTold(detail)}
    </p>
  );
}

function About({ detail }: { detail: AssetDetail }) {
  const { kind, about, owner, campaign, objections, proposals, addedAt } = detail;
  return (
    <Sheet title="What it is" padded>
      {about && <p className="asset-words wrap-any">{about}</p>}
      <dl className="asset-facts">
        <dt>Kind</dt>
        <dd>{assetKindWords[kind]}</dd>
        <dt>Made for</dt>
        <dd>{madeFor(detail)}</dd>
        <dt>Answers for it</dt>
        <dd>{owner?.name ?? <span className="warn">Nobody yet</span>}</dd>
        {campaign && (
          <>
            <dt>Campaign</dt>
            <dd>
              <Go href={paths.record('campaigns', campaign.id)}>{campaign.name}</Go>
            </dd>
          </>
        )}
        {objections.length > 0 && (
          <>
            <dt>Answers</dt>
            <dd>
              {objections.map((objection) => (
                <div key={objection} className="wrap-any">
                  “{objection}”
                </div>
              ))}
            </dd>
          </>
        )}
        {proposals.length > 0 && (
          <>
            <dt>Asked for in</dt>
            <dd>
              {proposals.map(({ id, title }) => (
                <div key={id}>
                  <Go href={paths.proposals({ state: 'all', at: id })}>{title}</Go>
                </div>
              ))}
            </dd>
          </>
        )}
        <dt>In the library since</dt>
        <dd>{dayOfInstant(addedAt)}</dd>
      </dl>
    </Sheet>
  );
}
