import { RecordPage } from '#features/records/screens/RecordScreen.tsx';
import { WhatLedHere } from '#features/returns/screens/attribution/WhatLedHere.tsx';

/** An account's page: the shared record, and the journeys of the company. */
export function AccountPage() {
  return <RecordPage above={(id) => <WhatLedHere key={id} kind="account" id={id} />} />;
}
