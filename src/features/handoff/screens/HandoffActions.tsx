import { Button, Group, Text } from '@mantine/core';
import { leadCan } from '#engine/handoff/states.ts';
import type { HandoffDetail } from '#features/handoff/contract.ts';
import { Deed } from '#ui/kit/Deed.tsx';

type Verb = HandoffDetail['can'][number];

/** Answered on the rejection itself. */
const elsewhere: readonly string[] = ['agree', 'mend', 'contest', 'rule'];
const main: readonly string[] = ['claim', 'accept', 'qualify', 'restart'];

/** What can be done with a lead from where it stands: what this person can't says why, what nobody can is not shown. */
export function HandoffActions({ handoff, act }: { handoff: HandoffDetail; act(verb: string): void }) {
  const { state } = handoff;
  const open = handoff.can.filter(
    ({ verb, may }) => !elsewhere.includes(verb) && (may || (state !== null && leadCan[verb].from.includes(state))),
  );
  const mains = open.filter(({ verb, may }) => may && main.includes(verb));
  const others = open.filter((each) => !mains.includes(each));
  const why = sharedReason(others);
  return (
    <>
      <Group gap={6} my="sm">
        {mains.map(({ verb, label }) => (
          <Button key={verb} size="compact-md" onClick={() => act(verb)}>
            {label}
          </Button>
        ))}
        <Button size="compact-md" variant="default" onClick={() => act('touch')}>
          Log a call or mail
        </Button>
        {why === null &&
          others.map(({ verb, label, whyNot }) => (
            <Deed key={verb} size="compact-md" variant="default" whyNot={whyNot} onClick={() => act(verb)}>
              {label}
            </Deed>
          ))}
      </Group>
      {why && (
        <Text size="sm" c="dimmed" mb="sm">
          {why}
        </Text>
      )}
    </>
  );
}

/** Where this person may do nothing, and always for the same reason, it is said once. */
function sharedReason(verbs: readonly Verb[]): string | null {
  const [first] = verbs;
  return first && verbs.every(({ may, whyNot }) => !may && whyNot === first.whyNot) ? first.whyNot : null;
}
