import { Group } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import type { Hook } from '#features/tracking/contract/hooks.ts';
import { patch } from '#ui/api/client.ts';
import { ago, count, plural } from '#ui/formats.ts';
import { Deed } from '#ui/kit/Deed.tsx';
import { Go } from '#ui/kit/Go.tsx';
import { Sheet } from '#ui/kit/Page.tsx';
import { Answer, Empty } from '#ui/kit/States.tsx';
import { tellProblem, tellUndoable } from '#ui/kit/toast.tsx';
import { paths } from '#ui/paths.ts';
import { CopyLine } from './CopyLine.tsx';
import { HookDialog, type MadeHook } from './HookDialog.tsx';
import { HookMapping } from './HookMapping.tsx';
import { RenewDialog } from './RenewDialog.tsx';
import { SecretDialog } from './SecretDialog.tsx';
import { askTrackingAgain, useHooks, useWhyNotKeep } from './useTracking.ts';

/** Forms of others: where they send to, how they prove themselves, and what of a body is what. */
export function Hooks() {
  const hooks = useHooks();
  const whyNot = useWhyNotKeep();
  const [adding, setAdding] = useState(false);
  const [made, setMade] = useState<MadeHook | null>(null);
  const add = (
    <Deed size="xs" leftSection={<IconPlus size={14} aria-hidden />} whyNot={whyNot} onClick={() => setAdding(true)}>
      Add a webhook
    </Deed>
  );
  return (
    <div className="stack">
      <Answer of={hooks} what="The webhooks">
        {({ items }) =>
          items.length === 0 ? (
            <Sheet title="Webhooks" actions={add}>
              <Empty title="No webhook yet">
                Where another system holds your forms, it can send what people fill in to an address here. The first one it sends is kept as
                the sample, from which you say which part is the e-mail, which the company.
              </Empty>
            </Sheet>
          ) : (
            <>
              <Group justify="space-between">
                <span>{plural(items.filter(({ archivedAt }) => !archivedAt).length, 'webhook')} open</span>
                {add}
              </Group>
              {items.map((hook) => (
                <HookSheet key={hook.id} hook={hook} whyNot={whyNot} onSecret={setMade} />
              ))}
            </>
          )
        }
      </Answer>
      {adding && <HookDialog onMade={setMade} onClose={() => setAdding(false)} />}
      {made && (
        <SecretDialog title="Where it sends to, and its secret" secret={made.secret} url={made.url} onClose={() => setMade(null)}>
          {made.proof === 'signature' ? (
            <>
              The sender signs each body: header <code>Accord-Signature: t=seconds,v1=HMAC-SHA256</code> over <code>seconds.body</code> with
              this secret.
            </>
          ) : (
            <>
              The sender sends it along: as the header <code>Accord-Secret</code>, or as <code>?secret=</code> in the address.
            </>
          )}
        </SecretDialog>
      )}
    </div>
  );
}

function HookSheet({ hook, whyNot, onSecret }: { hook: Hook; whyNot: string | null; onSecret(made: MadeHook): void }) {
  const change = (changes: object): Promise<void> => patch(`/tracking/hooks/${hook.id}`, changes).then(askTrackingAgain, tellProblem);
  const [renewing, setRenewing] = useState(false);
  const buttons = (
    <Group gap="xs">
      {!hook.archivedAt && (
        <Deed
          size="compact-sm"
          variant={hook.active ? 'default' : 'filled'}
          whyNot={whyNot ?? (hook.active ? null : hook.can.activate)}
          onClick={() => void change({ active: !hook.active })}
        >
          {hook.active ? 'Pause' : 'Activate'}
        </Deed>
      )}
      <Deed size="compact-sm" variant="default" whyNot={whyNot} onClick={() => setRenewing(true)}>
        New secret…
      </Deed>
      <Deed size="compact-sm" variant="default" whyNot={whyNot} onClick={() => void archive(hook)}>
        {hook.archivedAt ? 'Open again' : 'Close'}
      </Deed>
    </Group>
  );
  return (
    <Sheet title={hook.name} actions={buttons} padded>
      <p style={{ marginTop: 0 }} className="wrap-any">
        {hook.active ? 'What comes becomes leads. ' : 'Not active: what comes is kept as the sample only. '}
        {hook.submissions > 0 && (
          <>
            <Go href={paths.tracking({ part: 'submissions', source: hook.id })}>{plural(hook.submissions, 'submission')}</Go>
            {hook.lastAt && `, the last ${ago(hook.lastAt)}`}
            {hook.failed > 0 && (
              <>
                , <Go href={paths.tracking({ part: 'submissions', source: hook.id, state: 'failed' })}>{count(hook.failed)} to mend</Go>
              </>
            )}
            .{' '}
          </>
        )}
        {hook.refused > 0 && `${count(hook.refused)} refused. `}
        {hook.campaign && `Campaign: ${hook.campaign.name}.`}
      </p>
      {hook.archivedAt ? (
        <div className="notice">Closed: what comes is refused.</div>
      ) : (
        <div className="stack" style={{ gap: 12 }}>
          <CopyLine value={hook.url} label={`Address of ${hook.name}`} />
          <HookMapping key={`${hook.id} ${hook.sample?.at ?? ''}`} hook={hook} whyNot={whyNot} />
        </div>
      )}
      {renewing && (
        <RenewDialog
          of={hook.name}
          path={`/tracking/hooks/${hook.id}/secret`}
          onMade={(secret) => onSecret({ url: hook.url, secret, proof: hook.proof })}
          onClose={() => setRenewing(false)}
        />
      )}
    </Sheet>
  );
}

async function archive(hook: Hook): Promise<void> {
  const set = (archived: boolean): Promise<void> => patch(`/tracking/hooks/${hook.id}`, { archived }).then(askTrackingAgain);
  await set(hook.archivedAt === null).then(
    () => tellUndoable(hook.archivedAt ? `${hook.name} is open again.` : `${hook.name} is closed.`, () => set(hook.archivedAt !== null)),
    tellProblem,
  );
}
