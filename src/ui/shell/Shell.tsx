import { Outlet, useRouterState } from '@tanstack/react-router';
import { lazy, type ReactNode, Suspense, useEffect, useState } from 'react';
import { useLive } from '#ui/api/live.ts';
import { useMaybeMe } from '#ui/api/session.ts';
import { showTimesIn } from '#ui/formats.ts';
import { useGo } from '#ui/kit/Go.tsx';
import { useKeys } from '#ui/kit/keys.ts';
import { Loading, Wrong } from '#ui/kit/States.tsx';
import { Problem } from '#ui/api/client.ts';
import { paths } from '#ui/paths.ts';
import { ConnectionBanner } from './ConnectionBanner.tsx';
import { destinations } from './destinations.ts';
import { BottomBar } from './BottomBar.tsx';
import { Rail } from './Rail.tsx';

const Palette = lazy(() => import('./Palette.tsx').then(({ Palette: component }) => ({ default: component })));
const KeysHelp = lazy(() => import('./KeysHelp.tsx').then(({ KeysHelp: component }) => ({ default: component })));

/** What of features stands in the frame: given by who joins the pages. */
export interface FrameParts {
  /** Below the connection's banner, above everything. */
  readonly banner?: ReactNode;
  /** In the rail. */
  readonly bell?: ReactNode;
  /** In the bar of a phone. */
  readonly phoneBell?: ReactNode;
}

/** Everything a signed-in member sees: rail, page, keys, live changes. Sends others to where they belong. */
export function Shell(parts: FrameParts) {
  const me = useMaybeMe();
  const go = useGo();
  const here = useRouterState({ select: (state) => state.location.href });
  const signedOut = me.error instanceof Problem && me.error.status === 401;
  const homeless = Boolean(me.data) && !(me.data?.workspace && me.data.member);
  useEffect(() => {
    if (here.startsWith(paths.signIn()) || here.startsWith(paths.welcome())) return;
    if (signedOut) go(paths.signIn(here === '/' ? undefined : here), { replace: true });
    else if (homeless) go(paths.welcome(), { replace: true });
  }, [signedOut, homeless, go, here]);
  if (me.data && !homeless) {
    showTimesIn(me.data.workspace?.timeZone);
    return <Inside {...parts} />;
  }
  if (me.error && !signedOut) return <Wrong error={me.error} retry={() => void me.refetch()} what="Accord" />;
  return <Loading />;
}

function Inside({ banner, bell, phoneBell }: FrameParts) {
  const [open, setOpen] = useState<'palette' | 'keys' | null>(null);
  const go = useGo();
  useLive();
  useKeys({
    'mod+k': () => setOpen('palette'),
    '?': () => setOpen('keys'),
    '/': () => {
      const field = document.querySelector<HTMLInputElement>('[data-search]');
      if (field && field.offsetParent !== null) field.focus();
      else setOpen('palette');
    },
    ...Object.fromEntries(destinations.map(({ key, href }) => [`g ${key}`, () => go(href)])),
  });
  return (
    <div className="shell">
      <div className="shell-banner">
        <a className="skip" href="#content" onClick={skipToContent}>
          Skip to content
        </a>
        <ConnectionBanner />
        {banner}
      </div>
      <Rail onSearch={() => setOpen('palette')} onKeys={() => setOpen('keys')} bell={bell} />
      <div className="main">
        <Suspense fallback={<Loading />}>
          <Outlet />
        </Suspense>
      </div>
      <BottomBar onSearch={() => setOpen('palette')} bell={phoneBell} />
      <Suspense fallback={null}>
        {open === 'palette' && <Palette onClose={() => setOpen(null)} />}
        {open === 'keys' && <KeysHelp onClose={() => setOpen(null)} />}
      </Suspense>
    </div>
  );
}

function skipToContent(event: { preventDefault(): void }): void {
  event.preventDefault();
  document.getElementById('content')?.focus();
}
