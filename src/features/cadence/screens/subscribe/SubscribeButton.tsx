import { Button, CopyButton, Group, Modal, Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { CalendarAddress } from '#features/cadence/contract/health.ts';
import { post, remove } from '#ui/api/client.ts';
import { ago, instant } from '#ui/formats.ts';
import { Answer } from '#ui/kit/States.tsx';
import { tell, tellProblem } from '#ui/kit/toast.tsx';
import { useFocusBack } from '#ui/kit/useFocusBack.ts';
import { doing, useCalendarFeed } from '../asking.ts';

/** One's own meetings in one's own calendar: an address that other programs read. */
export function SubscribeButton() {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button variant="default" onClick={() => setOpen(true)}>
        Subscribe
      </Button>
      {open && <SubscribeDialog onClose={() => setOpen(false)} />}
    </>
  );
}

function SubscribeDialog({ onClose }: { onClose(): void }) {
  const feed = useCalendarFeed();
  const [made, setMade] = useState<CalendarAddress | null>(null);
  useFocusBack();
  const make = (): void => {
    doing(post<CalendarAddress>('/meetings/calendar', {})).then(setMade, tellProblem);
  };
  const revoke = (): void => {
    doing(remove('/meetings/calendar')).then(() => {
      setMade(null);
      tell('The address no longer works.');
    }, tellProblem);
  };
  return (
    <Modal opened onClose={onClose} title="Meetings in your calendar">
      <Stack gap="sm">
        <Text size="sm">
          Outlook, Google Calendar, Apple Calendar and others read your meetings from an address that is yours alone. Whoever has it can
          read when you meet and where.
        </Text>
        {made ? (
          <Address url={made.url} />
        ) : (
          <Answer of={feed} what="The address" lines={2}>
            {({ madeAt, readAt }) => (
              <Text size="sm" c="dimmed">
                {madeAt === null
                  ? 'There is no address yet.'
                  : `Made ${instant(madeAt)}, ${readAt ? `last read ${ago(readAt)}` : 'not read by any program yet'}. It was shown once; a new one takes its place.`}
              </Text>
            )}
          </Answer>
        )}
        <Group justify="flex-end" gap="sm">
          {(made !== null || feed.data?.madeAt) && (
            <Button variant="default" onClick={revoke}>
              Revoke it
            </Button>
          )}
          {!made && <Button onClick={make}>{feed.data?.madeAt ? 'Make a new address' : 'Make an address'}</Button>}
          {made && <Button onClick={onClose}>Done</Button>}
        </Group>
      </Stack>
    </Modal>
  );
}

function Address({ url }: { url: string }) {
  return (
    <>
      <TextInput
        label="Your address"
        description="Shown this once."
        readOnly
        value={url}
        onFocus={(event) => event.currentTarget.select()}
      />
      <Group gap="sm">
        <CopyButton value={url}>
          {({ copied, copy }) => (
            <Button variant="default" onClick={copy}>
              {copied ? 'Copied' : 'Copy'}
            </Button>
          )}
        </CopyButton>
        <Button variant="default" component="a" href={url.replace(/^https?:/, 'webcal:')}>
          Open in a calendar
        </Button>
      </Group>
    </>
  );
}
