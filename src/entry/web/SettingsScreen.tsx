import { lazy, Suspense, type ComponentType, type LazyExoticComponent } from 'react';
import { Go } from '#ui/kit/Go.tsx';
import { Page } from '#ui/kit/Page.tsx';
import { usePathParam } from '#ui/kit/search.ts';
import { Loading } from '#ui/kit/States.tsx';
import { paths, settingsParts, type SettingsPart } from '#ui/paths.ts';

/** Settings are parts of several features; they meet here. */
const parts: Record<SettingsPart, { label: string; component: LazyExoticComponent<ComponentType> }> = {
  account: {
    label: 'My account',
    component: lazy(() => import('#features/people/screens/AccountSettings.tsx').then((file) => ({ default: file.AccountSettings }))),
  },
  notices: {
    label: 'What I am told',
    component: lazy(() => import('#features/notices/screens/NoticeSettings.tsx').then((file) => ({ default: file.NoticeSettings }))),
  },
  workspace: {
    label: 'Workspace',
    component: lazy(() => import('#features/people/screens/WorkspaceSettings.tsx').then((file) => ({ default: file.WorkspaceSettings }))),
  },
  members: {
    label: 'Members',
    component: lazy(() => import('#features/people/screens/MemberSettings.tsx').then((file) => ({ default: file.MemberSettings }))),
  },
  teams: {
    label: 'Teams',
    component: lazy(() => import('#features/people/screens/TeamSettings.tsx').then((file) => ({ default: file.TeamSettings }))),
  },
  calendars: {
    label: 'Calendars and leave',
    component: lazy(() => import('#features/agreement/screens/CalendarSettings.tsx').then((file) => ({ default: file.CalendarSettings }))),
  },
  routing: {
    label: 'Routing',
    component: lazy(() => import('#features/handoff/screens/RoutingSettings.tsx').then((file) => ({ default: file.RoutingSettings }))),
  },
  fields: {
    label: 'Custom fields',
    component: lazy(() => import('#features/records/screens/FieldSettings.tsx').then((file) => ({ default: file.FieldSettings }))),
  },
  tracking: {
    label: 'Tracking and forms',
    component: lazy(() => import('#features/tracking/screens/TrackingSettings.tsx').then((file) => ({ default: file.TrackingSettings }))),
  },
  channels: {
    label: 'Mail and rooms',
    component: lazy(() =>
      import('#features/notices/screens/channels/ChannelSettings.tsx').then((file) => ({ default: file.ChannelSettings })),
    ),
  },
  tokens: {
    label: 'API tokens',
    component: lazy(() => import('#features/people/screens/TokenSettings.tsx').then((file) => ({ default: file.TokenSettings }))),
  },
  imports: {
    label: 'Imports',
    component: lazy(() => import('#features/intake/screens/MappingSettings.tsx').then((file) => ({ default: file.MappingSettings }))),
  },
  about: { label: 'About', component: lazy(() => import('#features/people/screens/About.tsx').then((file) => ({ default: file.About }))) },
};

export function SettingsScreen() {
  const param = usePathParam('part');
  const chosen = settingsParts.find((part) => part === param) ?? 'account';
  const { label, component: Part } = parts[chosen];
  return (
    <Page title={`Settings: ${label}`} heading="Settings">
      <nav aria-label="Settings" className="settings-nav">
        {settingsParts.map((part) => (
          <Go key={part} href={paths.settings(part)} className="settings-link" aria-current={part === chosen ? 'page' : undefined}>
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
