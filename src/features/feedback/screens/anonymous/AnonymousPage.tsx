import { Button, Text } from '@mantine/core';
import { useRouterState } from '@tanstack/react-router';
import { useMe } from '#ui/api/session.ts';
import { today } from '#ui/formats.ts';
import { useGo } from '#ui/kit/Go.tsx';
import { Page } from '#ui/kit/Page.tsx';
import { Empty } from '#ui/kit/States.tsx';
import { paths } from '#ui/paths.ts';
import { FeedbackTabs } from '../FeedbackTabs.tsx';
import { isReceipt, keepReceipt, useReceipts } from '../receipts.ts';
import { AnonymousThread } from './AnonymousThread.tsx';

/** What I gave anonymously, as far as this browser knows; or the one whose link was opened. */
export function AnonymousPage() {
  const me = useMe();
  const own = { workspaceId: me.workspace.id, memberId: me.member.id };
  const kept = useReceipts(own);
  const hash = useRouterState({ select: (state) => state.location.hash }).replace(/^#/, '');
  const linked = isReceipt(hash) && !kept.some(({ receipt }) => receipt === hash) ? hash : null;
  return (
    <Page title="Mine, anonymous" narrow>
      <FeedbackTabs />
      <Text className="feedback-first">
        Only this browser knows that these are yours. Answers reach you here; what you answer is shown together with others, without your
        name.
      </Text>
      <div className="stack">
        {linked && (
          <Linked receipt={linked} keep={() => keepReceipt({ ...own, receipt: linked, about: 'Anonymous feedback', on: today() })} />
        )}
        {kept.map(({ receipt, about, on }) => (
          <AnonymousThread key={receipt} receipt={receipt} about={about} on={on} />
        ))}
        {kept.length === 0 && !linked && (
          <Empty title="Nothing given anonymously from this browser">
            Open a lead, a campaign or a piece of content, choose “Give feedback” and “Give it anonymously”. To read it here after giving it
            elsewhere, open the link you kept.
          </Empty>
        )}
      </div>
    </Page>
  );
}

function Linked({ receipt, keep }: { receipt: string; keep(): void }) {
  const go = useGo();
  return (
    <div>
      <AnonymousThread receipt={receipt} />
      <Button
        size="compact-sm"
        variant="default"
        mt={8}
        onClick={() => {
          keep();
          go(paths.anonymousFeedback(), { replace: true });
        }}
      >
        Keep it in this browser
      </Button>
    </div>
  );
}
