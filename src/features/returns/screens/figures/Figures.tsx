import { Group } from '@mantine/core';
import { IconSettings } from '@tabler/icons-react';
import { lazy, Suspense, useEffect, useRef } from 'react';
import { useRights } from '#ui/api/session.ts';
import { Deed } from '#ui/kit/Deed.tsx';
import { Go } from '#ui/kit/Go.tsx';
import { Page } from '#ui/kit/Page.tsx';
import { Loading } from '#ui/kit/States.tsx';
import { paths } from '#ui/paths.ts';
import { ReturnsTabs } from '../ReturnsTabs.tsx';
import { AllFigures } from './AllFigures.tsx';
import './figures.css';
import { SettingsDialog } from './SettingsDialog.tsx';
import { type FiguresScope, type PartName, partHref, parts, useFiguresScope } from './scope.ts';

/** Views with pictures bring the charts along only when they are looked at. */
const views: Record<Exclude<PartName, 'all'>, ReturnType<typeof lazy>> = {
  trend: lazy(() => import('./Trend.tsx').then(({ Trend }) => ({ default: Trend }))),
  margin: lazy(() => import('./Margin.tsx').then(({ Margin }) => ({ default: Margin }))),
  changes: lazy(() => import('./Changes.tsx').then(({ Changes }) => ({ default: Changes }))),
  next: lazy(() => import('./WhereNext.tsx').then(({ WhereNext }) => ({ default: WhereNext }))),
};

/** Every figure of return: now, by time, from spend to margin, what changed, and where the next amount goes. */
export function Figures() {
  const [scope, change, search] = useFiguresScope();
  const { part } = scope;
  const View = part === 'all' ? null : views[part];
  return (
    <Page
      title="Figures"
      actions={
        <Group gap="sm">
          <Go href={paths.scoreboard({ start: scope.start, end: scope.end })}>The funnel of this period</Go>
          <SettingsButton open={() => change({ settings: 'open' })} />
        </Group>
      }
    >
      <ReturnsTabs />
      <Views scope={scope} />
      {View ? (
        <Suspense fallback={<Loading lines={8} />}>
          <View />
        </Suspense>
      ) : (
        <AllFigures />
      )}
      {search['settings'] === 'open' && <SettingsDialog onClose={() => change({ settings: null })} />}
    </Page>
  );
}

/** The chosen one stays in sight on a phone. */
function Views({ scope }: { scope: FiguresScope }) {
  const place = useRef<HTMLElement>(null);
  useEffect(() => {
    const nav = place.current;
    const chosen = nav?.querySelector<HTMLElement>('[aria-current]');
    if (nav && chosen) nav.scrollLeft = chosen.offsetLeft - nav.offsetLeft - 40;
  }, [scope.part]);
  return (
    <nav ref={place} className="view-tabs no-print" aria-label="Views of the figures">
      {parts.map(({ part, label }) => (
        <Go key={part} href={partHref(scope, part)} className="view-tab" {...(part === scope.part && { 'aria-current': 'page' as const })}>
          {label}
        </Go>
      ))}
    </nav>
  );
}

function SettingsButton({ open }: { open(): void }) {
  const may = useRights().may('figures.set');
  return (
    <Deed
      variant="default"
      leftSection={<IconSettings size={16} aria-hidden />}
      whyNot={may ? null : 'What figures rest on is set by heads: a manager, an admin or the owner.'}
      onClick={open}
    >
      Gross margin…
    </Deed>
  );
}
