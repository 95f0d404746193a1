import { LeadHandoff } from '#features/handoff/screens/HandoffPanel.tsx';
import { RecordScreen } from '#features/records/screens/RecordScreen.tsx';

/** A lead's page: the shared record, and where it stands between the sides. Two features meet here. */
export function LeadPage() {
  return <RecordScreen above={(id) => <LeadHandoff key={id} leadId={id} />} />;
}
