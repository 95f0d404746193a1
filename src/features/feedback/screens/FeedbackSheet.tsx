import { Button } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { useRights } from '#ui/api/session.ts';
import { Sheet } from '#ui/kit/Page.tsx';
import { Answer } from '#ui/kit/States.tsx';
import { useFeedbackList } from './asking.ts';
import { FeedbackDrawer } from './FeedbackDrawer.tsx';
import { GiveDialog } from './give/GiveDialog.tsx';
import { type GivenSubject, useLeadSubjects } from './give/subjects.ts';
import { fromWhom, stateMark, toWhom } from './words.ts';
import './feedback.css';

/** On the page of a campaign or a piece of content: what was said about it, and a way to say something. */
export function FeedbackSheet({ subject }: { subject: GivenSubject }) {
  return <Known recordId={subject.id} give={(onClose) => <GiveDialog subjects={[subject]} onClose={onClose} />} />;
}

/** On the page of a lead: also about its follow-up, its rejections and what was done with it. */
export function LeadFeedback({ leadId }: { leadId: string }) {
  return <Known recordId={leadId} give={(onClose) => <GiveOnLead leadId={leadId} onClose={onClose} />} />;
}

function GiveOnLead({ leadId, onClose }: { leadId: string; onClose(): void }) {
  return <GiveDialog subjects={useLeadSubjects(leadId)} onClose={onClose} />;
}

function Known({ recordId, give }: { recordId: string; give(onClose: () => void): ReactNode }) {
  const [giving, setGiving] = useState(false);
  const [shown, setShown] = useState<string | null>(null);
  const list = useFeedbackList({ view: 'all', subjectId: recordId, limit: 5 });
  const mayGive = useRights().may('feedback.give');
  return (
    <Sheet
      title="Feedback"
      actions={
        mayGive && (
          <Button size="compact-sm" variant="default" onClick={() => setGiving(true)}>
            Give feedback
          </Button>
        )
      }
    >
      <Answer of={list} what="Feedback" lines={2}>
        {({ pages }) => {
          const items = pages.flatMap((page) => page.items);
          if (items.length === 0)
            return (
              <p className="sheet-body dim" style={{ margin: 0 }}>
                Nothing that you may read was said about it yet.
              </p>
            );
          return (
            <>
              {items.map((item) => (
                <button key={item.id} type="button" className="row-link feedback-line" onClick={() => setShown(item.id)}>
                  <span style={{ flex: 1, minWidth: 0 }}>
                    <span className="cut" style={{ display: 'block' }}>
                      {item.behaviour}
                    </span>
                    <span className="dim small-print">
                      {fromWhom(item)} to {toWhom(item)}
                    </span>
                  </span>
                  <strong className={stateMark(item).look}>{stateMark(item).words}</strong>
                </button>
              ))}
              {list.hasNextPage && (
                <Button
                  variant="subtle"
                  size="compact-sm"
                  m="xs"
                  loading={list.isFetchingNextPage}
                  onClick={() => void list.fetchNextPage()}
                >
                  Show more
                </Button>
              )}
            </>
          );
        }}
      </Answer>
      {giving && give(() => setGiving(false))}
      {shown && <FeedbackDrawer id={shown} onClose={() => setShown(null)} />}
    </Sheet>
  );
}
