import { Together } from '#features/campaigns/screens/together/Together.tsx';
import { FeedbackSheet } from '#features/feedback/screens/FeedbackSheet.tsx';
import { RecordPage } from '#features/records/screens/RecordScreen.tsx';

/** A campaign's page: what both sides do in it, what is said about it, and the shared record. */
export function CampaignPage() {
  return (
    <RecordPage
      above={(id) => (
        <div className="stack" key={id}>
          <Together campaignId={id} />
          <FeedbackSheet subject={{ kind: 'campaign', id, label: 'The campaign' }} />
        </div>
      )}
    />
  );
}
