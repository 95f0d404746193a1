import { LeadHandoff } from '#features/handoff/screens/HandoffPanel.tsx';
import { RecordPage } from '#features/records/screens/RecordScreen.tsx';

/** A lead's page: the shared record, and where it stands between the sides. Two features meet here. */
export function LeadPage() {
  return <RecordPage above={(id) => <LeadHandoff key={id} leadId={id} />} />;
}
