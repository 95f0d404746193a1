import { Together } from '#features/campaigns/screens/together/Together.tsx';
import { RecordPage } from '#features/records/screens/RecordScreen.tsx';

/** A campaign's page: what both sides do in it, and the shared record. */
export function CampaignPage() {
  return <RecordPage above={(id) => <Together key={id} campaignId={id} />} />;
}
