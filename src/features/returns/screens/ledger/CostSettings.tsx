import { lazy, Suspense, type ComponentType, type LazyExoticComponent } from 'react';
import { Go } from '#ui/kit/Go.tsx';
import { Page } from '#ui/kit/Page.tsx';
import { usePathParam } from '#ui/kit/search.ts';
import { Loading } from '#ui/kit/States.tsx';
import { paths, costSettingsParts, type CostSettingsPart } from '#ui/paths.ts';
import { ReturnsTabs } from '../ReturnsTabs.tsx';
import './ledger.css';

const parts: Record<CostSettingsPart, { label: string; component: LazyExoticComponent<ComponentType> }> = {
  recurring: { label: 'Recurring costs', component: lazy(() => import('./Recurring.tsx').then((file) => ({ default: file.Recurring }))) },
  rates: { label: 'Exchange rates', component: lazy(() => import('./Rates.tsx').then((file) => ({ default: file.Rates }))) },
  keys: { label: 'Allocation keys', component: lazy(() => import('./Keys.tsx').then((file) => ({ default: file.Keys }))) },
};

/** What the ledger works by: costs that come again, rates of currencies, keys for shared costs. */
export function CostSettings() {
  const param = usePathParam('part');
  const chosen = costSettingsParts.find((part) => part === param) ?? 'recurring';
  const { label, component: Part } = parts[chosen];
  return (
    <Page title={label} actions={<Go href={paths.costs()}>To the costs</Go>}>
      <ReturnsTabs />
      <nav aria-label="Settings of the ledger" className="settings-nav">
        {costSettingsParts.map((part) => (
          <Go key={part} href={paths.costSettings(part)} className="settings-link" aria-current={part === chosen ? 'page' : undefined}>
            {parts[part].label}
          </Go>
        ))}
      </nav>
      <Suspense fallback={<Loading />}>
        <Part />
      </Suspense>
    </Page>
  );
}
