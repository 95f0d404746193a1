import { Text } from '@mantine/core';
import { IconCheck, IconX } from '@tabler/icons-react';
import type { HandoffDetail } from '#features/handoff/contract.ts';
import { capitalised, instant } from '#ui/formats.ts';
import { Go } from '#ui/kit/Go.tsx';
import { Sheet } from '#ui/kit/Page.tsx';
import { paths } from '#ui/paths.ts';

/** Why marketing passed it, and what the lead saw before. */
export function HandoffContext({ handoff }: { handoff: HandoffDetail }) {
  const { judgement, seen } = handoff;
  return (
    <Sheet
      title="Why it qualified"
      actions={
        judgement && (
          <Text size="xs" c="dimmed">
            <Go href={paths.definition('mql', { version: judgement.versionId })}>MQL, version {judgement.number}</Go>, judged{' '}
            {instant(judgement.at)}
          </Text>
        )
      }
      padded
    >
      {judgement ? (
        <ul className="checks" aria-label="Clauses of the definition">
          {judgement.clauses.map(({ path, sentence, met }) => (
            <li key={path}>
              {met ? <IconCheck size={16} className="good" aria-label="met" /> : <IconX size={16} className="bad" aria-label="not met" />}
              <span>{capitalised(sentence)}</span>
            </li>
          ))}
        </ul>
      ) : (
        <Text size="sm" c="dimmed">
          No signed definition judged it; its source says that it is an MQL.
        </Text>
      )}
      <Text size="sm" fw={600} mt="sm" mb={4}>
        What it saw and did before
      </Text>
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
              <span className="wrap-any">
                {capitalised(touch.kind.replace('_', ' '))}
                {[touch.subject, touch.campaign, touch.channel].filter(Boolean).map((text) => ` · ${text}`)}
              </span>
            </li>
          ))}
        </ul>
      )}
    </Sheet>
  );
}
