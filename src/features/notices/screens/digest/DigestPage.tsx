import type { OwnDigest } from '#features/notices/contract/digest.ts';
import { instant } from '#ui/formats.ts';
import { Go } from '#ui/kit/Go.tsx';
import { Page, Sheet } from '#ui/kit/Page.tsx';
import { Answer, Empty } from '#ui/kit/States.tsx';
import { paths } from '#ui/paths.ts';
import { NoticesTabs } from '../NoticesTabs.tsx';
import { useDigest } from './asking.ts';
import { DigestTimes } from './DigestTimes.tsx';
import { MessageView } from './MessageView.tsx';

/** When I have my digest, and what it would say now. */
export function DigestPage() {
  const digest = useDigest();
  return (
    <Page title="Digest">
      <NoticesTabs />
      <Answer of={digest} what="Your digest" lines={10}>
        {(own) => (
          <div className="stack">
            <p className="notices-first">{comesWhen(own)}</p>
            {own.whyNoMail && <div className="notice">{own.whyNoMail} Until then it is read here only.</div>}
            <DigestTimes own={own} />
            <Sheet title="What it would say now" padded>
              {own.message ? (
                <MessageView message={own.message} />
              ) : (
                <Empty title="Nothing to tell">
                  Nothing is yours to move, everything is read, and what was agreed is kept. With nothing to tell, none is sent.
                </Empty>
              )}
            </Sheet>
            <p className="dim small-print">
              Notices that you chose to have “with the digest” come with it: <Go href={paths.settings('notices')}>what you are told of</Go>.
            </p>
          </div>
        )}
      </Answer>
    </Page>
  );
}

const comesWhen = ({ nextAt, whyNoMail }: OwnDigest): string => {
  if (nextAt === null) return 'You chose to have no digest. What it would say is here at any time.';
  return whyNoMail ? 'Your digest is here at any time.' : `Your next digest comes by mail ${instant(nextAt)}, outside your quiet hours.`;
};
