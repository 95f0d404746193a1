import { LeadHandoff } from '#features/handoff/screens/HandoffPanel.tsx';
import { RecordPage } from '#features/records/screens/RecordScreen.tsx';
import { WhatLedHere } from '#features/returns/screens/attribution/WhatLedHere.tsx';

/** A lead's page: the shared record, where it stands between the sides, and what led there. Three features meet here. */
export function LeadPage() {
  return (
    <RecordPage
      above={(id) => (
        <div className="stack" key={id}>
          <LeadHandoff leadId={id} />
          <WhatLedHere kind="lead" id={id} />
        </div>
      )}
    />
  );
}
