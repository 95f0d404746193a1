import { Button, CopyButton, Group } from '@mantine/core';
import type { ReceiptThread } from '#features/feedback/contract/receipts.ts';
import { Problem } from '#ui/api/client.ts';
import { day } from '#ui/formats.ts';
import { Go } from '#ui/kit/Go.tsx';
import { Sheet } from '#ui/kit/Page.tsx';
import { Answer } from '#ui/kit/States.tsx';
import { FeedbackText } from '../FeedbackText.tsx';
import { receiptLink } from '../give/KeepReceipt.tsx';
import { forgetReceipt } from '../receipts.ts';
import { Thread } from '../Thread.tsx';
import { stateMark, subjectHref, toWhom } from '../words.ts';
import { useReceiptThread } from './asking.ts';
import { ReceiptDeeds } from './ReceiptDeeds.tsx';

/** One’s own anonymous feedback, read by its receipt. */
export function AnonymousThread({ receipt, about, on }: { receipt: string; about?: string; on?: string }) {
  const thread = useReceiptThread(receipt);
  if (thread.error instanceof Problem && thread.error.status === 404 && !thread.data) return <NotThere receipt={receipt} about={about} />;
  const title = thread.data?.feedback?.subject.name ?? about ?? 'Anonymous feedback';
  return (
    <Sheet title={title} actions={<CopyLink receipt={receipt} />} padded>
      <Answer of={thread} what="Your anonymous feedback" lines={4}>
        {(known) => <Known known={known} receipt={receipt} on={on} />}
      </Answer>
    </Sheet>
  );
}

function Known({ known, receipt, on }: { known: ReceiptThread; receipt: string; on: string | undefined }) {
  const { feedback, waiting } = known;
  return (
    <>
      {feedback ? (
        <>
          <p style={{ margin: 0 }}>
            <strong className={stateMark(feedback).look}>{stateMark(feedback).words}</strong>{' '}
            <span className="dim">
              to {toWhom(feedback)}, shown {day(feedback.givenOn)}, about{' '}
              <Go href={subjectHref(feedback.subject)}>{feedback.subject.name}</Go>
            </span>
          </p>
          <FeedbackText item={feedback} />
          <h3 className="feedback-part" style={{ marginTop: 12 }}>
            What was said
          </h3>
          <Thread entries={feedback.thread} />
        </>
      ) : (
        <p style={{ marginTop: 0 }}>It waits to be shown together with others{on ? `, since ${day(on)}` : ''}. Nobody has read it yet.</p>
      )}
      {waiting.length > 0 && (
        <ul className="dim small-print" aria-label="Waiting to be shown">
          {waiting.map(({ verb, text }, at) => (
            <li key={at} className="wrap-any">
              {waits[verb]}
              {text && `: ${text}`}
            </li>
          ))}
        </ul>
      )}
      <ReceiptDeeds known={known} receipt={receipt} />
    </>
  );
}

const waits: Readonly<Record<ReceiptThread['waiting'][number]['verb'], string>> = {
  give: 'Waits to be shown',
  say: 'You wrote, waits to be shown',
  confirm: 'You say it is settled, waits to be shown',
  reopen: 'You say it is not settled, waits to be shown',
  withdraw: 'You took it back, as of the next hour',
};

function CopyLink({ receipt }: { receipt: string }) {
  return (
    <CopyButton value={receiptLink(receipt)}>
      {({ copied, copy }) => (
        <Button size="compact-sm" variant="default" onClick={copy}>
          {copied ? 'Copied' : 'Copy its link'}
        </Button>
      )}
    </CopyButton>
  );
}

/** Taken back before it was shown, or of another workspace. */
function NotThere({ receipt, about }: { receipt: string; about: string | undefined }) {
  return (
    <Sheet title={about ?? 'Anonymous feedback'} padded>
      <Group justify="space-between" gap="sm">
        <span className="dim">There is nothing behind this receipt here: it was taken back, or belongs to another workspace.</span>
        <Button size="compact-sm" variant="default" onClick={() => forgetReceipt(receipt)}>
          Forget it
        </Button>
      </Group>
    </Sheet>
  );
}
