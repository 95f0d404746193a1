import { Button, Group, Tooltip } from '@mantine/core';
import type { HandoffDetail } from '#features/handoff/contract.ts';

/** Verbs that are answered elsewhere (a rejection's page), or follow from others. */
const elsewhere = ['agree', 'mend', 'contest', 'rule'];
const main = ['claim', 'accept', 'qualify', 'restart'];
/** Steps of another stretch of the way: not shown where they can't be taken. */
const onlyWhenMay = ['claim', 'restart', 'accept'];

/** What can be done with the lead now. What can't says why; what never can from here is not shown. */
export function HandoffActions({ handoff, act }: { handoff: HandoffDetail; act(verb: string): void }) {
  const shown = handoff.can.filter(
    ({ verb, may }) => !elsewhere.includes(verb) && (may || handoff.state !== null) && (may || !onlyWhenMay.includes(verb)),
  );
  return (
    <Group gap={6} my="sm">
      {shown
        .filter(({ may }) => may)
        .map(({ verb, label }) => (
          <Button key={verb} size="compact-md" variant={main.includes(verb) ? 'filled' : 'default'} onClick={() => act(verb)}>
            {label}
          </Button>
        ))}
      <Button size="compact-md" variant="default" onClick={() => act('touch')}>
        Log a call or mail
      </Button>
      {shown
        .filter(({ may }) => !may)
        .map(({ verb, label, whyNot }) => (
          <Tooltip key={verb} label={whyNot} multiline maw={320}>
            <Button
              size="compact-md"
              variant="default"
              aria-disabled
              data-disabled
              onClick={(event) => event.preventDefault()}
              aria-description={whyNot ?? undefined}
            >
              {label}
            </Button>
          </Tooltip>
        ))}
    </Group>
  );
}
