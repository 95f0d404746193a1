import { RecordPage } from '#features/records/screens/RecordScreen.tsx';
import { WhatLedHere } from '#features/returns/screens/attribution/WhatLedHere.tsx';

/** A deal's page: the shared record, and the touches of both sides that led to it. */
export function DealPage() {
  return <RecordPage above={(id) => <WhatLedHere key={id} kind="deal" id={id} />} />;
}
