import { useRouterState } from '@tanstack/react-router';
import { day } from '#ui/formats.ts';
import { Go } from '#ui/kit/Go.tsx';
import { paths } from '#ui/paths.ts';
import { useToAcknowledge } from '../asking.ts';
import '../notices.css';

/** Above every page, for as long as something waits to be acknowledged: the oldest of it, and how many more. */
export function AnnouncementBanner() {
  const { data } = useToAcknowledge();
  const pathname = useRouterState({ select: (state) => state.location.pathname });
  const [first, ...more] = data?.items ?? [];
  if (!first || pathname === paths.announcements()) return null;
  return (
    <section className="announcement-banner no-print" aria-label="To acknowledge">
      <span className="wrap-any">
        {first.by.name} asks you to acknowledge: <strong>{first.title}</strong>
        {first.acknowledgeBy && ` (by ${day(first.acknowledgeBy)})`}
      </span>
      <Go href={paths.announcements({ at: first.id })}>{more.length > 0 ? `Read it and ${more.length} more` : 'Read it'}</Go>
    </section>
  );
}
