import { Page } from '#ui/kit/Page.tsx';
import { Loading } from '#ui/kit/States.tsx';

export function AgreementPage() {
  return (
    <Page title="Agreement">
      <Loading />
    </Page>
  );
}
