import { ContentSheet } from '#features/campaigns/screens/library/ContentSheet.tsx';
import { FeedbackSheet } from '#features/feedback/screens/FeedbackSheet.tsx';
import { LeadHandoff } from '#features/handoff/screens/HandoffPanel.tsx';
import { RecordPage } from '#features/records/screens/RecordScreen.tsx';
import { WhatLedHere } from '#features/returns/screens/attribution/WhatLedHere.tsx';

/** A lead's page: the shared record, where it stands between the sides, what was sent to it, and what led there. */
export function LeadPage() {
  return (
    <RecordPage
      above={(id) => (
        <div className="stack" key={id}>
          <LeadHandoff leadId={id} />
          <ContentSheet subject={{ leadId: id }} />
          <FeedbackSheet subject={{ leadId: id }} />
          <WhatLedHere kind="lead" id={id} />
        </div>
      )}
    />
  );
}
