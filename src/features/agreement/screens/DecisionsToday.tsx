import { IconGavel, IconSignature } from '@tabler/icons-react';
import { plural } from '#ui/formats.ts';
import { Go } from '#ui/kit/Go.tsx';
import { Sheet } from '#ui/kit/Page.tsx';
import { paths } from '#ui/paths.ts';
import { useAgreement, useExcuses } from './asking.ts';
import { useSigners } from './overview/useSigners.ts';
import { openProposals } from './overview/Waiting.tsx';

/** What waits for this very person: a signature, or a request to excuse. Nothing stands here when nothing waits. */
export function DecisionsToday() {
  const summary = useAgreement().data;
  const excuses = useExcuses().data?.items ?? [];
  const signers = useSigners();
  const toSign = summary
    ? openProposals(summary).filter(({ status, missing }) => status === 'proposed' && signers.waitsForMe(missing))
    : [];
  const toDecide = excuses.filter(({ mayDecide, decision }) => mayDecide && decision === null);
  if (toSign.length + toDecide.length === 0) return null;
  return (
    <Sheet title="Waits for your decision">
      {toSign.map(({ key, title, href }) => (
        <Go key={key} href={href} className="row-link">
          <IconSignature size={18} className="warn" aria-hidden />
          <span style={{ flex: 1, minWidth: 0 }}>
            <strong>{title}</strong> waits for your signature
          </span>
          <span className="waiting-act">Read and sign</span>
        </Go>
      ))}
      {toDecide.length > 0 && (
        <Go href={`${paths.agreement()}#excuses`} className="row-link">
          <IconGavel size={18} className="warn" aria-hidden />
          <span style={{ flex: 1, minWidth: 0 }}>{plural(toDecide.length, 'request')} to excuse what was missed</span>
          <span className="waiting-act">Decide</span>
        </Go>
      )}
    </Sheet>
  );
}
