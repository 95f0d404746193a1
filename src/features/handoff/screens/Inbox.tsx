import { Group, Kbd, SegmentedControl, Text } from '@mantine/core';
import { useEffect, useMemo, useRef, useState } from 'react';
import { useMe, useRights } from '#ui/api/session.ts';
import { count } from '#ui/formats.ts';
import { useGo } from '#ui/kit/Go.tsx';
import { useKeys } from '#ui/kit/keys.ts';
import { Page } from '#ui/kit/Page.tsx';
import { useUrlSearch } from '#ui/kit/search.ts';
import { paths } from '#ui/paths.ts';
import { HandoffPanel } from './HandoffPanel.tsx';
import { InboxList } from './InboxList.tsx';
import { type Asked, useActions } from './useActions.ts';
import { useInbox } from './useHandoff.ts';
import { WhoseInbox } from './WhoseInbox.tsx';

/** What waits for the rep, most urgent first, with everything needed to decide beside it. */
export function Inbox() {
  const me = useMe();
  const go = useGo();
  const [search, change] = useUrlSearch();
  const isHead = useRights().may('handoff.reassign');
  const of = search['of'] ?? (me.member.side === 'sales' && !isHead ? 'me' : 'all');
  const state = search['state'] ?? 'open';
  const inbox = useInbox({ of, state, limit: 50 });
  const items = useMemo(() => inbox.data?.pages.flatMap((page) => page.items) ?? [], [inbox.data]);
  const counts = inbox.data?.pages[0]?.counts;
  const chosen = items.find(({ leadId }) => leadId === search['lead']) ?? items[0] ?? null;
  const leadId = search['lead'] ?? chosen?.leadId ?? null;
  const step = useStep(items, leadId, (id) => change({ lead: id }));
  const [asked, setAsked] = useState<Asked | null>(null);
  // What is asked is asked of this lead, whatever comes to stand first meanwhile.
  const ask = (what: Asked | null): void => {
    if (what && leadId && search['lead'] !== leadId) change({ lead: leadId });
    setAsked(what);
  };
  const act = useActions(leadId, ask, () => step(1));
  useKeys({
    j: () => step(1),
    k: () => step(-1),
    a: () => act('accept'),
    r: () => act('reject'),
    c: () => act('recycle'),
    d: () => act('disqualify'),
    q: () => act('qualify'),
    t: () => act('touch'),
    o: () => leadId && go(paths.record('leads', leadId)),
  });
  const tab = (value: string, label: string, number: number | undefined) => ({
    value,
    label: number === undefined ? label : `${label} ${count(number)}`,
  });
  return (
    <Page title="Inbox" fill actions={<WhoseInbox of={of} onChange={(value) => change({ of: value, lead: null })} />}>
      <Group mb="sm" gap="sm" className={search['lead'] ? 'desk-only' : undefined}>
        <div className="scroll-x">
          <SegmentedControl
            aria-label="Which leads"
            value={state}
            onChange={(value) => change({ state: value, lead: null })}
            data={[
              tab('open', 'All', counts && counts.waiting + counts.accepted),
              tab('waiting', 'To accept', counts?.waiting),
              tab('accepted', 'Being worked', counts?.accepted),
              tab('unrouted', 'Nobody’s yet', counts?.unrouted),
            ]}
          />
        </div>
        {counts && counts.overdue > 0 && (
          <Text size="sm" className="bad">
            {count(counts.overdue)} overdue
          </Text>
        )}
      </Group>
      <div className={leadId ? 'inbox' : 'inbox inbox-empty'} data-open={search['lead'] ? true : undefined}>
        <InboxList
          inbox={inbox}
          items={items}
          chosen={leadId}
          showOwner={of !== 'me'}
          onChoose={(id) => change({ lead: id })}
          state={state}
        />
        {leadId && <HandoffPanel key={leadId} leadId={leadId} asked={asked} setAsked={ask} onBack={() => change({ lead: null })} heading />}
      </div>
      {leadId && (
        <Text size="xs" c="dimmed" className="inbox-keys desk-only">
          <Kbd>j</Kbd> <Kbd>k</Kbd> next, previous · <Kbd>a</Kbd> accept · <Kbd>r</Kbd> reject · <Kbd>t</Kbd> log a touch · <Kbd>c</Kbd>{' '}
          recycle · <Kbd>d</Kbd> disqualify · <Kbd>q</Kbd> opportunity · <Kbd>o</Kbd> open the lead
        </Text>
      )}
    </Page>
  );
}

/** Moves the choice by one row; where the chosen lead left the list, from where it stood. */
function useStep(items: readonly { leadId: string }[], leadId: string | null, choose: (id: string) => void): (by: number) => void {
  const last = useRef(0);
  const at = items.findIndex((item) => item.leadId === leadId);
  useEffect(() => {
    if (at >= 0) last.current = at;
  }, [at]);
  return (by) => {
    const from = at >= 0 ? at : last.current - (by > 0 ? 1 : 0);
    const next = items[Math.min(Math.max(from + by, 0), items.length - 1)];
    if (next) {
      choose(next.leadId);
      document.getElementById(`inbox-${next.leadId}`)?.scrollIntoView({ block: 'nearest' });
    }
  };
}
