import { Button, Drawer, Text } from '@mantine/core';
import { IconArrowLeft } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import type { CostEntry } from '#features/returns/contract/ledger.ts';
import { AddCost } from './AddCost.tsx';
import { draftOfEntry } from './costDraft.ts';
import { Entries } from './Entries.tsx';
import { EntryView } from './EntryView.tsx';
import { TakeBack } from './TakeBack.tsx';
import type { LedgerDrawerState } from './useLedgerDrawer.ts';

type Doing = { what: 'takeBack' | 'anew'; entry: CostEntry } | null;

/** The entries behind a number, and one entry with all that is known of it. */
export function LedgerDrawer({ drawer }: { drawer: LedgerDrawerState }) {
  const { url, about, entryId } = drawer;
  const [doing, setDoing] = useState<Doing>(null);
  const opened = Boolean(url || entryId);
  return (
    <>
      <Drawer
        opened={opened}
        onClose={drawer.close}
        closeOnEscape={doing === null}
        position="right"
        size={entryId ? 'min(640px, 100%)' : 'min(1020px, 100%)'}
        title={entryId ? 'Cost entry' : 'Entries behind this number'}
      >
        {entryId ? (
          <Shown key={entryId}>
            {url && (
              <Button
                variant="subtle"
                size="compact-sm"
                mb="xs"
                leftSection={<IconArrowLeft size={16} aria-hidden />}
                onClick={drawer.back}
              >
                Back to the entries
              </Button>
            )}
            <EntryView
              id={entryId}
              open={drawer.openEntry}
              takeBack={(entry) => setDoing({ what: 'takeBack', entry })}
              again={(entry) => setDoing({ what: 'anew', entry })}
            />
          </Shown>
        ) : (
          url && (
            <Shown key={url}>
              {about && (
                <Text size="sm" c="dimmed" className="wrap-any">
                  {about}
                </Text>
              )}
              <Entries
                query={Object.fromEntries(new URLSearchParams(url))}
                label="Entries behind the number"
                open={drawer.openEntry}
                none="No entries behind this number"
              />
            </Shown>
          )
        )}
      </Drawer>
      {doing?.what === 'takeBack' && (
        <TakeBack entry={doing.entry} onClose={() => setDoing(null)} then={() => setDoing({ what: 'anew', entry: doing.entry })} />
      )}
      {doing?.what === 'anew' && <AddCost start={draftOfEntry(doing.entry)} onClose={() => setDoing(null)} posted={drawer.openEntry} />}
    </>
  );
}

/** What the drawer shows changes while it stays open: the keyboard is taken along. */
function Shown({ children }: { children: React.ReactNode }) {
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => place.current?.focus(), []);
  return (
    <div ref={place} tabIndex={-1} className="drawer-part" data-autofocus>
      {children}
    </div>
  );
}
