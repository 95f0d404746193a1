import { Group } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import type { Site } from '#features/tracking/contract/sites.ts';
import { patch, post } from '#ui/api/client.ts';
import { ago, count, plural } from '#ui/formats.ts';
import { Deed } from '#ui/kit/Deed.tsx';
import { Go } from '#ui/kit/Go.tsx';
import { Sheet } from '#ui/kit/Page.tsx';
import { Answer, Empty } from '#ui/kit/States.tsx';
import { tellProblem, tellUndoable } from '#ui/kit/toast.tsx';
import { paths } from '#ui/paths.ts';
import { CopyLine } from './CopyLine.tsx';
import { RenewDialog } from './RenewDialog.tsx';
import { SecretDialog } from './SecretDialog.tsx';
import { SiteDialog } from './SiteDialog.tsx';
import { askTrackingAgain, useSites, useWhyNotKeep } from './useTracking.ts';

/** The company’s sites: domains, and the snippet for the head of every page. */
export function Sites() {
  const sites = useSites();
  const whyNot = useWhyNotKeep();
  const [editing, setEditing] = useState<Site | 'new' | null>(null);
  const add = (
    <Deed size="xs" leftSection={<IconPlus size={14} aria-hidden />} whyNot={whyNot} onClick={() => setEditing('new')}>
      Add a site
    </Deed>
  );
  return (
    <div className="stack">
      <Answer of={sites} what="The sites">
        {({ items }) =>
          items.length === 0 ? (
            <Sheet title="Sites" actions={add}>
              <Empty title="No site yet">
                Name the domains of your pages and put one line into each page. It loads after everything else and weighs 2 kB.
              </Empty>
            </Sheet>
          ) : (
            <>
              <Group justify="space-between">
                <span>{plural(items.filter(({ archivedAt }) => !archivedAt).length, 'site')} open</span>
                {add}
              </Group>
              {items.map((site) => (
                <SiteSheet key={site.id} site={site} whyNot={whyNot} edit={() => setEditing(site)} />
              ))}
            </>
          )
        }
      </Answer>
      {editing && <SiteDialog site={editing === 'new' ? null : editing} onClose={() => setEditing(null)} />}
    </div>
  );
}

function SiteSheet({ site, whyNot, edit }: { site: Site; whyNot: string | null; edit(): void }) {
  const [secret, setSecret] = useState<string | null>(null);
  const [renewing, setRenewing] = useState(false);
  const path = `/tracking/sites/${site.id}/identity-secret`;
  const first = (): Promise<void> => post<{ secret: string }>(path).then((made) => setSecret(made.secret), tellProblem);
  const buttons = (
    <Group gap="xs">
      <Deed size="compact-sm" variant="default" whyNot={whyNot} onClick={edit}>
        Change…
      </Deed>
      <Deed size="compact-sm" variant="default" whyNot={whyNot} onClick={() => void archive(site)}>
        {site.archivedAt ? 'Open again' : 'Close'}
      </Deed>
    </Group>
  );
  return (
    <Sheet title={site.name} actions={buttons} padded>
      <p style={{ marginTop: 0 }} className="wrap-any">
        {site.domains.join(', ')} · {told(site)}
        {site.refused > 0 && (
          <>
            , <Go href={paths.tracking({ site: site.id })}>{count(site.refused)} refused</Go>
          </>
        )}
      </p>
      {site.archivedAt ? (
        <div className="notice">Closed: events from its pages are refused.</div>
      ) : (
        <>
          <CopyLine value={site.snippet} label={`Snippet for ${site.name}`} />
          <p className="dim small-print">For the head of every page. {consentWords[site.consent]}</p>
          <Group gap="xs">
            <Deed size="compact-sm" variant="subtle" whyNot={whyNot} onClick={() => (site.canIdentify ? setRenewing(true) : void first())}>
              {site.canIdentify ? 'New secret for signed identities…' : 'Let this site say who is signed in…'}
            </Deed>
          </Group>
        </>
      )}
      {renewing && <RenewDialog of={site.name} path={path} onMade={setSecret} onClose={() => setRenewing(false)} />}
      {secret && (
        <SecretDialog title={`Secret of ${site.name}`} secret={secret} onClose={() => setSecret(null)}>
          Your server signs the e-mail address of who is signed in with it, and the page calls <code>accord('identify', token)</code>. A
          secret made before holds no longer. See docs/operate/tracking.md.
        </SecretDialog>
      )}
    </Sheet>
  );
}

const consentWords = {
  call: "A cookie is kept only after the page calls accord('consent', true).",
  mode: "A cookie is kept only after a consent-mode call grants analytics_storage, or the page calls accord('consent', true).",
} as const;

const told = ({ lastEventAt, events }: Site): string =>
  lastEventAt ? `${plural(events, 'page view')} in seven days, the last ${ago(lastEventAt)}` : 'nothing came yet';

async function archive(site: Site): Promise<void> {
  const set = (archived: boolean): Promise<void> => patch(`/tracking/sites/${site.id}`, { archived }).then(askTrackingAgain);
  await set(site.archivedAt === null).then(
    () => tellUndoable(site.archivedAt ? `${site.name} is open again.` : `${site.name} is closed.`, () => set(site.archivedAt !== null)),
    tellProblem,
  );
}
