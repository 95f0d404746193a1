import { lazy, Suspense, type ComponentType, type LazyExoticComponent } from 'react';
import { PageTabs } from '#ui/kit/PageTabs.tsx';
import { useUrlSearch } from '#ui/kit/search.ts';
import { Loading } from '#ui/kit/States.tsx';
import { paths } from '#ui/paths.ts';
import { Arrived } from './Arrived.tsx';

const parts: Record<string, { label: string; component: ComponentType | LazyExoticComponent<ComponentType> }> = {
  arrived: { label: 'What arrived', component: Arrived },
  sites: { label: 'Sites', component: lazy(() => import('./Sites.tsx').then((file) => ({ default: file.Sites }))) },
  forms: { label: 'Forms', component: lazy(() => import('./Forms.tsx').then((file) => ({ default: file.Forms }))) },
  hooks: { label: 'Webhooks', component: lazy(() => import('./Hooks.tsx').then((file) => ({ default: file.Hooks }))) },
  submissions: { label: 'Submissions', component: lazy(() => import('./Submissions.tsx').then((file) => ({ default: file.Submissions }))) },
};

/** Sites, forms and inbound hooks, and what they bring. */
export function TrackingSettings() {
  const [search] = useUrlSearch();
  const chosen = search['part'] !== undefined && search['part'] in parts ? search['part'] : 'arrived';
  const { component: Part } = parts[chosen]!;
  const tabs = Object.entries(parts).map(([part, { label }]) => ({
    label,
    href: paths.tracking({ part: part === 'arrived' ? null : part }),
    isAt: () => part === chosen,
  }));
  return (
    <div className="stack">
      <PageTabs label="Tracking" tabs={tabs} />
      <Suspense fallback={<Loading />}>
        <Part />
      </Suspense>
    </div>
  );
}
