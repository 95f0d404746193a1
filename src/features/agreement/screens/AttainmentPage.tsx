import { Page } from '#ui/kit/Page.tsx';
import { Loading } from '#ui/kit/States.tsx';

export function AttainmentPage() {
  return (
    <Page title="Attainment">
      <Loading />
    </Page>
  );
}
