import { Button, Group } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { monthOf } from '#features/returns/contract/months.ts';
import type { AllocationKey } from '#features/returns/contract/plans.ts';
import { useRights } from '#ui/api/session.ts';
import { today } from '#ui/formats.ts';
import { Deed } from '#ui/kit/Deed.tsx';
import { Sheet } from '#ui/kit/Page.tsx';
import { useUrlSearch } from '#ui/kit/search.ts';
import { Answer, Empty } from '#ui/kit/States.tsx';
import { useKeys } from './asking.ts';
import { KeyApplied } from './KeyApplied.tsx';
import { blankKey, draftOfKey } from './keyDraft.ts';
import { KeyEditor } from './KeyEditor.tsx';
import { KeyVersions } from './KeyVersions.tsx';
import { LedgerDrawer } from './LedgerDrawer.tsx';
import { RetireKey } from './RetireKey.tsx';
import { useLedgerDrawer } from './useLedgerDrawer.ts';

type Doing = { what: 'new' } | { what: 'version' | 'retire'; key: AllocationKey } | null;

/** How shared costs are spread: each key with its versions, and what it does with a month. */
export function Keys() {
  const keys = useKeys();
  const [search, change] = useUrlSearch();
  const drawer = useLedgerDrawer();
  const whyNot = useRights().may('costs.plan') ? null : 'Allocation keys are kept by heads: a manager, an admin or the owner.';
  const [doing, setDoing] = useState<Doing>(null);
  const now = monthOf(today());
  const month = search['month'] ?? now;
  return (
    <div className="stack">
      <Sheet
        title="Allocation keys"
        actions={
          <Deed size="xs" leftSection={<IconPlus size={14} aria-hidden />} whyNot={whyNot} onClick={() => setDoing({ what: 'new' })}>
            Add a key
          </Deed>
        }
      >
        <Answer of={keys} what="The keys">
          {({ items }) =>
            items.length === 0 ? (
              <Empty title="No key yet">
                Salaries and tools serve many campaigns at once. A key says how such costs are spread over campaigns, channels, segments or
                teams: by leads, by value won, by hours or by fixed shares. The parts always add up to what was spread.
              </Empty>
            ) : (
              <>
                <p className="sheet-words">
                  They are asked in this order: of several that would spread a cost onto the same thing, the first does. Sums show it when
                  “Spread shared costs” is on.
                </p>
                {items.map((key) => (
                  <KeyCard
                    key={key.keyId}
                    allocation={key}
                    whyNot={whyNot}
                    chosen={search['key'] === key.keyId}
                    choose={() => change({ key: search['key'] === key.keyId ? null : key.keyId })}
                    version={() => setDoing({ what: 'version', key })}
                    retire={() => setDoing({ what: 'retire', key })}
                  >
                    <KeyApplied allocation={key} month={month} change={(chosen) => change({ month: chosen })} open={drawer.open} />
                  </KeyCard>
                ))}
              </>
            )
          }
        </Answer>
      </Sheet>
      {doing?.what === 'new' && <KeyEditor start={blankKey(now)} keyId={null} onClose={() => setDoing(null)} />}
      {doing?.what === 'version' && <KeyEditor start={draftOfKey(doing.key, now)} keyId={doing.key.keyId} onClose={() => setDoing(null)} />}
      {doing?.what === 'retire' && <RetireKey allocation={doing.key} onClose={() => setDoing(null)} />}
      <LedgerDrawer drawer={drawer} />
    </div>
  );
}

interface KeyCardProps {
  allocation: AllocationKey;
  whyNot: string | null;
  chosen: boolean;
  choose(): void;
  version(): void;
  retire(): void;
  children: React.ReactNode;
}

function KeyCard({ allocation, whyNot, chosen, choose, version, retire, children }: KeyCardProps) {
  const { name, inForce, sentence, versions } = allocation;
  const retired = versions[0]?.retired === true;
  return (
    <article className="key-card" aria-label={name}>
      <Group gap={8} justify="space-between" align="flex-start">
        <div className="key-words">
          <strong className="wrap-any">{name}</strong>{' '}
          <span className={`state ${inForce === null ? '' : 'state-good'}`}>
            {inForce === null ? (retired ? 'retired' : 'not yet in force') : `version ${inForce} in force`}
          </span>
          <p className="wrap-any">{sentence}</p>
        </div>
        <Group gap={6}>
          <Button size="compact-sm" variant={chosen ? 'filled' : 'default'} aria-expanded={chosen} onClick={choose}>
            {chosen ? 'Hide' : 'What it does'}
          </Button>
          <Deed size="compact-sm" variant="default" whyNot={whyNot} onClick={version}>
            New version…
          </Deed>
          <Deed size="compact-sm" variant="default" whyNot={whyNot ?? (retired ? 'It is retired already.' : null)} onClick={retire}>
            Retire…
          </Deed>
        </Group>
      </Group>
      {chosen && children}
      <KeyVersions versions={versions} />
    </article>
  );
}
