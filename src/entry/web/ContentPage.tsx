import { AssetPage } from '#features/campaigns/screens/library/AssetPage.tsx';
import { FeedbackSheet } from '#features/feedback/screens/FeedbackSheet.tsx';

/** The page of a piece of content, with what the other side says about it. */
export function ContentPage() {
  return <AssetPage more={(id) => <FeedbackSheet key={id} subject={{ kind: 'asset', id, label: 'The content' }} />} />;
}
