import { Button, SegmentedControl } from '@mantine/core';
import { useState } from 'react';
import type { Dispute } from '#features/incentives/contract/disputes.ts';
import { post } from '#ui/api/client.ts';
import { dayOfInstant, money } from '#ui/formats.ts';
import { Deed } from '#ui/kit/Deed.tsx';
import { Go } from '#ui/kit/Go.tsx';
import { Page, Sheet } from '#ui/kit/Page.tsx';
import { useUrlSearch } from '#ui/kit/search.ts';
import { Answer, Empty } from '#ui/kit/States.tsx';
import { tell, tellProblem } from '#ui/kit/toast.tsx';
import { paths } from '#ui/paths.ts';
import { askAgain, useDisputes } from '../asking.ts';
import { IncentiveTabs } from '../IncentiveTabs.tsx';
import { AnswerDispute } from './AnswerDispute.tsx';
import { DisputeMark } from './DisputeMark.tsx';
import { EscalateDispute } from './EscalateDispute.tsx';

/** Lines that somebody doubts, each with its answer or the day it is due. */
export function Disputes() {
  const [search, change] = useUrlSearch();
  const status = search['status'];
  const list = useDisputes(status ? { status } : {});
  return (
    <Page title="Disputes">
      <IncentiveTabs />
      <SegmentedControl
        aria-label="Which disputes"
        data={[
          { value: '', label: 'All' },
          { value: 'open', label: 'Open' },
          { value: 'escalated', label: 'With the sponsor' },
        ]}
        value={status ?? ''}
        onChange={(value) => change({ status: value || null })}
        mb="md"
      />
      <Answer of={list} what="The disputes" lines={6}>
        {({ pages }) => {
          const items = pages.flatMap((page) => page.items);
          if (items.length === 0)
            return (
              <Empty title={status ? 'No dispute like this' : 'Nothing is disputed'}>
                Whoever is paid opens a line of their statement and says what is wrong with it. Somebody else answers within five working
                days.
              </Empty>
            );
          return (
            <Sheet>
              {items.map((dispute) => (
                <Card key={dispute.id} dispute={dispute} />
              ))}
              {list.hasNextPage && (
                <Button variant="subtle" fullWidth loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
                  Show more
                </Button>
              )}
            </Sheet>
          );
        }}
      </Answer>
    </Page>
  );
}

function Card({ dispute }: { dispute: Dispute }) {
  const { line, payee, status } = dispute;
  return (
    <article className="dispute-card" aria-label={`${payee.name}, ${dispute.runLabel}`}>
      <p>
        <DisputeMark status={status} />{' '}
        <Go href={paths.statement(`${dispute.runId}~${payee.id}`)}>
          {payee.name}, {dispute.runLabel}
        </Go>
        : {money(line.amount, line.currency)} <span className="dim">{line.says}</span>
      </p>
      <p className="wrap-any">“{dispute.reason}”</p>
      {dispute.answer && (
        <p className="wrap-any">
          <strong>{dispute.answeredBy?.name}</strong>: “{dispute.answer}”
          {dispute.correction &&
            `, ${money(dispute.correction.amount, dispute.correction.currency)} in ${dispute.correction.runId ? 'a run' : 'the next run'}`}
        </p>
      )}
      {dispute.escalatedBecause && (
        <p className="wrap-any">
          <strong>{dispute.escalatedBy?.name}</strong> took it to the sponsor: “{dispute.escalatedBecause}”
        </p>
      )}
      {(status === 'open' || status === 'escalated') && (
        <p className={dispute.late ? 'bad' : 'dim'}>
          {dispute.late ? 'Answer was due' : 'Answer due'} {dayOfInstant(dispute.dueAt)}
        </p>
      )}
      <CardDeeds dispute={dispute} />
    </article>
  );
}

function CardDeeds({ dispute }: { dispute: Dispute }) {
  const [asked, setAsked] = useState<'answer' | 'escalate' | null>(null);
  const { can, status } = dispute;
  const withdraw = async (): Promise<void> => {
    try {
      await post(`/disputes/${dispute.id}/withdrawal`);
      await askAgain();
      tell('Withdrawn.');
    } catch (error) {
      tellProblem(error);
    }
  };
  const answering = status === 'escalated' ? can.decide : can.answer;
  return (
    <div className="row-deeds">
      {(status === 'open' || status === 'escalated') && (
        <Deed size="compact-md" whyNot={answering} onClick={() => setAsked('answer')}>
          {status === 'escalated' ? 'Decide' : 'Answer'}
        </Deed>
      )}
      {can.escalate === null && (
        <Deed size="compact-md" variant="default" onClick={() => setAsked('escalate')}>
          Take it to the sponsor
        </Deed>
      )}
      {can.withdraw === null && (
        <Deed size="compact-md" variant="default" onClick={() => void withdraw()}>
          Withdraw
        </Deed>
      )}
      {asked === 'answer' && <AnswerDispute dispute={dispute} onClose={() => setAsked(null)} />}
      {asked === 'escalate' && <EscalateDispute dispute={dispute} onClose={() => setAsked(null)} />}
    </div>
  );
}
