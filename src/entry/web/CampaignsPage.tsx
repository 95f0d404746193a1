import { CampaignTabs } from '#features/campaigns/screens/CampaignTabs.tsx';
import { RecordsList } from '#features/records/screens/ListScreen.tsx';

/** The list of campaigns, with the pages that belong to it. */
export function CampaignsPage() {
  return <RecordsList tabs={<CampaignTabs />} />;
}
