import { Button, Group, SegmentedControl, Select } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { stageOfFact } from '#features/records/contract/wording.ts';
import { get } from '#ui/api/client.ts';
import type { List } from '#ui/api/queries.ts';
import { dayOfInstant, instant, money, timeOfInstant } from '#ui/formats.ts';
import { Go } from '#ui/kit/Go.tsx';
import { SideMark } from '#ui/kit/Side.tsx';
import { Empty, Loading, Wrong } from '#ui/kit/States.tsx';
import { paths, type RecordsPath } from '#ui/paths.ts';
import type { TimelineItem } from './facts.ts';

const types = [
  { value: 'all', label: 'Everything' },
  { value: 'touch', label: 'Touches' },
  { value: 'stage', label: 'Stages' },
  { value: 'revenue', label: 'Revenue' },
  { value: 'fact', label: 'Decisions and edits' },
];

/** What happened, newest first, of both sides on one line. */
export function Timeline({ path, id }: { path: RecordsPath; id: string }) {
  const [side, setSide] = useState('all');
  const [type, setType] = useState('all');
  const moments = useInfiniteQuery({
    queryKey: ['record', path, id, 'timeline'],
    queryFn: ({ pageParam, signal }) => get<List<TimelineItem>>(`/${path}/${id}/timeline`, { cursor: pageParam, limit: 100 }, signal),
    initialPageParam: '',
    getNextPageParam: (last) => last.next ?? undefined,
  });
  if (moments.isPending) return <Loading />;
  if (moments.error && !moments.data) return <Wrong error={moments.error} retry={() => void moments.refetch()} what="The timeline" />;
  const all = moments.data?.pages.flatMap((page) => page.items) ?? [];
  const told = stagesTold(all);
  const shown = all.filter(
    (moment) =>
      !(type === 'all' && moment.type === 'stage' && told.has(stageKey(moment.refs.lead, moment.kind, moment.at))) &&
      (side === 'all' || moment.side === side) &&
      (type === 'all' || moment.type === type || (type === 'stage' && moment.type === 'dealStage')),
  );
  return (
    <>
      <Group px={14} py={8} gap="xs" style={{ borderBottom: '1px solid var(--a-line)' }}>
        <SegmentedControl
          aria-label="Side"
          value={side}
          onChange={setSide}
          data={[
            { value: 'all', label: 'Both sides' },
            { value: 'marketing', label: 'Marketing' },
            { value: 'sales', label: 'Sales' },
          ]}
        />
        <Select aria-label="Type" value={type} onChange={(chosen) => setType(chosen ?? 'all')} data={types} allowDeselect={false} w={160} />
      </Group>
      {shown.length === 0 ? (
        <Empty title={all.length ? 'Nothing of that kind' : 'Nothing has happened yet'}>
          {all.length
            ? 'Other moments are hidden by the choice above.'
            : 'Touches of both sides, stages, revenue and edits will stand here.'}
        </Empty>
      ) : (
        <ol className="timeline" aria-label="Timeline">
          {shown.map((moment) => (
            <Moment key={moment.key} moment={moment} path={path} id={id} />
          ))}
        </ol>
      )}
      {moments.hasNextPage && (
        <Group justify="center" p="sm">
          <Button variant="default" loading={moments.isFetchingNextPage} onClick={() => void moments.fetchNextPage()}>
            Earlier
          </Button>
        </Group>
      )}
    </>
  );
}

const stageKey = (lead: string | null, stage: string | undefined, at: string): string => `${lead} ${stage} ${at}`;

/** Stages that a fact tells of already, with who did it and why: seen together, the two are one. */
const stagesTold = (moments: readonly TimelineItem[]): ReadonlySet<string> =>
  new Set(moments.filter(({ type }) => type === 'fact').map(({ refs, kind, at }) => stageKey(refs.lead, stageOfFact[kind], at)));

function Moment({ moment, path, id }: { moment: TimelineItem; path: RecordsPath; id: string }) {
  const said = [moment.detail, moment.amount && money(moment.amount, moment.currency)].filter(Boolean).join(' · ');
  return (
    <li className={`moment ${moment.side ?? (moment.type === 'stage' ? sideOfStage(moment.kind) : '')}`}>
      <time dateTime={moment.at} title={`Happened ${instant(moment.at)}, recorded ${instant(moment.recordedAt)}`}>
        {dayOfInstant(moment.at)} {moment.type === 'revenue' ? '' : timeOfInstant(moment.at)}
      </time>
      <span className="moment-dot" aria-hidden />
      <div className="moment-body">
        <Group gap={8}>
          <strong style={{ fontWeight: 600 }} className="wrap-any">
            {moment.title}
          </strong>
          {moment.side && <SideMark side={moment.side} />}
        </Group>
        {said && <div className="wrap-any">{said}</div>}
        <div className="moment-detail">
          {moment.member && <span>by {moment.member.name}</span>}
          {moment.channel && <span>{moment.channel}</span>}
          {moment.from && <span>from {moment.from}</span>}
          {moment.campaign && (
            <span>
              <Go href={paths.record('campaigns', moment.campaign.id)}>{moment.campaign.name}</Go>
            </span>
          )}
          <Elsewhere moment={moment} path={path} id={id} />
        </div>
      </div>
    </li>
  );
}

/** Marketing passes leads up to MQL; from there sales works them. */
const sideOfStage = (stage: string): string => (stage === 'inquiry' || stage === 'mql' ? 'marketing' : 'sales');

/** On an account's timeline: which of its leads or deals the moment is about. */
function Elsewhere({ moment, path, id }: { moment: TimelineItem; path: RecordsPath; id: string }) {
  const { lead, deal } = moment.refs;
  if (deal && path !== 'deals' && deal !== id)
    return (
      <span>
        <Go href={paths.record('deals', deal)}>the deal</Go>
      </span>
    );
  if (lead && path !== 'leads' && lead !== id)
    return (
      <span>
        <Go href={paths.record('leads', lead)}>the lead</Go>
      </span>
    );
  return null;
}
