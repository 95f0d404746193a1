import { Text } from '@mantine/core';
import { IconCheck, IconX } from '@tabler/icons-react';
import type { HandoffDetail } from '#features/handoff/contract.ts';
import { touchTitle } from '#features/records/contract/wording.ts';
import { capitalised, instant } from '#ui/formats.ts';
import { Go } from '#ui/kit/Go.tsx';
import { Sheet } from '#ui/kit/Page.tsx';
import { paths } from '#ui/paths.ts';

/** Why marketing passed it, and what the lead saw before. */
export function HandoffContext({ handoff }: { handoff: HandoffDetail }) {
  return (
    <>
      <Judgement judgement={handoff.judgement} />
      <Seen seen={handoff.seen} />
    </>
  );
}

function Judgement({ judgement }: Pick<HandoffDetail, 'judgement'>) {
  return (
    <Sheet title="Why it qualified" padded>
      {judgement ? (
        <>
          <ul className="checks" aria-label="Clauses of the definition">
            {judgement.clauses.map(({ path, sentence, met }) => (
              <li key={path}>
                {met ? <IconCheck size={16} className="good" aria-label="met" /> : <IconX size={16} className="bad" aria-label="not met" />}
                <span className="wrap-any">{capitalised(sentence)}</span>
              </li>
            ))}
          </ul>
          <Text size="xs" c="dimmed" mt={6}>
            By <Go href={paths.definition('mql', { version: judgement.versionId })}>MQL, version {judgement.number}</Go>, judged{' '}
            {instant(judgement.at)}
          </Text>
        </>
      ) : (
        <Text size="sm" c="dimmed">
          No signed definition judged it; its source says that it is an MQL.
        </Text>
      )}
    </Sheet>
  );
}

function Seen({ seen }: Pick<HandoffDetail, 'seen'>) {
  return (
    <Sheet title="What it saw and did before" padded>
      {seen.length === 0 ? (
        <Text size="sm" c="dimmed">
          Nothing is on record.
        </Text>
      ) : (
        <ul className="seen">
          {seen.map((touch, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: touches of one moment have nothing else to tell them apart
            <li key={at}>
              <time dateTime={touch.at}>{instant(touch.at)}</time>
              <span className="wrap-any">{whatItWas(touch).join(' · ')}</span>
            </li>
          ))}
        </ul>
      )}
    </Sheet>
  );
}

/** An e-mail by e-mail is an e-mail. */
function whatItWas({ kind, subject, campaign, channel }: HandoffDetail['seen'][number]): string[] {
  const title = touchTitle(kind, null);
  const same = (text: string): boolean => text.replace('-', '').toLowerCase() === title.replace('-', '').toLowerCase();
  return [title, subject, campaign, channel && same(channel) ? null : channel].filter((text) => text !== null && text !== '') as string[];
}
