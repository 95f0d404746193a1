import { lazy, Suspense } from 'react';
import { Shell } from '#ui/shell/Shell.tsx';

const bells = () => import('#features/notices/screens/Bell.tsx');
const Bell = lazy(() => bells().then((file) => ({ default: file.Bell })));
const PhoneBell = lazy(() => bells().then((file) => ({ default: file.PhoneBell })));
const AnnouncementBanner = lazy(() =>
  import('#features/notices/screens/announcements/AnnouncementBanner.tsx').then((file) => ({ default: file.AnnouncementBanner })),
);
const AfternoonStrip = lazy(() =>
  import('#features/rollout/screens/start/AfternoonStrip.tsx').then((file) => ({ default: file.AfternoonStrip })),
);

/** The frame around every page, with what rings in it. */
export const Frame = () => (
  <Shell
    banner={
      <Suspense fallback={null}>
        <AnnouncementBanner />
        <AfternoonStrip />
      </Suspense>
    }
    bell={
      <Suspense fallback={null}>
        <Bell />
      </Suspense>
    }
    phoneBell={
      <Suspense fallback={null}>
        <PhoneBell />
      </Suspense>
    }
  />
);
