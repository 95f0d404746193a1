import { Checkbox, Text } from '@mantine/core';

/** Whether it carries a name, and what that means: the promise, its price, and its limit. */
export function Anonymity({ whyNot, anonymous, change }: { whyNot: string | null; anonymous: boolean; change(anonymous: boolean): void }) {
  return (
    <div>
      <Checkbox
        label="Give it anonymously"
        description={whyNot ?? 'Nothing that is kept, not even in the database, says who gave it.'}
        checked={anonymous && whyNot === null}
        disabled={whyNot !== null}
        onChange={(event) => change(event.currentTarget.checked)}
      />
      {anonymous && whyNot === null && (
        <Text size="sm" c="dimmed" mt={6}>
          It is shown together with others, at the latest when a day is over and six colleagues have been here. Answers reach you, and you
          can answer back, by a receipt that only this browser keeps. What you write, and what only you know, can still give you away.
        </Text>
      )}
    </div>
  );
}
