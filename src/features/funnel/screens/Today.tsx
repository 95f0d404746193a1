import { SegmentedControl, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useMe } from '#ui/api/session.ts';
import { Page } from '#ui/kit/Page.tsx';
import { useUrlSearch } from '#ui/kit/search.ts';
import { SideMark } from '#ui/kit/Side.tsx';
import { ImportsToMend } from './ImportsToMend.tsx';
import { NextSteps } from './NextSteps.tsx';
import { LeadershipToday } from './LeadershipToday.tsx';
import { MarketingToday } from './MarketingToday.tsx';
import { SalesToday } from './SalesToday.tsx';

/**
 * What wants this person today, by side. The scoreboard is the same for everybody; this is not.
 * @param first what other features want from this person, before all else
 */
export function Today({ first }: { first?: ReactNode }) {
  const me = useMe();
  const [search, change] = useUrlSearch();
  const everybody = search['of'] === 'everybody';
  const ownerId = everybody ? null : me.member.id;
  const { side } = me.member;
  return (
    <Page
      title="Today"
      actions={
        side !== 'leadership' && (
          <SegmentedControl
            aria-label="Whose"
            value={everybody ? 'everybody' : 'mine'}
            onChange={(of) => change({ of: of === 'everybody' ? of : null })}
            data={[
              { value: 'mine', label: 'Mine' },
              { value: 'everybody', label: 'Everybody’s' },
            ]}
          />
        )
      }
    >
      <Text c="dimmed" mb="md" mt={-8}>
        {me.member.name} <SideMark side={side} />
      </Text>
      <div className="stack">
        {me.workspace.empty && (
          <div className="notice">{me.workspace.name} is empty. Import files, or add records by hand; what is next stands below.</div>
        )}
        {!me.workspace.empty && first}
        {side === 'sales' && <SalesToday ownerId={ownerId} />}
        {side === 'marketing' && <MarketingToday ownerId={ownerId} />}
        {side === 'leadership' && <LeadershipToday />}
        <div className="columns">
          <ImportsToMend />
          <NextSteps />
        </div>
      </div>
    </Page>
  );
}
