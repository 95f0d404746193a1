import { Page } from '#ui/kit/Page.tsx';
import { Loading } from '#ui/kit/States.tsx';

export function ContractPage() {
  return (
    <Page title="Contract">
      <Loading />
    </Page>
  );
}
