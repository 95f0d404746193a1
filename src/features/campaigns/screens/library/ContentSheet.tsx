import { Button, Text } from '@mantine/core';
import { useState } from 'react';
import type { ContentUse } from '#features/campaigns/contract/content-uses.ts';
import { post } from '#ui/api/client.ts';
import { useRights } from '#ui/api/session.ts';
import { ago } from '#ui/formats.ts';
import { Go } from '#ui/kit/Go.tsx';
import { Sheet } from '#ui/kit/Page.tsx';
import { Answer } from '#ui/kit/States.tsx';
import { tell, tellProblem } from '#ui/kit/toast.tsx';
import { paths } from '#ui/paths.ts';
import { keeping, type Subject, useUsesOf } from './asking.ts';
import { SendContent } from './SendContent.tsx';
import { openedTold, wayWords } from './useWords.ts';
import './library.css';

/** On the page of a lead or deal: what was sent or shown to the customer, and whether it was opened. */
export function ContentSheet({ subject }: { subject: Subject }) {
  const [sending, setSending] = useState(false);
  const uses = useUsesOf(subject);
  const mayUse = useRights().may('library.use');
  return (
    <Sheet
      title="Content"
      actions={
        mayUse && (
          <Button size="compact-sm" variant="default" onClick={() => setSending(true)}>
            Send or show
          </Button>
        )
      }
    >
      <Answer of={uses} what="Content" lines={2}>
        {({ pages }) => {
          const items = pages.flatMap((page) => page.items);
          if (items.length === 0)
            return (
              <p className="sheet-body dim" style={{ margin: 0 }}>
                Nothing was sent or shown yet.
              </p>
            );
          return (
            <>
              <ul className="use-list">
                {items.map((use) => (
                  <UseLine key={use.id} use={use} />
                ))}
              </ul>
              {uses.hasNextPage && (
                <Button
                  variant="subtle"
                  size="compact-sm"
                  m="xs"
                  loading={uses.isFetchingNextPage}
                  onClick={() => void uses.fetchNextPage()}
                >
                  Show more
                </Button>
              )}
            </>
          );
        }}
      </Answer>
      {sending && <SendContent subject={subject} onClose={() => setSending(false)} />}
    </Sheet>
  );
}

function UseLine({ use }: { use: ContentUse }) {
  const close = (): void => {
    keeping(post(`/content-uses/${use.id}/closing`)).then(() => tell('The link is closed: it leads nowhere any more.'), tellProblem);
  };
  return (
    <li>
      <div style={{ flex: 1, minWidth: 0 }}>
        <Go href={paths.asset(use.asset.id)} className="go wrap-any">
          {use.asset.name}
        </Go>
        <Text size="xs" c="dimmed">
          {wayWords[use.way]} by {use.member.name} {ago(use.usedAt)}, version {use.version.number}
          {use.note && ` · ${use.note}`}
        </Text>
      </div>
      <div className="use-opened">
        {use.way === 'link' && (
          <span className={use.opens > 0 ? 'good' : 'dim'}>
            {use.opens > 0 ? `Opened ${openedTold(use)}` : `Opened ${openedTold(use)}`}
          </span>
        )}
        {use.mayNotRevoke === null && (
          <button type="button" className="as-link small-print" aria-label={`Close the link to “${use.asset.name}”`} onClick={close}>
            Close the link
          </button>
        )}
      </div>
    </li>
  );
}
