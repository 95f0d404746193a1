import { instantOfLocal } from '#ui/formats.ts';
import { paths } from '#ui/paths.ts';
import type { PartToday } from '#ui/today/waiting.ts';
import { useToAcknowledge } from './asking.ts';

/** Announcements that wait to be acknowledged. */
export function useAnnouncementsWaiting(): PartToday {
  const asked = useToAcknowledge();
  const items = (asked.data?.items ?? []).map(({ id, title, by, acknowledgeBy }) => ({
    ...{ key: `announcement ${id}`, part: 'Announcements', stake: 'colleague' as const, href: paths.announcements({ at: id }) },
    dueAt: acknowledgeBy && instantOfLocal(`${acknowledgeBy}T23:59`),
    ...{ says: title, about: `${by.name} asks you to acknowledge it`, act: 'Read it' },
  }));
  return { items, asked: [asked] };
}
