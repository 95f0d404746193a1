import { ContentSheet } from '#features/campaigns/screens/library/ContentSheet.tsx';
import { RecordPage } from '#features/records/screens/RecordScreen.tsx';
import { WhatLedHere } from '#features/returns/screens/attribution/WhatLedHere.tsx';

/** A deal's page: the shared record, what was sent or shown for it, and the touches of both sides that led to it. */
export function DealPage() {
  return (
    <RecordPage
      above={(id) => (
        <div className="stack" key={id}>
          <ContentSheet subject={{ dealId: id }} />
          <WhatLedHere kind="deal" id={id} />
        </div>
      )}
    />
  );
}
