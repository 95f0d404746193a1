import { Button } from '@mantine/core';
import { useState } from 'react';
import { Sheet } from '#ui/kit/Page.tsx';
import { Answer } from '#ui/kit/States.tsx';
import { useFeedbackList } from './asking.ts';
import { FeedbackDrawer } from './FeedbackDrawer.tsx';
import { GiveFeedback, type Subject } from './GiveFeedback.tsx';
import { fromWhom, stateMark, toWhom } from './words.ts';
import './feedback.css';

/** On the page of a lead, a campaign, a piece of content or a meeting: what was said about it, and a way to say something. */
export function FeedbackSheet({ subject }: { subject: Subject }) {
  const [shown, setShown] = useState<string | null>(null);
  const list = useFeedbackList({ view: 'all', subjectId: 'leadId' in subject ? subject.leadId : subject.id, limit: 5 });
  return (
    <Sheet title="Feedback" actions={<GiveFeedback subject={subject} />}>
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
      {shown && <FeedbackDrawer id={shown} onClose={() => setShown(null)} />}
    </Sheet>
  );
}
