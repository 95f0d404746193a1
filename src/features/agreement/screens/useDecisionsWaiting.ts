import { plural } from '#ui/formats.ts';
import { paths } from '#ui/paths.ts';
import type { PartToday, TodayItem } from '#ui/today/waiting.ts';
import { useAgreement, useExcuses } from './asking.ts';
import { useSigners } from './overview/useSigners.ts';
import { openProposals } from './overview/Waiting.tsx';

/** What of the agreement waits for this very person: a signature, or a request to excuse. */
export function useDecisionsWaiting(): PartToday {
  const agreement = useAgreement();
  const excuses = useExcuses();
  const signers = useSigners();
  const proposed = (agreement.data ? openProposals(agreement.data) : []).filter(
    ({ status, missing }) => status === 'proposed' && signers.waitsForMe(missing),
  );
  const toDecide = (excuses.data?.items ?? []).filter(({ mayDecide, decision }) => mayDecide && decision === null);
  const toSign: TodayItem[] = proposed.map(({ key, title, href }) => ({
    ...{ key: `sign ${key}`, part: 'Agreement', stake: 'agreement', dueAt: null, href, act: 'Read and sign' },
    says: `${title} waits for your signature`,
  }));
  const decide: TodayItem[] =
    toDecide.length === 0
      ? []
      : [
          {
            ...{ key: 'excuses', part: 'Agreement', stake: 'colleague', dueAt: null, act: 'Decide' },
            ...{ href: `${paths.agreement()}#excuses`, says: `${plural(toDecide.length, 'request')} to excuse what was missed` },
          },
        ];
  return { items: [...toSign, ...decide], asked: [agreement, excuses] };
}
