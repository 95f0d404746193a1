import { Page } from '#ui/kit/Page.tsx';
import { Loading } from '#ui/kit/States.tsx';

export function EvidencePage() {
  return (
    <Page title="Evidence">
      <Loading />
    </Page>
  );
}
